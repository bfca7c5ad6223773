// Rows without a fixed length, so they are read one after the other.
#include "trainer/embeddings/binary_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's floats are copied as they are");

constexpr std::size_t longest_word = longest_binary_word + 1;  // without a space for so long it is no word

/// A cursor over the rows.
struct Reader {
  std::string_view content;
  std::size_t at;  // byte
  const std::string& path;

  template <class... Values>
  [[noreturn]] void refuse(std::size_t byte, fmt::format_string<Values...> what, Values&&... values) const {
    throw Error(fmt::format("{}: byte {}: {}", path, byte, fmt::format(what, std::forward<Values>(values)...)));
  }

  void skip_newline() {
    if (at < content.size() && content[at] == '\n') ++at;
  }

  std::string_view word(std::size_t row) {
    const std::string_view ahead = content.substr(at, longest_word);
    const std::size_t length = ahead.find(' ');
    if (length == std::string_view::npos) {
      if (ahead.size() == longest_word)
        refuse(at, "expected the word of row {}, found {} bytes without a space; get the file anew", row, longest_word);
      refuse(content.size(), "cut short within the word of row {}; get the whole file", row);
    }
    const std::string_view found = ahead.substr(0, length);
    // What no writer puts into a word shows that the rows are out of step, as when the header's dimension is wrong.
    if (found.empty() || found.find_first_of(std::string_view("\0\n", 2)) != std::string_view::npos) {
      refuse(at, "expected the word of row {}, found {}; the file is damaged or its header is wrong, get it anew", row,
             shown(found));
    }
    at += length + 1;
    return found;
  }

  void floats(std::size_t row, std::span<float> values) {
    const std::size_t bytes = values.size_bytes();
    if (content.size() - at < bytes) refuse(content.size(), "cut short within the numbers of row {}; get the whole file", row);
    std::memcpy(values.data(), content.data() + at, bytes);
    const auto bad = std::ranges::find_if_not(values, [](float value) { return std::isfinite(value); });
    if (bad != values.end()) {
      refuse(at + static_cast<std::size_t>(bad - values.begin()) * sizeof(float),
             "found {} in row {}, expected a finite number; get the file anew", *bad, row);
    }
    at += bytes;
  }
};

/// Before any row gets memory: a header that lies must cost no more than the file that it stands in.
void check_size(std::size_t bytes, const VectorHeader& header, const std::string& path) {
  const bool no_row = header.dim > bytes / sizeof(float);
  const std::uint64_t shortest_row = no_row ? 0 : header.dim * sizeof(float) + 2;  // a letter, a space, the floats
  if (!no_row && header.rows <= bytes / shortest_row) return;
  throw Error(fmt::format(
      "{}: cut short, or its header lies: expected {} rows of {} floats, the {} bytes found hold at most {}; get the file anew",
      path, header.rows, header.dim, bytes, no_row ? 0 : bytes / shortest_row));
}

}  // namespace

Embeddings parse_binary(std::string_view content, const std::string& path) {
  const VectorHeader header = parse_header(content, path);
  check_size(content.size() - header.bytes, header, path);
  Matrix vectors(static_cast<std::size_t>(header.rows), static_cast<std::size_t>(header.dim));
  std::vector<std::string> words;
  words.reserve(vectors.rows());
  Reader reader{content, header.bytes, path};
  for (std::size_t row = 0; row < vectors.rows(); ++row) {
    words.emplace_back(reader.word(row + 1));
    reader.floats(row + 1, vectors.values(row));
    reader.skip_newline();
  }
  if (reader.at != content.size()) {
    reader.refuse(reader.at, "found {} bytes after the last of {} rows; the file is damaged or its header is wrong, get it anew",
                  content.size() - reader.at, vectors.rows());
  }
  return named_embeddings(std::move(words), std::move(vectors), path);
}

void write_binary(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  output.write(fmt::format("{} {}\n", words.size(), vectors.columns()));
  for (std::size_t row = 0; row < words.size(); ++row) {
    const std::span<const float> values = vectors.values(row);
    check_finite(words[row], values, output.path());
    output.write(words[row]);
    output.write(" ");
    output.write({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
    output.write("\n");
  }
}

}  // namespace word2vec
