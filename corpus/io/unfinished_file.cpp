#include "corpus/io/unfinished_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <memory>
#include <string_view>

namespace word2vec {
namespace {

// Of the file's own name and of the host's: with what is added, under the usual 255 bytes.
constexpr std::size_t most_name_bytes = 200, most_host_bytes = 20;

/// What follows the file's own name and comes before the numbers.
std::string mark_of_this_host() {
  utsname machine{};
  std::string host = ::uname(&machine) == 0 ? std::string(machine.nodename).substr(0, most_host_bytes) : "";
  std::ranges::replace(host, '/', '_');
  return fmt::format(".word2vec-{}-", host);
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether unfinished_name() makes such names.
bool is_unfinished(std::string_view name, std::string_view mark) {
  const std::size_t at = name.rfind(mark);
  if (!name.starts_with('.') || at == std::string_view::npos || at == 0) return false;
  const std::string_view numbers = name.substr(at + mark.size());
  const std::size_t dash = numbers.find('-');
  return dash != std::string_view::npos && is_number(numbers.substr(0, dash)) && is_number(numbers.substr(dash + 1));
}

bool lock(int descriptor, int how) {
  while (::flock(descriptor, how) != 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

/// Whether the file still has a name.
bool has_name(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink > 0;
}

}  // namespace

std::string unfinished_name(const std::string& folder, const std::string& name) {
  static std::atomic<unsigned> serial{0};
  return fmt::format("{}/.{}{}{}-{}", folder, name.substr(0, most_name_bytes), mark_of_this_host(), ::getpid(), serial++);
}

void lock_unfinished(int descriptor) { lock(descriptor, LOCK_EX); }

int create_unfinished(const std::string& folder, const std::string& name, mode_t mode, std::string* path) {
  for (;;) {
    *path = unfinished_name(folder, name);
    const int descriptor = ::open(path->c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, mode);
    if (descriptor < 0) {
      if (errno == EEXIST || errno == EINTR) continue;
      return descriptor;
    }
    lock_unfinished(descriptor);
    // Between its making and its locking another run may have taken it for abandoned.
    if (has_name(descriptor)) return descriptor;
    ::close(descriptor);
  }
}

void remove_abandoned(const std::string& folder) {
  struct Close {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  const std::unique_ptr<DIR, Close> stream(::opendir(folder.c_str()));
  if (!stream) return;
  const std::string mark = mark_of_this_host();
  while (const dirent* const entry = ::readdir(stream.get())) {
    if (!is_unfinished(entry->d_name, mark)) continue;
    const std::string path = fmt::format("{}/{}", folder, entry->d_name);
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) continue;
    // Without a name it was removed by another run, and the name may be a living run's by now.
    if (lock(descriptor, LOCK_EX | LOCK_NB) && has_name(descriptor)) ::unlink(path.c_str());
    ::close(descriptor);
  }
}

}  // namespace word2vec
