// The word2vec binary format: header `V D`, then a word, a space, D little-endian floats and mostly a newline.
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "corpus/io/error.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/header.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "rows are copied as they are");

// No word of a real file is longer; what is, is not this format.
constexpr std::size_t longest_word = 1 << 16;

[[noreturn]] void fail(const std::string& path, std::size_t byte, const std::string& what) {
  throw Error(fmt::format("bad vectors, {} at byte {}: {}; mend or export the file again", path, byte, what));
}

}  // namespace

Embeddings parse_binary(std::string_view content, const std::string& path) {
  const VectorHeader header = parse_header(content, path);
  check_size(header, content.size(), 2 + sizeof(float) * std::min<std::size_t>(header.dim, content.size()), path);
  const std::size_t row_bytes = header.dim * sizeof(float);
  std::vector<std::string> words;
  Matrix vectors(header.words, header.dim);
  std::size_t at = header.end;
  for (std::size_t row = 0; row < header.words; ++row) {
    if (at < content.size() && content[at] == '\n') ++at;  // the newline after the row before
    const std::size_t space = content.substr(at, longest_word).find(' ');
    if (space == std::string_view::npos || space == 0) {
      fail(
          path, at,
          fmt::format("row {} of {} begins with no word: the file was cut short or is of another format", row + 1, header.words));
    }
    words.emplace_back(content.substr(at, space));
    at += space + 1;
    if (content.size() - at < row_bytes)
      fail(path, at, fmt::format("the file ends in row {} of {}: it was cut short", row + 1, header.words));
    std::memcpy(vectors.row(row), content.data() + at, row_bytes);
    for (const float value : vectors.values(row)) {
      if (!std::isfinite(value))
        fail(path, at, fmt::format("row {} ({}) holds a number that is not finite", row + 1, words.back()));
    }
    at += row_bytes;
  }
  if (at < content.size() && content[at] == '\n') ++at;
  if (at != content.size()) fail(path, at, fmt::format("{} bytes follow the last of {} rows", content.size() - at, header.words));
  try {
    return Embeddings(std::move(words), std::move(vectors));
  } catch (const Error& error) {
    throw Error(fmt::format("bad vectors, {}: {}", path, error.what()));
  }
}

void write_binary(OutputFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  output.write(fmt::format("{} {}\n", words.size(), vectors.columns()));
  for (std::size_t row = 0; row < words.size(); ++row) {
    output.write(words[row]);
    output.write(" ");
    output.write({reinterpret_cast<const char*>(vectors.row(row)), vectors.columns() * sizeof(float)});
    output.write("\n");
  }
}

}  // namespace word2vec
