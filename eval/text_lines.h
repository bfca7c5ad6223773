// A text file's lines, numbered, for the small files of questions. Knows line ends; refuses to know what lines mean.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

/// Calls `use(line, number)` for each line, numbers from 1. Neither a byte order mark nor the '\r' of a DOS file is part of it.
template <class Use>
void for_lines(std::string_view content, Use&& use) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  for (std::size_t number = 1; !content.empty(); ++number) {
    const std::size_t end = content.find('\n');
    std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    use(line, number);
  }
}

/// The parts between runs of ASCII white space, the tokenizer's idea of it.
std::vector<std::string_view> split_at_space(std::string_view line);

/// "path:line", as compilers and editors write a place.
std::string place(const std::string& path, std::size_t line);

/// The whole of a text file ("-": standard input). Throws Error when it cannot be read or has NUL bytes.
std::string read_text(const std::string& path);

}  // namespace word2vec
