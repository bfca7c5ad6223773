// Rows of `word v1 ... vD`, read in parallel, with word2vec's line `V D` before them or, as GloVe has it, without.
#include "trainer/embeddings/text_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "corpus/io/error.h"
#include "trainer/embeddings/decimal.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/text_blocks.h"

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

/// What is known of the rows before they are read.
struct Rows {
  const std::string& path;
  std::size_t first_line;
  std::uint64_t dim;
  const char* source;  // who says so

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

/// Refuses a line without a word, or too short for its numbers: a letter, and D times a space and a digit.
void check_line(std::string_view line, const Rows& rows, const Place& place) {
  if (is_blank(line[0])) place.refuse("the row starts with whitespace, expected a word");
  if (line.size() / 2 >= rows.dim && line.size() > 2 * rows.dim) return;
  place.refuse("found {} numbers, expected {} as {} says", fields_of(line).size() - 1, rows.dim, rows.source);
}

/// Words and numbers as they are found. Rows behind those that there is memory for are only looked at, for their mistakes.
struct Found {
  Matrix vectors;
  std::vector<std::string> words;
};

/// Returns how many rows there are, which may be more or less than `found` has.
std::size_t parse_rows(const VectorContent& content, std::size_t start, const Rows& rows, Found& found) {
  const auto use = [&](const LineBlock& block) {
    std::vector<float> beyond;
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
      const std::size_t row = block.first + i;
      const std::string_view line = block.lines[i];
      check_line(line, rows, rows.place(row));
      const bool kept = row < found.words.size();
      if (!kept) beyond.resize(static_cast<std::size_t>(rows.dim));
      const std::span<float> values = kept ? found.vectors.values(row) : std::span<float>(beyond);
      std::string_view word = parse_usual_row(line, values, block.end);
      if (word.empty()) word = parse_row(line, values, rows, rows.place(row));
      if (kept) found.words[row] = word;
    }
  };
  return for_line_blocks(content, start, use, [&](std::size_t row) { rows.place(row).refuse("an empty line between rows"); });
}

/// Room for `wanted` rows, but for no more than `bytes` can hold.
Found make_room(std::uint64_t wanted, std::uint64_t dim, std::size_t bytes) {
  const std::uint64_t shortest_row = dim > bytes ? bytes + 2 : 2 * dim + 2;  // with its newline, which the last may lack
  const auto rows = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, (bytes + 1) / shortest_row));
  return {Matrix(rows, rows == 0 ? 0 : static_cast<std::size_t>(dim)), std::vector<std::string>(rows)};
}

}  // namespace

std::size_t count_numbers(std::string_view line) {
  const std::vector<std::string_view> fields = fields_of(line);
  const auto other = std::ranges::find_if_not(fields.rbegin(), fields.rend(), is_decimal);
  const auto numbers = static_cast<std::size_t>(other - fields.rbegin());
  return numbers == fields.size() && numbers > 0 ? numbers - 1 : numbers;
}

Embeddings parse_text(const VectorContent& content) {
  const VectorHeader header = parse_header(content.head(), content.name());
  const Rows rows{content.name(), 2, header.dim, "the header"};
  Found found = make_room(header.rows, header.dim, content.size() - header.bytes);
  const std::size_t count = parse_rows(content, header.bytes, rows, found);
  if (count > header.rows)
    rows.place(static_cast<std::size_t>(header.rows)).refuse("more rows than the {} that the header says", header.rows);
  if (count < header.rows) {
    throw Error(fmt::format("{}:{}: cut short: found {} rows, expected {} as the header says; get the whole file", content.name(),
                            count + 1, count, header.rows));
  }
  return named_embeddings(std::move(found.words), std::move(found.vectors), content.name());
}

Embeddings parse_glove(const VectorContent& content) {
  const std::size_t start = content.head().size() - without_mark(content.head()).size();
  const Rows rows{content.name(), 1, count_numbers(first_line(content.head().substr(start))), "line 1"};
  Found found = make_room(count_newlines(content, start) + 1, rows.dim, content.size() - start);
  // Fewer than the newlines when empty lines follow.
  const std::size_t count = parse_rows(content, start, rows, found);
  found.words.resize(std::min(count, found.words.size()));
  found.vectors.truncate(found.words.size());
  return named_embeddings(std::move(found.words), std::move(found.vectors), content.name());
}

}  // namespace word2vec
