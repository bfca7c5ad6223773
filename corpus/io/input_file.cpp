// Sequential reading over a file descriptor. Knows the system's calls; refuses to know what the bytes mean.
#include "corpus/io/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "corpus/io/error.h"

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

bool starts_with(std::span<const char> head, std::string_view magic) {
  return head.size() >= magic.size() && std::equal(magic.begin(), magic.end(), head.begin());
}

bool is_bzip2(std::span<const char> head) {
  using namespace std::literals;
  if (!starts_with(head, "BZh") || head.size() < 4 || head[3] < '1' || head[3] > '9') return false;
  // A text may start with these four letters, so the first block's (or an empty stream's) mark is looked at too.
  const auto block = head.subspan(4);
  return starts_with(block, "1AY&SY") || starts_with(block, "\x17\x72\x45\x38\x50\x90"sv);
}

}  // namespace

InputFile::InputFile(const std::string& path) : name_(path == "-" ? "standard input" : path) {
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

InputFile::~InputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

InputFile::InputFile(InputFile&& other) noexcept
    : name_(std::move(other.name_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

std::size_t InputFile::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t got = ::read(descriptor_, buffer.data() + filled, buffer.size() - filled);
    if (got == 0) break;
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      refuse("read", name_, errno);
    }
  }
  return filled;
}

std::string read_whole(const std::string& path) {
  constexpr std::size_t block = std::size_t{1} << 16;
  InputFile file(path);
  std::string content;
  content.reserve(file.size());
  std::array<char, block> buffer;
  while (const std::size_t got = file.read(buffer)) content.append(buffer.data(), got);
  return content;
}

const char* compression_name(std::span<const char> head) {
  using namespace std::literals;
  if (starts_with(head, "\x1f\x8b"sv)) return "gzip";
  if (is_bzip2(head)) return "bzip2";
  if (starts_with(head,
                  "\xfd"
                  "7zXZ\0"sv))
    return "xz";
  if (starts_with(head, "\x28\xb5\x2f\xfd"sv)) return "zstd";
  if (starts_with(head, "PK\x03\x04"sv)) return "zip";
  return nullptr;
}

void refuse_compressed(std::span<const char> head, const std::string& name) {
  const char* const compression = compression_name(head);
  if (compression == nullptr) return;
  const std::string_view tool = compression == std::string_view("zip") ? "unzip -p" : compression;
  const std::string unpack = tool == "unzip -p" ? std::string(tool) : fmt::format("{} -dc", tool);
  if (name == "standard input") {
    throw Error(
        fmt::format("{} is compressed ({}), which is not read here; unpack it on the way with {}", name, compression, unpack));
  }
  throw Error(fmt::format("{0} is compressed ({1}), which is not read here; unpack it first: {2} '{0}' > unpacked", name,
                          compression, unpack));
}

}  // namespace word2vec
