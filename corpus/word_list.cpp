#include "corpus/word_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "corpus/text/escape.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && Tokenizer::is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && Tokenizer::is_space(line.back())) line.remove_suffix(1);
  return line;
}

}  // namespace

WordList::WordList(const std::string& path) : path_(path) {
  const std::string content = read_whole_text(path);
  auto words = std::make_shared<std::unordered_set<std::string, Hash, std::equal_to<>>>();
  std::string_view rest = content;
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::string_view word = trimmed(line);
    if (word.empty()) continue;
    if (!is_valid_word(word)) {
      throw Error(
          fmt::format("'{}' is not valid UTF-8, in {} line {}; convert it with iconv -t UTF-8", escaped(word), path, number));
    }
    if (std::ranges::any_of(word, Tokenizer::is_space)) {
      throw Error(fmt::format("'{}' is more than one word, in {} line {}; write one word a line", escaped(word), path, number));
    }
    words->emplace(word);
  }
  words_ = std::move(words);
}

void WordList::refuse_common(const WordList& a, const char* first, const WordList& b, const char* second) {
  if (a.words_ == nullptr || b.words_ == nullptr) return;
  const std::string* least = nullptr;
  for (const std::string& word : *a.words_) {
    if (b.contains(word) && (least == nullptr || word < *least)) least = &word;
  }
  if (least != nullptr) {
    throw Error(fmt::format("'{}' is in {} and in {}; remove it from one of them", escaped(*least), first, second));
  }
}

}  // namespace word2vec
