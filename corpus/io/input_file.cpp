// Chooses the way in by the first bytes. Knows magic numbers' consequences; refuses to know descriptors and compressions.
#include "corpus/io/input_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "corpus/io/decompressor.h"
#include "corpus/io/error.h"
#include "corpus/io/raw_file.h"

namespace word2vec {

namespace {

std::string rest_of(InputFile& file) {
  constexpr std::size_t block = std::size_t{1} << 16;
  std::string content;
  content.reserve(file.size());
  std::array<char, block> buffer;
  while (const std::size_t got = file.read(buffer)) content.append(buffer.data(), got);
  return content;
}

}  // namespace

InputFile::InputFile(const std::string& path) : file_(std::make_unique<RawFile>(path)) {
  // A pipe may be opened and never read: its bytes stay in it.
  if (size() != 0) look();
}

InputFile::~InputFile() = default;
InputFile::InputFile(InputFile&& other) noexcept = default;

std::uint64_t InputFile::size() const { return file_->size(); }
const std::string& InputFile::name() const { return file_->name(); }

std::uint64_t InputFile::position() const {
  if (decompressor_) return decompressor_->position();
  return started_ ? file_->position() - (head_.size() - given_) : 0;
}

/// Takes the first bytes of the file, and tells what it is.
void InputFile::look() {
  head_.resize(telling_bytes);
  head_.resize(file_->read(head_));
  compression_ = recognise_compression(head_);
  if (compression_ == Compression::none) refuse_archive(head_, name());
  looked_ = true;
}

/// Makes head_ the first bytes of the text.
void InputFile::start() {
  if (!looked_) look();
  if (compression_ != Compression::none) {
    if (!decompressor_) decompressor_ = std::make_unique<Decompressor>(*file_, compression_, head_);
    head_.resize(telling_bytes);
    head_.resize(decompressor_->read(head_));
    refuse_archive(head_, name(), compression_);
  }
  started_ = true;
}

std::size_t InputFile::read(std::span<char> buffer) {
  if (!started_) start();
  const std::size_t first = std::min(buffer.size(), head_.size() - given_);
  std::copy_n(head_.begin() + static_cast<std::ptrdiff_t>(given_), first, buffer.begin());
  given_ += first;
  buffer = buffer.subspan(first);
  return first + (decompressor_ ? decompressor_->read(buffer) : file_->read(buffer));
}

bool InputFile::skip_byte_order_mark() {
  if (!started_) start();
  using namespace std::literals;
  const std::string_view head(head_.data(), head_.size());
  if (head.starts_with("\xEF\xBB\xBF")) {
    given_ = 3;
    return true;
  }
  // The little-endian mark of UTF-32 begins with that of UTF-16.
  const char* encoding = nullptr;
  if (head.starts_with("\xFF\xFE"sv) || head.starts_with("\xFE\xFF"sv)) encoding = "UTF-16";
  if (head.starts_with("\xFF\xFE\0\0"sv) || head.starts_with("\0\0\xFE\xFF"sv)) encoding = "UTF-32";
  if (encoding == nullptr) return false;
  const std::string unpack = decompressor_ ? fmt::format("{} -dc | ", compression_name(compression_)) : "";
  throw Error(fmt::format("{} is {} text, by the byte order mark that it begins with; convert it with {}iconv -f {} -t UTF-8",
                          name(), encoding, unpack, encoding));
}

std::string read_whole(const std::string& path) {
  InputFile file(path);
  return rest_of(file);
}

std::string read_whole_text(const std::string& path) {
  InputFile file(path);
  file.skip_byte_order_mark();
  return rest_of(file);
}

}  // namespace word2vec
