// Rows of decimals: printed in parts on all threads, each part written in its turn while the next ones are printed.
#include <fmt/format.h>

#include <exception>

#include "trainer/embeddings/decimal.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/text_format.h"

namespace word2vec {
namespace {

using namespace std::literals;

constexpr WordRule text_words{"\0 \t\n\v\f\r"sv, "white space or a zero byte", std::string::npos};

struct Table {
  PackedFile& output;
  const std::vector<std::string>& words;
  const Matrix& vectors;
  bool with_words;
  char separator;
};

/// Appends the rows from `first` to before `end`, and returns how many bytes of `text` they take.
std::size_t print_rows(const Table& table, std::size_t first, std::size_t end, std::vector<char>& text) {
  const std::size_t row_room = table.vectors.columns() * (decimal_room + 1) + 1;
  std::size_t size = 0;
  for (std::size_t row = first; row < end; ++row) {
    const std::string& word = table.words[row];
    const std::span<const float> values = table.vectors.values(row);
    check_finite(word, values, table.output.path());
    const std::size_t needed = size + word.size() + row_room;
    if (text.size() < needed) text.resize(std::max(needed, 2 * text.size()));
    char* at = text.data() + size;
    if (table.with_words) {
      check_word(word, text_words, table.output.path());
      at = std::ranges::copy(word, at).out;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (table.with_words || i != 0) *at++ = table.separator;
      at = print_decimal(at, values[i]);
    }
    *at++ = '\n';
    size = static_cast<std::size_t>(at - text.data());
  }
  return size;
}

void write_table(const Table& table) {
  constexpr std::size_t numbers_per_part = std::size_t{1} << 15;  // about 400 kB of text, which stays in the cache
  const std::size_t count = table.words.size();
  const std::size_t rows_per_part =
      std::max<std::size_t>(1, numbers_per_part / std::max<std::size_t>(1, table.vectors.columns()));
  const std::size_t parts = (count + rows_per_part - 1) / rows_per_part;
  std::exception_ptr failure;  // of the first part that has one
#pragma omp parallel if (parts > 1)
  {
    std::vector<char> text;
#pragma omp for ordered schedule(static, 1)
    for (std::size_t part = 0; part < parts; ++part) {
      std::exception_ptr own;
      std::size_t size = 0;
      try {
        size = print_rows(table, part * rows_per_part, std::min(count, (part + 1) * rows_per_part), text);
      } catch (...) {
        own = std::current_exception();
      }
#pragma omp ordered
      if (!failure) {
        try {
          failure = own;
          if (!own) table.output.write({text.data(), size});
        } catch (...) {
          failure = std::current_exception();
        }
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
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
