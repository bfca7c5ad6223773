// Sequential reading over a file descriptor. Knows the system's calls; refuses to know what the bytes mean.
#include "corpus/io/raw_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "corpus/io/error.h"
#include "corpus/io/spooled_files.h"

namespace word2vec {
namespace {

const char* remedy(int error_number) {
  switch (error_number) {
    case ENOENT:
      return "check the path";
    case EACCES:
      return "check its permissions";
    case EISDIR:
      return "name a file in it instead";
    default:
      return "check the file and its disk";
  }
}

[[noreturn]] void refuse(const char* what, const std::string& name, int error_number) {
  throw Error(fmt::format("cannot {} {}: {}; {}", what, name, system_message(error_number), remedy(error_number)));
}

}  // namespace

bool is_stream(const std::string& path) {
  struct stat status {};
  if (path == "-") return true;
  return ::stat(path.c_str(), &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) || S_ISSOCK(status.st_mode));
}

RawFile::RawFile(const std::string& path) : name_(source_name(path)) {
  // A copy of standard input's descriptor, so that the destructor closes ours and never the process's.
  do {
    descriptor_ = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  } while (descriptor_ < 0 && errno == EINTR);
  if (descriptor_ < 0) refuse("open", name_, errno);
  struct stat status {};
  int error_number = ::fstat(descriptor_, &status) == 0 ? 0 : errno;
  if (error_number == 0 && S_ISDIR(status.st_mode)) error_number = EISDIR;
  if (error_number != 0) {
    ::close(descriptor_);
    refuse("read", name_, error_number);
  }
  if (S_ISREG(status.st_mode) && path != "-") {
    size_ = static_cast<std::uint64_t>(status.st_size);
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
}

RawFile::~RawFile() { ::close(descriptor_); }

bool RawFile::wait(int interrupt) const {
  std::array<pollfd, 2> sources{{{descriptor_, POLLIN, 0}, {interrupt, POLLIN, 0}}};  // poll ignores a descriptor of -1
  while (::poll(sources.data(), sources.size(), -1) < 0) {
    if (errno != EINTR && errno != EAGAIN) refuse("read", name_, errno);
  }
  return sources[1].revents == 0;
}

std::size_t RawFile::read_some(std::span<char> buffer, int interrupt) {
  // A size of 0 may be an empty file's, or that of a file made as it is read, such as those of /proc.
  if (size_ != 0) buffer = buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size_ - position_)));
  if (buffer.empty() || ended_ || (interrupt >= 0 && !wait(interrupt))) return 0;
  ssize_t got = ::read(descriptor_, buffer.data(), buffer.size());
  while (got < 0) {
    // Whoever shares the pipe may have made it non-blocking.
    if (errno == EAGAIN) {
      if (!wait(interrupt)) return 0;
    } else if (errno != EINTR) {
      refuse("read", name_, errno);
    }
    got = ::read(descriptor_, buffer.data(), buffer.size());
  }
  if (got == 0 && size_ != 0) {
    throw Error(fmt::format("{} ends at byte {}, but had {} bytes when it was opened; run again when nothing changes it", name_,
                            position_, size_));
  }
  ended_ = got == 0;
  position_ += static_cast<std::uint64_t>(got);
  return static_cast<std::size_t>(got);
}

std::size_t RawFile::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const std::size_t got = read_some(buffer.subspan(filled));
    if (got == 0) break;
    filled += got;
  }
  return filled;
}

}  // namespace word2vec
