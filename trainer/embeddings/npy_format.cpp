// The header is a line of Python, a dictionary of three entries, padded so that the numbers begin at a multiple of 64 bytes.
#include "trainer/embeddings/npy_format.h"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <set>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/raw_array.h"
#include "trainer/embeddings/word_list.h"

namespace word2vec {
namespace {

/// Reads the dictionary and nothing more of Python than stands in one.
class Header {
 public:
  /// `content` is the file; the header is what lies between `at` and `end`.
  Header(std::string_view content, std::size_t at, std::size_t end, const std::string& path)
      : text_(content.substr(0, end)), at_(at), path_(path) {}

  RawArray parse() {
    std::set<std::string_view> seen;
    expect('{');
    while (!skip('}')) {
      const std::size_t start = at_;
      const std::string_view key = quoted();
      expect(':');
      if (!seen.insert(key).second) refuse(start, "comes twice");
      parse_value(key, start);
      if (!skip(',') && peek() != '}') refuse(at_, "is not the `,` or `}` expected");
    }
    if (seen.size() != 3) refuse(at_, "ends a header without descr, fortran_order and shape");
    if (text_.find_first_not_of(" \n", at_) != std::string_view::npos) refuse(at_, "follows the header");
    return array_;
  }

 private:
  [[noreturn]] void refuse(std::size_t at, const char* what) const {
    throw Error(fmt::format("{}: byte {}: {} {}; save it anew with numpy.save, as a two-dimensional array of float32", path_, at,
                            shown(text_.substr(at)), what));
  }

  char peek() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  bool skip(char wanted) {
    if (peek() != wanted || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }

  void expect(char wanted) {
    if (!skip(wanted)) refuse(at_, "is not numpy's header");
  }

  std::string_view quoted() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') refuse(at_, "is not the quoted text expected");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) refuse(at_, "does not end");
    const std::string_view found = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return found;
  }

  void parse_value(std::string_view key, std::size_t start) {
    peek();
    if (key == "descr") {
      parse_type();
    } else if (key == "fortran_order") {
      array_.by_columns = text_.substr(at_).starts_with("True");
      if (!array_.by_columns && !text_.substr(at_).starts_with("False")) refuse(at_, "is neither True nor False");
      at_ += array_.by_columns ? 4 : 5;
    } else if (key == "shape") {
      parse_shape();
    } else {
      refuse(start, "is not one of descr, fortran_order and shape");
    }
  }

  void parse_type() {
    const std::size_t start = at_;
    const std::string_view type = peek() == '[' ? std::string_view() : quoted();
    const std::string_view kind = type.substr(type.empty() ? 0 : 1);
    array_.big_endian = type.starts_with('>');
    const bool ordered = array_.big_endian || type.starts_with('<') || type.starts_with('=');
    if (!ordered || (kind != "f2" && kind != "f4" && kind != "f8")) {
      refuse(start, "is not a type of numbers that is read (float16, float32, float64)");
    }
    array_.type = kind == "f2" ? NumberType::f16 : kind == "f4" ? NumberType::f32 : NumberType::f64;
  }

  void parse_shape() {
    const std::size_t start = at_;
    const auto side = [&] {
      peek();
      std::uint64_t value = 0;
      const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
      if (error != std::errc()) refuse(start, "is not the shape expected, two numbers such as (1000, 100)");
      at_ = static_cast<std::size_t>(end - text_.data());
      return value;
    };
    expect('(');
    array_.rows = side();
    if (!skip(',') || peek() == ')') refuse(start, "has one dimension, expected two: words and numbers");
    array_.columns = side();
    if (skip(',') && peek() != ')') refuse(start, "has more than two dimensions, expected words and numbers");
    expect(')');
  }

  std::string_view text_;
  std::size_t at_;
  const std::string& path_;
  RawArray array_;
};

}  // namespace

Embeddings parse_npy(std::string_view content, const std::string& path) {
  constexpr std::size_t version_at = 6, length_at = 8;
  const int version = content.size() > version_at ? static_cast<unsigned char>(content[version_at]) : 1;
  if (version < 1 || version > 3)
    throw Error(fmt::format("{}: byte 6: npy version {}, expected 1 to 3; save it anew with numpy.save", path, version));
  const std::size_t length_bytes = version == 1 ? 2 : 4, start = length_at + length_bytes;
  std::uint32_t length = 0;
  if (content.size() >= start) std::memcpy(&length, content.data() + length_at, length_bytes);
  if (content.size() < start || content.size() - start < length)
    throw Error(fmt::format("{}: cut short within its header of {} bytes; get the whole file", path, length));
  RawArray array = Header(content, start, start + length, path).parse();
  array.offset = start + length;
  array.data = content.substr(array.offset);
  Matrix vectors = to_matrix(array, path);
  std::vector<std::string> words = read_word_list(path, vectors.rows());
  return named_embeddings(std::move(words), std::move(vectors), path);
}

void write_npy(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  constexpr std::size_t alignment = 64, fixed = 10;  // magic, version, length
  std::string header =
      fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", words.size(), vectors.columns());
  header.append((2 * alignment - (fixed + header.size() + 1) % alignment) % alignment, ' ').append("\n");
  const char version_and_length[] = {1, 0, static_cast<char>(header.size() & 0xFF), static_cast<char>(header.size() >> 8)};
  output.write(npy_magic);
  output.write({version_and_length, sizeof version_and_length});
  output.write(header);
  for (std::size_t row = 0; row < words.size(); ++row) {
    const std::span<const float> values = vectors.values(row);
    check_finite(words[row], values, output.path());
    output.write({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
}

}  // namespace word2vec
