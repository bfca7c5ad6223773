#include "corpus/io/spooled_files.h"

#include <fmt/format.h>

#include <map>
#include <mutex>

#include "corpus/io/raw_file.h"

namespace word2vec {
namespace {

/// What the copies are copied from, by their paths, which are the whole process's as these are.
struct Names {
  std::mutex lock;
  std::map<std::string, std::string> of;
};

Names& names() {
  static Names all;
  return all;
}

TemporaryFile copy_of(const std::string& path, const std::string& folder) {
  TemporaryFile copy(folder, "a copy of " + source_name(path));
  copy.append({});  // even of nothing
  RawFile source(path);
  std::vector<char> buffer(std::size_t{1} << 18);
  while (const std::size_t got = source.read(buffer)) copy.append({buffer.data(), got});
  return copy;
}

}  // namespace

std::string source_name(const std::string& path) {
  if (path == "-") return "standard input";
  const std::lock_guard guard(names().lock);
  const auto found = names().of.find(path);
  return found == names().of.end() ? path : found->second;
}

SpooledFiles::SpooledFiles(const std::vector<std::string>& paths, const std::string& folder) : paths_(paths) {
  for (std::string& path : paths_) {
    if (!is_stream(path)) continue;
    copies_.push_back(copy_of(path, folder));
    const std::string from = source_name(path);
    path = fmt::format("/proc/self/fd/{}", copies_.back().descriptor());
    const std::lock_guard guard(names().lock);
    names().of[path] = from;
  }
}

SpooledFiles::~SpooledFiles() {
  const std::lock_guard guard(names().lock);
  for (const TemporaryFile& copy : copies_) names().of.erase(fmt::format("/proc/self/fd/{}", copy.descriptor()));
}

}  // namespace word2vec
