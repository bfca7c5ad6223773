// Reading at any place where the file is there as it will be parsed; from front to back into memory where it is not.
#include "trainer/embeddings/vector_content.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

constexpr std::size_t head_bytes = std::size_t{1} << 16, longest_head = std::size_t{1} << 20;

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

/// `read(bytes, filled)` puts up to `bytes` behind the first `filled` of the head and says how many.
template <class Read>
std::string read_head(Read read) {
  std::string head;
  for (const std::size_t wanted : {head_bytes, longest_head}) {
    const std::size_t filled = head.size();
    head.resize(wanted);
    head.resize(filled + read(std::span(head).subspan(filled), filled));
    if (head.size() < wanted || head.find('\n') != std::string::npos) break;
  }
  return head;
}

}  // namespace

VectorContent::VectorContent(const std::string& path) : name_(path == "-" ? "standard input" : path) {
  if (!open_regular(path)) open_stream(path);
}

VectorContent::~VectorContent() {
  if (descriptor_ >= 0) ::close(descriptor_);
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

bool VectorContent::open_regular(const std::string& path) {
  struct stat status {};
  // Asked for by name first: a pipe that is opened and closed again would break for its writer.
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  descriptor_ = descriptor;
  if (::fstat(descriptor, &status) != 0) return false;
  size_ = static_cast<std::size_t>(status.st_size);
  head_ = read_head([&](std::span<char> part, std::size_t filled) { return read_at(descriptor, part, filled, name_); });
  // A file of /proc has a size only once it is read.
  const bool readable_anywhere = size_ != 0 || head_.empty();
  if (readable_anywhere && recognise_compression(head_) == Compression::none) {
    refuse_archive(head_, name_);
    return true;
  }
  ::close(std::exchange(descriptor_, -1));
  return false;
}

void VectorContent::open_stream(const std::string& path) {
  stream_ = std::make_unique<InputFile>(path);
  head_ = read_head([&](std::span<char> part, std::size_t) { return stream_->read(part); });
  if (stream_->compression() != Compression::none) compression_ = compression_name(stream_->compression());
}

void VectorContent::finish() {
  if (!stream_ || data_) return;
  std::size_t room = std::max(head_.size(), head_bytes);
  grow(room);
  std::ranges::copy(head_, data_.get());
  size_ = head_.size();
  // A head that is not full has met the end already.
  while (size_ == room) {
    room *= 2;
    grow(room);
    size_ += stream_->read(std::span(data_.get(), room).subspan(size_));
  }
  grow(size_);
}

void VectorContent::read_part(std::size_t offset, char* to, std::size_t bytes) const {
  const std::size_t got = read_at(descriptor_, {to, bytes}, offset, name_);
  if (got == bytes) return;
  throw Error(fmt::format("{}: ends at byte {} but had {} bytes when it was opened; wait until nothing writes to it", name_,
                          offset + got, size_));
}

std::string_view VectorContent::read(std::size_t offset, std::size_t end, std::vector<char>& buffer) const {
  if (data_) return {data_.get() + offset, end - offset};
  if (buffer.size() < end - offset) buffer.resize(end - offset);
  read_part(offset, buffer.data(), end - offset);
  return {buffer.data(), end - offset};
}

std::string_view VectorContent::bytes() {
  constexpr std::size_t part_bytes = std::size_t{1} << 22;
  if (!data_) {
    grow(size_);
    for_rows((size_ + part_bytes - 1) / part_bytes, [&](std::size_t part) {
      const std::size_t start = part * part_bytes;
      read_part(start, data_.get() + start, std::min(part_bytes, size_ - start));
    });
  }
  return {data_.get(), size_};
}

}  // namespace word2vec
