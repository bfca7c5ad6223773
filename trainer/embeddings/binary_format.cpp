// Rows without a fixed length, so where they begin is found from one to the next, in blocks; the rest is done on all threads.
#include "trainer/embeddings/binary_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/part_turns.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's floats are copied as they are");

constexpr std::size_t longest_word = longest_binary_word + 1;  // without a space for so long it is no word

/// A row where it was read.
struct Row {
  std::string_view word;
  const char* numbers;
};

/// What a thread keeps for a block: the rows that begin in it, whole.
struct Block {
  std::size_t start = 0;  // in the file
  std::vector<char> buffer;
  std::string_view text;
  std::size_t first = 0;  // row
  std::vector<Row> rows;
};

struct Reader {
  const VectorContent& content;
  std::size_t rows, dim;
  std::size_t at;       // byte, from the start of the file on
  std::size_t row = 0;  // the next

  std::size_t row_bytes() const { return dim * sizeof(float); }
  /// Behind what begins in a block: a row that begins with its last byte.
  std::size_t tail() const { return longest_word + row_bytes() + 1; }

  template <class... Values>
  [[noreturn]] void refuse(std::size_t byte, fmt::format_string<Values...> what, Values&&... values) const {
    throw Error(fmt::format("{}: byte {}: {}", content.name(), byte, fmt::format(what, std::forward<Values>(values)...)));
  }

  [[noreturn]] void refuse_cut(const char* within) const {
    refuse(content.size(), "cut short within the {} of row {}; get the whole file", within, row + 1);
  }

  std::string_view word(std::string_view rest) const {
    const std::string_view ahead = rest.substr(0, longest_word);
    const std::size_t length = ahead.find(' ');
    if (length == std::string_view::npos) {
      if (ahead.size() < longest_word) refuse_cut("word");
      refuse(at, "expected the word of row {}, found {} bytes without a space; get the file anew", row + 1, longest_word);
    }
    const std::string_view found = ahead.substr(0, length);
    // What no writer puts into a word shows that the rows are out of step, as when the header's dimension is wrong.
    if (found.empty() || found.find_first_of(std::string_view("\0\n", 2)) != std::string_view::npos) {
      refuse(at, "expected the word of row {}, found {}; the file is damaged or its header is wrong, get it anew", row + 1,
             shown(found));
    }
    return found;
  }

  /// The rows that begin before byte `end`.
  void find_rows(Block& block, std::size_t end) {
    block.first = row;
    block.rows.clear();
    for (; at < end && row < rows; ++row) {
      const std::string_view rest = block.text.substr(at - block.start), found = word(rest);
      const std::size_t before = found.size() + 1, size = before + row_bytes();
      if (rest.size() < size) refuse_cut("numbers");
      block.rows.push_back({found, rest.data() + before});
      at += size;
      if (rest.size() > size && rest[size] == '\n') ++at;
    }
  }

  void copy_row(const Row& from, std::size_t index, const Block& block, std::span<float> values) const {
    std::memcpy(values.data(), from.numbers, values.size_bytes());
    if (all_finite(values)) return;
    const auto bad = std::ranges::find_if_not(values, [](float value) { return std::isfinite(value); });
    const std::size_t place = block.start + static_cast<std::size_t>(from.numbers - block.text.data());
    refuse(place + static_cast<std::size_t>(bad - values.begin()) * sizeof(float),
           "found {} in row {}, expected a finite number; get the file anew", *bad, index + 1);
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

Embeddings parse_binary(const VectorContent& content) {
  const VectorHeader header = parse_header(content.head(), content.name());
  check_size(content.size() - header.bytes, header, content.name());
  Matrix vectors(static_cast<std::size_t>(header.rows), static_cast<std::size_t>(header.dim));
  std::vector<std::string> words(vectors.rows());
  Reader reader{content, vectors.rows(), vectors.columns(), header.bytes};
  constexpr std::size_t usual_block = std::size_t{1} << 20;  // stays in the cache until its rows are copied
  const std::size_t block_bytes = std::max(usual_block, 4 * reader.tail());
  const auto end_of = [&](const Block& block, std::size_t beyond) {
    return std::min(content.size(), block.start + block_bytes + beyond);
  };
  for_parts<Block>((content.size() - header.bytes + block_bytes - 1) / block_bytes,
                   [&](std::size_t part, Block& block) {
                     block.start = header.bytes + part * block_bytes;
                     block.text = content.read(block.start, end_of(block, reader.tail()), block.buffer);
                   },
                   [&](std::size_t, Block& block) { reader.find_rows(block, end_of(block, 0)); },
                   [&](std::size_t, Block& block) {
                     for (std::size_t i = 0; i < block.rows.size(); ++i) {
                       const std::size_t row = block.first + i;
                       words[row] = block.rows[i].word;
                       reader.copy_row(block.rows[i], row, block, vectors.values(row));
                     }
                   });
  if (reader.row < vectors.rows()) reader.refuse_cut("word");
  if (reader.at != content.size()) {
    reader.refuse(reader.at, "found {} bytes after the last of {} rows; the file is damaged or its header is wrong, get it anew",
                  content.size() - reader.at, vectors.rows());
  }
  return named_embeddings(std::move(words), std::move(vectors), content.name());
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
