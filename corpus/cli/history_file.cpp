// A history file. Refuses to know terminals.
#include "corpus/cli/history_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "corpus/io/output_file.h"

namespace word2vec {
namespace {

/// The folder of the user's state by the XDG Base Directory Specification, or an empty path.
std::filesystem::path state_folder() {
  // The specification has relative paths ignored.
  const char* const state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && state[0] == '/') return state;
  const char* const home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/') return std::filesystem::path(home) / ".local" / "state";
  return {};
}

}  // namespace

HistoryFile::HistoryFile(const std::string& name) {
  const std::filesystem::path state = state_folder();
  if (state.empty()) return;
  const std::filesystem::path folder = state / "word2vec";
  std::error_code failed;
  if (std::filesystem::create_directories(folder, failed)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
  }
  path_ = (folder / name).string();
}

std::vector<std::string> HistoryFile::lines() const {
  std::vector<std::string> found;
  if (path_.empty() || !std::filesystem::is_regular_file(path_)) return found;
  try {
    const std::string content = read_whole(path_);
    for (std::size_t at = 0; at < content.size();) {
      const std::size_t end = std::min(content.find('\n', at), content.size());
      found.push_back(content.substr(at, end - at));
      at = end + 1;
    }
    if (found.size() <= most_lines) return found;
    const bool cut = found.size() > 2 * most_lines;
    found.erase(found.begin(), found.end() - most_lines);
    if (!cut) return found;
    OutputFile file(path_);  // with the mode that the file has
    for (const std::string& line : found) file.write(line + "\n");
    file.commit();
  } catch (const std::exception&) {
    return found;
  }
  return found;
}

void HistoryFile::add(const std::string& line) const {
  if (path_.empty()) return;
  const int descriptor = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  if (descriptor < 0) return;
  const std::string whole = line + "\n";
  // One write: lines of several prompts do not mix.
  [[maybe_unused]] const ssize_t written = ::write(descriptor, whole.data(), whole.size());
  ::close(descriptor);
}

}  // namespace word2vec
