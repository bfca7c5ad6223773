// Completion by looking through all words. Refuses to know keys and vectors.
#include "eval/completion.h"

#include <algorithm>

#include "corpus/unicode.h"

namespace word2vec {

Completion complete(const std::vector<std::string>& words, std::string_view typed, std::size_t most) {
  Completion completion;
  std::string_view shared;  // by all words so far
  for (const std::string& word : words) {
    if (!word.starts_with(typed) || !is_valid_word(word)) continue;
    if (completion.count++ == 0) shared = word;
    if (completion.first.size() < most) completion.first.push_back(word);
    const auto [end, other] = std::mismatch(shared.begin(), shared.end(), word.begin(), word.end());
    shared = shared.substr(0, static_cast<std::size_t>(end - shared.begin()));
  }
  // Not within a letter: the words may share the first bytes of one only.
  if (completion.count > 1) {
    while (shared.size() > typed.size() && !is_valid_word(shared)) shared.remove_suffix(1);
  }
  if (shared.size() > typed.size()) completion.rest = shared.substr(typed.size());
  return completion;
}

}  // namespace word2vec
