// The header line and the fields of a line. Knows no format as a whole.
#include "trainer/embeddings/format_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

bool is_integer(std::string_view field) {
  if (field.starts_with('-') || field.starts_with('+')) field.remove_prefix(1);
  return !field.empty() && std::ranges::all_of(field, [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t positive(std::string_view field) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size() ? value : 0;
}

}  // namespace

bool has_header(std::string_view content) {
  std::string_view rest = first_line(without_mark(content));
  const std::string_view first = next_field(rest), second = next_field(rest);
  return is_integer(first) && is_integer(second) && rest.empty();
}

VectorHeader parse_header(std::string_view content, const std::string& path) {
  const std::string_view line = first_line(without_mark(content));
  std::string_view rest = line;
  const std::uint64_t rows = positive(next_field(rest)), dim = positive(next_field(rest));
  if (rows == 0 || dim == 0) {
    throw Error(fmt::format(
        "{}:1: the header is {}: wants two whole numbers above 0, the words and the dimension; mend it or get the file anew",
        path, shown(line)));
  }
  return {rows, dim, std::min(content.find('\n'), content.size() - 1) + 1};
}

std::string_view without_mark(std::string_view content) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return content.substr(content.starts_with(mark) ? mark.size() : 0);
}

std::string_view first_line(std::string_view content) { return trimmed_end(content.substr(0, content.find('\n'))); }

std::string shown(std::string_view bytes) {
  constexpr std::size_t most = 40;
  std::string text(bytes.substr(0, most));
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  // A character cut in two would spoil the line.
  if (bytes.size() > most) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
    text += "...";
  }
  return "'" + text + "'";
}

std::string_view next_field(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view field = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(field.size());
  return field;
}

std::string_view trimmed_end(std::string_view line) { return line.substr(0, line.find_last_not_of(" \t\r") + 1); }

std::string_view without_plus(std::string_view field) {
  const bool plus = field.starts_with('+') && !field.starts_with("+-");
  return field.substr(plus ? 1 : 0);
}

bool is_decimal(std::string_view field) {
  field = without_plus(field);
  float value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error != std::errc::invalid_argument && end == field.data() + field.size();
}

void check_finite(std::string_view word, std::span<const float> values, const std::string& path) {
  if (all_finite(values)) return;
  throw Error(fmt::format("cannot write {}: the vector of {} has a number that is not finite; train with a lower --alpha", path,
                          shown(word)));
}

Embeddings named_embeddings(std::vector<std::string> words, Matrix vectors, const std::string& path) try {
  return {std::move(words), std::move(vectors)};
} catch (const Error& error) {
  throw Error(fmt::format("{}: {}", path, error.what()));
}

}  // namespace word2vec
