// Rows of decimals: printed in parts on all threads, each part written in its turn while the next ones are printed.
#include <fmt/format.h>

#include <algorithm>

#include "trainer/embeddings/decimal_row.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/part_turns.h"
#include "trainer/embeddings/text_format.h"

namespace word2vec {
namespace {

struct Table {
  PackedFile& output;
  const std::vector<std::string>& words;
  const Matrix& vectors;
  bool with_words;
  char separator;
  SimdLevel level = best_simd();
};

/// Text of a part; memory that grows to the longest.
struct Scratch {
  std::vector<char> text;
  std::size_t size = 0;  // of it that is the part's
};

/// The rows from `first` to before `end`.
void print_rows(const Table& table, std::size_t first, std::size_t end, Scratch& scratch) {
  std::vector<char>& text = scratch.text;
  const std::size_t row_room = table.vectors.columns() * decimal_room + 1;
  std::size_t size = 0;
  for (std::size_t row = first; row < end; ++row) {
    const std::string& word = table.words[row];
    const std::span<const float> values = table.vectors.values(row);
    check_finite(word, values, table.output.path());
    const std::size_t needed = size + word.size() + row_room;
    if (text.size() < needed) text.resize(std::max(needed, 2 * text.size()));
    char* at = text.data() + size;
    if (table.with_words) at = std::ranges::copy(word, at).out;
    char* const numbers = at;
    at = print_decimals(at, values, table.separator, table.level);
    if (!table.with_words) at = std::copy(numbers + 1, at, numbers);  // no separator before the first
    *at++ = '\n';
    size = static_cast<std::size_t>(at - text.data());
  }
  scratch.size = size;
}

void write_table(const Table& table) {
  constexpr std::size_t numbers_per_part = std::size_t{1} << 15;  // about 400 kB of text, which stays in the cache
  const std::size_t count = table.words.size();
  const std::size_t rows_per_part =
      std::max<std::size_t>(1, numbers_per_part / std::max<std::size_t>(1, table.vectors.columns()));
  for_parts<Scratch>((count + rows_per_part - 1) / rows_per_part,
                     [&](std::size_t part, Scratch& scratch) {
                       print_rows(table, part * rows_per_part, std::min(count, (part + 1) * rows_per_part), scratch);
                     },
                     [&](std::size_t, Scratch& scratch) {
                       table.output.write({scratch.text.data(), scratch.size});
                     },
                     [](std::size_t, Scratch&) {});
}

}  // namespace

void write_text(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  output.write(fmt::format("{} {}\n", words.size(), vectors.columns()));
  write_table({output, words, vectors, true, ' '});
}

void write_glove(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  write_table({output, words, vectors, true, ' '});
}

void write_projector(PackedFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  write_table({output, words, vectors, false, '\t'});
}

}  // namespace word2vec
