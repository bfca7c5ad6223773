// Lines, words and places of small text files. Refuses to know what lines mean.
#include "eval/text_lines.h"

#include <fmt/format.h>

#include "corpus/io/input_file.h"
#include "corpus/tokenizer.h"

namespace word2vec {

std::vector<std::string_view> split_at_space(std::string_view line) {
  std::vector<std::string_view> parts;
  for (std::size_t i = 0; i < line.size();) {
    if (Tokenizer::is_space(line[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < line.size() && !Tokenizer::is_space(line[end])) ++end;
    parts.push_back(line.substr(i, end - i));
    i = end;
  }
  return parts;
}

std::string place(const std::string& path, std::size_t line) {
  return fmt::format("{}:{}", path == "-" ? "standard input" : path, line);
}

std::string read_text(const std::string& path) {
  return read_whole(path);
}

}  // namespace word2vec
