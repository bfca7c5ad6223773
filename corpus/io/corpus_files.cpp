// Walks folders. Knows kinds of files and links; refuses to know what the files hold.
#include "corpus/io/corpus_files.h"

#include <dirent.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <set>
#include <utility>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

[[noreturn]] void refuse(const char* what, const std::string& path, int error_number, const char* remedy) {
  throw Error(fmt::format("cannot {} {}: {}; {}", what, path, system_message(error_number), remedy));
}

/// The names in a folder but "." and "..".
std::vector<std::string> names_in(const std::string& folder) {
  struct Close {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  const std::unique_ptr<DIR, Close> stream(::opendir(folder.c_str()));
  if (!stream) refuse("read the folder", folder, errno, "check its permissions");
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* const entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  if (errno != 0) refuse("read the folder", folder, errno, "check its disk");
  return names;
}

using FileId = std::pair<dev_t, ino_t>;

/// The files behind paths, those that are there.
std::set<FileId> files_behind(const std::vector<std::string>& paths) {
  std::set<FileId> ids;
  for (const std::string& path : paths) {
    struct stat status {};
    if (::stat(path == "-" ? "/dev/stdout" : path.c_str(), &status) == 0) ids.emplace(status.st_dev, status.st_ino);
  }
  return ids;
}

/// The way through one folder that the user named.
class Walk {
 public:
  Walk(CorpusFiles& found, const std::set<FileId>& otherwise) : found_(found), otherwise_(otherwise) {}

  void operator()(const std::string& folder) {
    const std::size_t before = found_.files.size();
    seen_.merge(files_behind({folder}));
    enter(folder.ends_with('/') ? folder : folder + "/");
    // The first path in order is the next one, so that of two links to a file the same one is taken on every machine.
    while (!to_do_.empty()) visit(to_do_.extract(to_do_.begin()).value());
    if (found_.files.size() == before) {
      const std::string why = left_out(found_);
      throw Error(fmt::format("no text files in the folder {}{}; name files, or a folder that has some", folder,
                              why.empty() ? "" : " (left out: " + why + ")"));
    }
  }

 private:
  void enter(const std::string& folder) {
    for (const std::string& name : names_in(folder)) {
      if (name.starts_with('.')) {
        ++found_.hidden;
      } else {
        to_do_.insert(folder + name);
      }
    }
  }

  void visit(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) refuse("read", path, errno, "remove the link, or make what it leads to readable");
    if (!S_ISDIR(status.st_mode) && !S_ISREG(status.st_mode)) {
      ++found_.special;
    } else if (!seen_.emplace(status.st_dev, status.st_ino).second) {
      ++found_.repeated;
    } else if (S_ISDIR(status.st_mode)) {
      enter(path + "/");
    } else if (otherwise_.contains(FileId(status.st_dev, status.st_ino))) {
      found_.otherwise.push_back(path);
    } else {
      found_.files.push_back(path);
    }
  }

  CorpusFiles& found_;
  const std::set<FileId>& otherwise_;
  std::set<std::string> to_do_;
  std::set<FileId> seen_;
};

}  // namespace

CorpusFiles find_corpus_files(const std::vector<std::string>& given, const std::vector<std::string>& otherwise) {
  CorpusFiles found;
  const std::set<FileId> ids = files_behind(otherwise);
  for (const std::string& path : given) {
    struct stat status {};
    if (path != "-" && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
      Walk(found, ids)(path);
    } else {
      found.files.push_back(path);
    }
  }
  return found;
}

std::string left_out(const CorpusFiles& found) {
  std::vector<std::string> parts;
  for (const std::string& path : found.otherwise) parts.push_back(path + " (this run's own)");
  if (found.hidden != 0) parts.push_back(fmt::format("{} hidden", found.hidden));
  if (found.special != 0) parts.push_back(fmt::format("{} pipes, sockets or devices", found.special));
  if (found.repeated != 0) parts.push_back(fmt::format("{} links to what is read already", found.repeated));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace word2vec
