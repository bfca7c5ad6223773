// Lines, words and places of small text files. Refuses to know what lines mean.
#include "eval/text_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/io/error.h"
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
  std::string content = read_whole(path);
  const std::size_t nul = content.find('\0');
  if (nul != std::string::npos) {
    const std::size_t line =
        static_cast<std::size_t>(std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(nul), '\n')) + 1;
    throw Error(fmt::format("a NUL byte, {}, which text in UTF-8 does not have; give a text file, and save UTF-16 as UTF-8",
                            place(path, line)));
  }
  return content;
}

}  // namespace word2vec
