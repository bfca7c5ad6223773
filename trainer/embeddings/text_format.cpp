// Rows of `word v1 ... vD`, read in parallel, with word2vec's line `V D` before them or, as GloVe has it, without.
#include "trainer/embeddings/text_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "corpus/io/error.h"
#include "trainer/embeddings/decimal.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

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

/// Where the rows are and what is known of them.
struct Rows {
  const std::string& path;
  std::size_t first_line;
  std::uint64_t dim;
  const char* source;  // who says so
  std::vector<std::string_view> lines;

  Place place(std::size_t row) const { return {path, row + first_line}; }
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

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

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::string_view field; !(field = next_field(line)).empty();) fields.push_back(field);
  return fields;
}

/// Any row that can be read, and the message about any that cannot. Returns the word.
std::string_view parse_row(std::string_view line, std::span<float> row, const Rows& rows, const Place& place) {
  const std::vector<std::string_view> fields = fields_of(line);
  const std::size_t numbers = fields.size() - 1;
  // A number more is a number too many; anything else before the D numbers belongs to a word with a space in it.
  const std::size_t in_word = numbers < row.size() ? 0 : numbers - row.size();
  if (numbers < row.size() || (in_word != 0 && is_decimal(fields[in_word]))) {
    place.refuse("found {} numbers, expected {} as {} says", numbers, row.size(), rows.source);
  }
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = parse_number(fields[in_word + 1 + i], place);
  const std::string_view last = fields[in_word];
  return line.substr(0, static_cast<std::size_t>(last.data() + last.size() - line.data()));
}

/// A row as nearly all are; empty when parse_row has to judge. `end` is that of the content.
std::string_view parse_usual_row(std::string_view line, std::span<float> row, const char* end) {
  const char* const line_end = line.data() + line.size();
  const char* at = std::find_if(line.data(), line_end, is_blank);
  const std::string_view word(line.data(), static_cast<std::size_t>(at - line.data()));
  for (float& value : row) {
    if (at == line_end || !is_blank(*at)) return {};
    while (is_blank(*at)) ++at;  // the line does not end in one
    const char* stop = read_decimal(at, end, &value);
    if (stop == nullptr) {
      const auto [parsed, error] = std::from_chars(at, line_end, value);
      if (error != std::errc() || !std::isfinite(value)) return {};
      stop = parsed;
    }
    at = stop;
  }
  return at == line_end ? word : std::string_view();
}

/// Line ends and the blanks before them are cut off. Of empty lines one after another only the first is kept.
std::vector<std::string_view> split_part(std::string_view content, std::size_t start, std::size_t end) {
  std::vector<std::string_view> lines;
  // The part's own lines are those that begin in it.
  std::size_t at = start == 0 ? 0 : std::min(content.find('\n', start - 1), content.size() - 1) + 1;
  while (at < end) {
    const std::size_t newline = std::min(content.find('\n', at), content.size());
    const std::string_view line = trimmed_end(content.substr(at, newline - at));
    if (!line.empty() || lines.empty() || !lines.back().empty()) lines.push_back(line);
    at = newline + 1;
  }
  return lines;
}

/// Fills `rows.lines`. Empty lines are let through only at the end, so row i is line i + first_line.
void split_rows(std::string_view content, Rows& rows) {
  constexpr std::size_t part_bytes = std::size_t{1} << 22;
  std::vector<std::vector<std::string_view>> parts((content.size() + part_bytes - 1) / part_bytes);
  for_rows(parts.size(), [&](std::size_t part) {
    parts[part] = split_part(content, part * part_bytes, std::min(content.size(), (part + 1) * part_bytes));
  });
  std::vector<std::string_view>& lines = rows.lines;
  for (const auto& part : parts) lines.insert(lines.end(), part.begin(), part.end());
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  for (std::size_t row = 0; row < lines.size(); ++row) {
    if (lines[row].empty()) rows.place(row).refuse("an empty line between rows");
    if (is_blank(lines[row][0])) rows.place(row).refuse("the row starts with whitespace, expected a word");
  }
}

void check_fields(const Rows& rows, std::size_t row) {
  const std::size_t found = fields_of(rows.lines[row]).size() - 1;
  if (found != rows.dim) rows.place(row).refuse("found {} numbers, expected {} as {} says", found, rows.dim, rows.source);
}

Embeddings parse_rows(const Rows& rows, std::string_view content) {
  // No memory before each row is known to be long enough for its numbers: a letter, and D times a space and a digit.
  for (std::size_t row = 0; row < rows.lines.size(); ++row) {
    if (rows.dim > content.size() || rows.lines[row].size() <= 2 * rows.dim) check_fields(rows, row);
  }
  Matrix vectors(rows.lines.size(), static_cast<std::size_t>(rows.dim));
  std::vector<std::string> words(rows.lines.size());
  const char* const end = content.data() + content.size();
  for_rows(rows.lines.size(), [&](std::size_t row) {
    std::string_view word = parse_usual_row(rows.lines[row], vectors.values(row), end);
    if (word.empty()) word = parse_row(rows.lines[row], vectors.values(row), rows, rows.place(row));
    words[row] = word;
  });
  return named_embeddings(std::move(words), std::move(vectors), rows.path);
}

}  // namespace

std::size_t count_numbers(std::string_view line) {
  const std::vector<std::string_view> fields = fields_of(line);
  const auto other = std::ranges::find_if_not(fields.rbegin(), fields.rend(), is_decimal);
  const auto numbers = static_cast<std::size_t>(other - fields.rbegin());
  return numbers == fields.size() && numbers > 0 ? numbers - 1 : numbers;
}

Embeddings parse_text(std::string_view content, const std::string& path) {
  const VectorHeader header = parse_header(content, path);
  Rows rows{path, 2, header.dim, "the header", {}};
  split_rows(content.substr(header.bytes), rows);
  const std::size_t found = rows.lines.size();
  if (found > header.rows)
    rows.place(static_cast<std::size_t>(header.rows)).refuse("more rows than the {} that the header says", header.rows);
  // A row of another length says more about a wrong header than the number of rows does.
  if (found != 0 && count_numbers(rows.lines[0]) != header.dim) check_fields(rows, 0);
  if (found < header.rows) {
    throw Error(fmt::format("{}:{}: cut short: found {} rows, expected {} as the header says; get the whole file", path,
                            found + 1, found, header.rows));
  }
  return parse_rows(rows, content);
}

Embeddings parse_glove(std::string_view content, const std::string& path) {
  content = without_mark(content);
  Rows rows{path, 1, 0, "line 1", {}};
  split_rows(content, rows);
  if (!rows.lines.empty()) rows.dim = count_numbers(rows.lines[0]);
  return parse_rows(rows, content);
}

}  // namespace word2vec
