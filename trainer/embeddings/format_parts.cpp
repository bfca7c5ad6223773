// The header line and the fields of a line. Knows no format as a whole.
#include "trainer/embeddings/format_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr const char* remedy = "convert it to word2vec text or binary, whose first line is `V D` (words and dimension)";

bool is_integer(std::string_view field) {
  if (field.starts_with('-') || field.starts_with('+')) field.remove_prefix(1);
  return !field.empty() && std::ranges::all_of(field, [](char c) { return c >= '0' && c <= '9'; });
}

std::uint64_t positive(std::string_view field) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size() ? value : 0;
}

/// Says what a file without our header seems to be.
[[noreturn]] void refuse_headless(std::string_view line, const std::string& path) {
  std::string_view rest = line;
  next_field(rest);
  std::size_t numbers = 0;
  std::string_view field;
  while (!(field = next_field(rest)).empty() && is_decimal(field)) ++numbers;
  if (field.empty() && numbers > 1) {
    throw Error(fmt::format("{}:1: no header: a word and {} numbers, as in a GloVe file, which this version does not read; {}",
                            path, numbers, "put a first line `V D` (words and dimension) before it"));
  }
  throw Error(
      fmt::format("{}:1: not a vector file that this version reads: the first line is {}; {}", path, shown(line), remedy));
}

void refuse_known_magic(std::string_view content, const std::string& path) {
  constexpr std::size_t length_bytes = 8;
  const char* kind = nullptr;
  if (content.starts_with("\x93NUMPY")) kind = "npy";
  if (content.size() > length_bytes + 1 && content[length_bytes] == '{' && content[length_bytes - 1] == '\0')
    kind = "safetensors";
  if (content.starts_with("\xBA\x16\x4F\x2F")) kind = "fastText .bin model";
  if (content.starts_with("\x80\x02") || content.starts_with("\x80\x03") || content.starts_with("\x80\x04"))
    kind = "Python pickle";
  if (kind != nullptr) throw Error(fmt::format("{}: a {} file, which this version does not read; {}", path, kind, remedy));
}

}  // namespace

VectorHeader parse_header(std::string_view content, const std::string& path) {
  if (content.empty()) throw Error(fmt::format("{}: the file is empty; a vector file starts with a line `V D`", path));
  refuse_known_magic(content, path);
  const std::size_t newline = std::min(content.find('\n'), content.size());
  const std::string_view line = trimmed_end(content.substr(0, newline));
  std::string_view rest = line;
  const std::string_view first = next_field(rest), second = next_field(rest);
  if (!is_integer(first) || !is_integer(second) || !rest.empty()) refuse_headless(line, path);
  const VectorHeader header{positive(first), positive(second), std::min(newline + 1, content.size())};
  if (header.rows == 0 || header.dim == 0) {
    throw Error(fmt::format(
        "{}:1: the header is {}: wants two whole numbers above 0, the words and the dimension; mend it or get the file anew",
        path, shown(line)));
  }
  return header;
}

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

}  // namespace word2vec
