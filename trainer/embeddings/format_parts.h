// What the vector formats share: the header line, fields, numbers that may be written, rows in parallel. Knows no format as a
// whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/embeddings.h"

namespace word2vec {

/// The first line of a vector file, `V D`.
struct VectorHeader {
  std::uint64_t rows;  ///< V, at least 1; not yet compared with what follows
  std::uint64_t dim;   ///< D, at least 1
  std::size_t bytes;   ///< of the line with its newline and any mark before it
};

/// Whether the first line of `content` is two whole numbers.
bool has_header(std::string_view content);

/// Throws Error unless both numbers of the first line, for which has_header() is true, are above 0.
VectorHeader parse_header(std::string_view content, const std::string& path);

/// Without the byte-order mark that some editors put before UTF-8.
std::string_view without_mark(std::string_view content);

/// Up to the first newline, without the blanks at its end.
std::string_view first_line(std::string_view content);

/// `bytes` as a quoted part of a one-line message: cut when long, control characters as '?'.
std::string shown(std::string_view bytes);

/// Takes the field up to the next space or tab off the front of `line`, after any spaces and tabs; empty at the end.
std::string_view next_field(std::string_view& line);

/// Without the spaces, tabs and carriage returns at the end.
std::string_view trimmed_end(std::string_view line);

/// `field` without a leading plus, which some writers put and from_chars does not read.
std::string_view without_plus(std::string_view field);

/// Whether all of `field` is a decimal number, or nan or inf.
bool is_decimal(std::string_view field);

/// Before a row is written: throws Error when a number of `word`'s vector is not finite.
void check_finite(std::string_view word, std::span<const float> values, const std::string& path);

/// The result of reading; an Error of its making names `path`.
Embeddings named_embeddings(std::vector<std::string> words, Matrix vectors, const std::string& path);

/// Calls `use(row)` for 0 <= row < count, from several threads unless `count` is below `few`; rethrows the exception of the
/// lowest row that threw.
template <class Use>
void for_rows(std::size_t count, Use use, std::size_t few = 2) {
  std::exception_ptr failure;
  std::size_t failed_row = count;
#pragma omp parallel for schedule(static) if (count >= few)
  for (std::size_t row = 0; row < count; ++row) {
    try {
      use(row);
    } catch (...) {
#pragma omp critical(word2vec_for_rows)
      if (row < failed_row) {
        failed_row = row;
        failure = std::current_exception();
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace word2vec
