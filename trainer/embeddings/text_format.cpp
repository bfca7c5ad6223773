// The word2vec text format: header `V D`, then a word and D decimals a line.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "corpus/io/error.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/header.h"

namespace word2vec {
namespace {

constexpr std::string_view blank = " \t\r";

[[noreturn]] void fail(const std::string& path, std::size_t line, const std::string& what) {
  throw Error(fmt::format("bad vectors, {}:{}: {}; mend or export the file again", path, line, what));
}

/// Fills `row` from a line after its word.
void parse_row(std::string_view numbers, std::span<float> row, const std::string& path, std::size_t line) {
  std::size_t found = 0;
  for (std::size_t start; (start = numbers.find_first_not_of(blank)) != std::string_view::npos; ++found) {
    numbers.remove_prefix(start);
    const std::size_t length = std::min(numbers.find_first_of(blank), numbers.size());
    const std::string_view number = numbers.substr(0, length);
    numbers.remove_prefix(length);
    if (found >= row.size()) fail(path, line, fmt::format("more than the {} numbers that the header promises", row.size()));
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), row[found]);
    if (end != number.data() + number.size() || (error != std::errc{} && error != std::errc::result_out_of_range)) {
      fail(path, line, fmt::format("column {} is no number", found + 2));
    }
    // Out of range is too large or too small for a float; strtof tells them apart.
    if (error == std::errc::result_out_of_range) row[found] = std::strtof(std::string(number).c_str(), nullptr);
    if (!std::isfinite(row[found])) fail(path, line, fmt::format("column {} is not a finite number", found + 2));
  }
  if (found < row.size()) fail(path, line, fmt::format("{} numbers where the header promises {}", found, row.size()));
}

}  // namespace

Embeddings parse_text(std::string_view content, const std::string& path) {
  const VectorHeader header = parse_header(content, path);
  // A word, and for each number a space and a digit, then the newline.
  check_size(header, content.size(), 2 + 2 * std::min<std::size_t>(header.dim, content.size()), path);
  std::vector<std::string> words;
  Matrix vectors(header.words, header.dim);
  std::size_t line = 1;
  for (std::size_t at = header.end; at < content.size(); ++line) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view text = content.substr(at, end - at);
    at = end + 1;
    if (text.find_first_not_of(blank) == std::string_view::npos) continue;  // blank lines at the end do no harm
    if (words.size() == header.words)
      fail(path, line + 1, fmt::format("more rows than the {} that the header promises", header.words));
    const std::size_t space = std::min(text.find_first_of(" \t"), text.size());
    if (space == 0) fail(path, line + 1, "the line begins with a space, not with a word");
    parse_row(text.substr(space), vectors.values(words.size()), path, line + 1);
    words.emplace_back(text.substr(0, space));
  }
  if (words.size() < header.words)
    fail(path, line, fmt::format("the file ends after {} of {} rows: it was cut short", words.size(), header.words));
  try {
    return Embeddings(std::move(words), std::move(vectors));
  } catch (const Error& error) {
    throw Error(fmt::format("bad vectors, {}: {}", path, error.what()));
  }
}

void write_text(OutputFile& output, const std::vector<std::string>& words, const Matrix& vectors) {
  output.write(fmt::format("{} {}\n", words.size(), vectors.columns()));
  std::string line;
  char number[32];
  for (std::size_t row = 0; row < words.size(); ++row) {
    line = words[row];
    for (const float value : vectors.values(row)) {
      line += ' ';
      line.append(number, std::to_chars(number, number + sizeof number, value).ptr);
    }
    line += '\n';
    output.write(line);
  }
}

}  // namespace word2vec
