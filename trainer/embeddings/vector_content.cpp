// Reading by parts on all threads where the file is there as it will be parsed; from front to back where it is not.
#include "trainer/embeddings/vector_content.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

constexpr std::size_t head_bytes = std::size_t{1} << 16, part_bytes = std::size_t{1} << 22;

/// Closes what it holds.
struct Descriptor {
  explicit Descriptor(int opened) : number(opened) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number;
};

/// Fills `part` from `offset` on; less only at the end of the file.
std::size_t read_at(int descriptor, std::span<char> part, std::size_t offset, const std::string& name) {
  std::size_t filled = 0;
  while (filled < part.size()) {
    const auto place = static_cast<off_t>(offset + filled);
    const ssize_t got = ::pread(descriptor, part.data() + filled, part.size() - filled, place);
    if (got == 0) break;
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      throw Error(fmt::format("cannot read {}: {} at byte {}; check the file and its disk", name, system_message(errno), place));
    }
  }
  return filled;
}

}  // namespace

VectorContent::VectorContent(const std::string& path, const std::function<void(std::string_view, const std::string&)>& check)
    : name_(path == "-" ? "standard input" : path) {
  if (!read_regular(path, check)) read_stream(path, check);
}

void VectorContent::grow(std::size_t bytes) {
  void* const grown = std::realloc(data_.get(), std::max<std::size_t>(bytes, 1));
  if (grown == nullptr) {
    throw Error(fmt::format("not enough memory to read {} ({:.3g} GB); use a smaller file or a larger machine", name_,
                            static_cast<double>(bytes) / 1e9));
  }
  static_cast<void>(data_.release());  // realloc has freed it
  data_.reset(static_cast<char*>(grown));
}

bool VectorContent::read_regular(const std::string& path,
                                 const std::function<void(std::string_view, const std::string&)>& check) {
  struct stat status {};
  // Asked for by name first: a pipe that is opened and closed again would break for its writer.
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number < 0 || ::fstat(file.number, &status) != 0) return false;
  std::string head(head_bytes, '\0');
  head.resize(read_at(file.number, head, 0, name_));
  if (recognise_compression(head) != Compression::none) return false;
  refuse_archive(head, name_);
  check(head, name_);
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0 && !head.empty()) return false;  // one of /proc, whose size is known only once it is read
  grow(size_);
  for_rows((size_ + part_bytes - 1) / part_bytes, [&](std::size_t part) {
    const std::size_t start = part * part_bytes;
    const std::span wanted(data_.get() + start, std::min(part_bytes, size_ - start));
    const std::size_t got = read_at(file.number, wanted, start, name_);
    if (got == wanted.size()) return;
    throw Error(fmt::format("{}: ends at byte {} but had {} bytes when it was opened; wait until nothing writes to it", name_,
                            start + got, size_));
  });
  return true;
}

void VectorContent::read_stream(const std::string& path, const std::function<void(std::string_view, const std::string&)>& check) {
  InputFile file(path);
  grow(head_bytes);
  size_ = file.read(std::span(data_.get(), head_bytes));
  if (file.compression() != Compression::none) compression_ = compression_name(file.compression());
  check(bytes(), name_);
  for (std::size_t room = head_bytes; size_ == room;) {
    room *= 2;
    grow(room);
    size_ += file.read(std::span(data_.get(), room).subspan(size_));
  }
  grow(size_);
}

}  // namespace word2vec
