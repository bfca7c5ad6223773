// word2vec's text format: a line `V D`, then `word v1 ... vD`. Rows are parsed and printed in parallel.
#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {
namespace {

constexpr std::string_view whitespace = " \t\n\v\f\r";

/// A file's name and a line in it, for messages.
struct Place {
  const std::string& path;
  std::size_t line;

  template <class... Values>
  [[noreturn]] void refuse(fmt::format_string<Values...> what, Values&&... values) const {
    throw Error(fmt::format("{}:{}: {}; mend that line or get the file anew", path, line,
                            fmt::format(what, std::forward<Values>(values)...)));
  }
};

float parse_number(std::string_view field, const Place& place) {
  const std::string_view digits = without_plus(field);
  const char* const end = digits.data() + digits.size();
  float value = 0;
  auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error == std::errc::result_out_of_range && stop == end) {
    // Too small or too large; from_chars does not say which. A double tells, and what it cannot hold either is told by sign
    // of the exponent alone: an underflow to zero is the nearest float, an overflow is nobody's vector.
    double wide = 0;
    const auto again = std::from_chars(digits.data(), end, wide);
    const std::size_t exponent = digits.find_first_of("eE");
    const bool tiny = again.ec == std::errc() ? std::abs(wide) < 1 : digits.substr(exponent + 1).starts_with('-');
    if (!tiny) place.refuse("{} does not fit a 32-bit float", shown(field));
    return digits.starts_with('-') ? -0.0F : 0.0F;
  }
  if (error != std::errc() || stop != end) place.refuse("found {}, expected a number", shown(field));
  if (!std::isfinite(value)) place.refuse("found {}, expected a finite number", shown(field));
  return value;
}

std::size_t count_columns(std::string_view line) {
  std::size_t fields = 0;
  while (!next_field(line).empty()) ++fields;
  return fields == 0 ? 0 : fields - 1;
}

void check_columns(std::string_view line, std::uint64_t dim, const Place& place) {
  const std::size_t found = count_columns(line);
  if (found != dim) place.refuse("found {} numbers, expected {} as the header says", found, dim);
}

std::string_view word_of(std::string_view line) { return line.substr(0, line.find_first_of(whitespace)); }

void parse_row(std::string_view line, std::span<float> row, const Place& place) {
  std::string_view rest = line;
  rest.remove_prefix(word_of(line).size());
  for (float& value : row) {
    const std::string_view field = next_field(rest);
    if (field.empty()) check_columns(line, row.size(), place);
    value = parse_number(field, place);
  }
  if (!rest.empty()) check_columns(line, row.size(), place);
}

/// The lines with rows, without line ends. Empty lines are let through only at the end, so row i is line i + 2.
std::vector<std::string_view> split_rows(std::string_view rows, const VectorHeader& header, const std::string& path) {
  std::vector<std::string_view> lines;
  bool ended = false;
  while (!rows.empty()) {
    const std::size_t length = std::min(rows.find('\n'), rows.size());
    const std::string_view line = trimmed_end(rows.substr(0, length));
    rows.remove_prefix(std::min(length + 1, rows.size()));
    const Place place{path, lines.size() + 2};
    if (ended && !line.empty()) place.refuse("an empty line between rows");
    ended = line.empty();
    if (ended) continue;
    if (lines.size() == header.rows) place.refuse("more rows than the {} that the header says", header.rows);
    if (word_of(line).empty()) place.refuse("the row starts with whitespace, expected a word");
    lines.push_back(line);
  }
  return lines;
}

/// Before any row gets memory: a header that lies must cost no more than the file that it stands in.
void check_size(const std::vector<std::string_view>& lines, std::size_t bytes, const VectorHeader& header,
                const std::string& path) {
  if (!lines.empty()) check_columns(lines[0], header.dim, {path, 2});
  if (lines.size() < header.rows) {
    throw Error(fmt::format("{}:{}: cut short: found {} rows, expected {} as the header says; get the whole file", path,
                            lines.size() + 1, lines.size(), header.rows));
  }
  // A letter, D times a space and a digit, a newline that the last row may lack. With fewer bytes some row lacks columns.
  const std::size_t shortest_row = 2 * static_cast<std::size_t>(header.dim) + 2;
  if ((bytes + 1) / shortest_row >= header.rows) return;
  for (std::size_t row = 0; row < lines.size(); ++row) check_columns(lines[row], header.dim, {path, row + 2});
}

void print_row(std::string& text, const std::string& word, std::span<const float> row, const OutputFile& output) {
  constexpr std::size_t longest_float = 16;  // "-1.17549435e-38"
  if (word.empty() || word.find_first_of(whitespace) != std::string::npos) {
    throw Error(fmt::format("cannot write {}: the word {} is empty or has whitespace, which text cannot hold; use binary",
                            output.path(), shown(word)));
  }
  text += word;
  char digits[longest_float + 1];
  digits[0] = ' ';
  for (const float value : row) {
    if (!std::isfinite(value)) {
      throw Error(fmt::format("cannot write {}: the vector of {} has a number that is not finite; train with a lower --alpha",
                              output.path(), shown(word)));
    }
    const auto printed = std::to_chars(digits + 1, digits + sizeof digits, value);
    text.append(digits, static_cast<std::size_t>(printed.ptr - digits));
  }
  text += '\n';
}

}  // namespace

Embeddings parse_text(std::string_view content, const std::string& path) {
  const VectorHeader header = parse_header(content, path);
  const std::string_view rows = content.substr(header.bytes);
  const std::vector<std::string_view> lines = split_rows(rows, header, path);
  check_size(lines, rows.size(), header, path);
  Matrix vectors(lines.size(), static_cast<std::size_t>(header.dim));
  std::vector<std::string> words(lines.size());
  for_rows(lines.size(), [&](std::size_t row) {
    parse_row(lines[row], vectors.values(row), {path, row + 2});
    words[row] = word_of(lines[row]);
  });
  try {
    return {std::move(words), std::move(vectors)};
  } catch (const Error& error) {
    throw Error(fmt::format("{}: {}", path, error.what()));
  }
}

void write_text(OutputFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  constexpr std::size_t numbers_per_part = std::size_t{1} << 16;  // about 700 kB of text
  const std::size_t rows_per_part = std::max<std::size_t>(1, numbers_per_part / std::max<std::size_t>(1, vectors.columns()));
  // Parts are printed at once and written in order; a batch bounds the memory.
  std::vector<std::string> parts(4 * static_cast<std::size_t>(omp_get_max_threads()));
  output.write(fmt::format("{} {}\n", words.size(), vectors.columns()));
  for (std::size_t start = 0; start < words.size(); start += parts.size() * rows_per_part) {
    for_rows(parts.size(), [&](std::size_t part) {
      parts[part].clear();
      const std::size_t first = start + part * rows_per_part;
      const std::size_t end = std::min(words.size(), first + rows_per_part);
      for (std::size_t row = first; row < end; ++row) print_row(parts[part], words[row], vectors.values(row), output);
    });
    for (const std::string& part : parts) output.write(part);
  }
}

}  // namespace word2vec
