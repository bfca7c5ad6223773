// Writing beside the target and renaming over it. Knows the system's calls; refuses to know what the bytes mean.
#include "corpus/io/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/unfinished_file.h"

namespace word2vec {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 18;

const char* remedy(int error_number) {
  switch (error_number) {
    case ENOENT:
      return "make its folder first";
    case ENOTDIR:
      return "a part of its path is a file; choose another path";
    case EISDIR:
      return "name a file in it instead";
    case EACCES:
    case EPERM:
    case EROFS:
      return "check its permissions and its folder's, or write elsewhere";
    case ENOSPC:
    case EDQUOT:
      return "make room on that disk, or write elsewhere";
    case EFBIG:
      return "raise the limit on a file's size (ulimit -f), or ask for less";
    default:
      return "check that disk, or write elsewhere";
  }
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// The descriptor that a path such as /dev/stdout names. Opening that path anew would start at offset 0 and overwrite what
/// is there when it is redirected to a file, so the descriptor itself is used.
std::optional<int> descriptor_named(const std::string& path) {
  if (path == "-" || path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* const end = path.data() + path.size();
    const auto [stop, error] = std::from_chars(path.data() + folder.size(), end, number);
    if (error == std::errc() && stop == end && number >= 0) return number;
  }
  return std::nullopt;
}

/// Follows links by name, so that a dangling one leads to the file that it will have. Throws nothing: a loop stays a link,
/// and opening it fails.
std::string follow_links(std::string path) {
  for (int hop = 0; hop < 40 && !descriptor_named(path); ++hop) {
    std::array<char, PATH_MAX> link;
    const ssize_t length = ::readlink(path.c_str(), link.data(), link.size());
    if (length < 0) break;
    const std::string next(link.data(), static_cast<std::size_t>(length));
    path = next.starts_with('/') ? next : folder_of(path).append("/").append(next);
  }
  return path;
}

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

int open_retrying(const char* path, int flags, mode_t mode = 0) {
  int descriptor = -1;
  do {
    descriptor = ::open(path, flags | O_CLOEXEC, mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

/// A file without a name: nothing to clean up whatever happens. Not every file system has it, and naming it needs /proc.
int open_nameless(const std::string& folder) {
  if (::access("/proc/self/fd", X_OK) != 0) return -1;
  return open_retrying(folder.c_str(), O_TMPFILE | O_WRONLY, 0666);
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path), target_(follow_links(path)) {
  buffer_.reserve(buffer_bytes);
  if (const auto named = descriptor_named(target_)) {
    direct_ = true;
    descriptor_ = ::fcntl(*named, F_DUPFD_CLOEXEC, 0);
    if (descriptor_ < 0) fail("write to");
    return;
  }
  struct stat status {};
  const bool exists = ::stat(target_.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) fail("write to");
  if (!exists && (target_.empty() || target_.ends_with('/'))) fail("write to");
  if (exists && S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    fail("write to");
  }
  if (exists && !S_ISREG(status.st_mode)) {
    direct_ = true;
    descriptor_ = open_retrying(target_.c_str(), O_WRONLY | O_NOCTTY);
    if (descriptor_ < 0) fail("write to");
    return;
  }
  // Renaming needs no right to the old file; a file that its owner made read-only is meant to stay.
  if (exists && ::access(target_.c_str(), W_OK) != 0) fail("write to");
  const std::string folder = folder_of(target_);
  remove_abandoned(folder);
  descriptor_ = open_nameless(folder);
  if (descriptor_ >= 0) {
    lock_unfinished(descriptor_);  // it will have a name for a moment
  } else {
    descriptor_ = create_unfinished(folder, name_of(target_), 0666, &temporary_);
  }
  if (descriptor_ < 0) {
    temporary_.clear();
    fail("write to");
  }
  if (exists) {
    mode_ = status.st_mode & 0777U;
    // The owner too when we may; when not, the new file is ours as any new file is.
    if (::fchown(descriptor_, status.st_uid, status.st_gid) != 0) errno = 0;
    ::fchmod(descriptor_, mode_);
  }
}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() < buffer_bytes) {
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    return;
  }
  flush();
  // What fills a buffer by itself need not go through it.
  if (bytes.size() >= buffer_bytes) return write_now(bytes);
  buffer_.assign(bytes.begin(), bytes.end());
}

void OutputFile::flush() {
  write_now({buffer_.data(), buffer_.size()});
  buffer_.clear();
}

void OutputFile::write_now(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor_, bytes.data(), bytes.size());
    if (wrote >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
      written_ += static_cast<std::uint64_t>(wrote);
    } else if (errno != EINTR) {
      fail("write to");
    }
  }
  start_syncing();
}

/// The disk begins while more is being made, so that the flushing at the end has less to wait for. A refusal costs speed alone.
void OutputFile::start_syncing() {
#ifdef SYNC_FILE_RANGE_WRITE
  constexpr std::uint64_t worthwhile = std::uint64_t{8} << 20;
  if (direct_ || written_ - syncing_ < worthwhile) return;
  ::sync_file_range(descriptor_, static_cast<off_t>(syncing_), static_cast<off_t>(written_ - syncing_), SYNC_FILE_RANGE_WRITE);
  syncing_ = written_;
#endif
}

void OutputFile::prepare() {
  flush();
  prepared_ = true;
  if (direct_) {
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0 && errno != EINTR) fail("write to");
    return;
  }
  // The descriptor stays: with it the file is locked until it has its name.
  while (::fsync(descriptor_) != 0) {
    if (errno != EINTR) fail("write to");
  }
  while (temporary_.empty()) {
    const std::string name = unfinished_name(folder_of(target_), name_of(target_));
    const std::string nameless = fmt::format("/proc/self/fd/{}", descriptor_);
    if (::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary_ = name;
    } else if (errno != EEXIST) {
      fail("give its name to");
    }
  }
}

void OutputFile::commit() {
  if (!prepared_) prepare();
  if (direct_) return;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) fail("give its name to");
  temporary_.clear();
  ::close(std::exchange(descriptor_, -1));
  // The rename itself survives a power cut only once the folder is on disk; a folder that cannot be synced is no failure.
  const int folder = open_retrying(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
}

void OutputFile::fail(const char* what) const {
  const int error_number = errno;
  const std::string name = path_ == "-" ? "standard output" : path_.empty() ? "''" : path_;
  throw Error(fmt::format("cannot {} {}: {}; {}", what, name, system_message(error_number), remedy(error_number)));
}

void write_whole(const std::string& path, std::string_view content) {
  OutputFile file(path);
  file.write(content);
  file.commit();
}

bool would_replace(const std::string& output, const std::string& other) {
  namespace fs = std::filesystem;
  if (output.empty() || other.empty() || output == "-" || other == "-") return false;
  std::error_code ignored;
  if (fs::equivalent(output, other, ignored)) return fs::is_regular_file(output, ignored);
  // Neither may be there yet.
  const auto full = [&](const std::string& path) { return fs::weakly_canonical(fs::absolute(path, ignored), ignored); };
  return !fs::exists(output, ignored) && full(output) == full(other);
}

}  // namespace word2vec
