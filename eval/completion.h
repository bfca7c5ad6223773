// The words that begin as what was typed does. Knows letters; refuses to know keys and vectors.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

struct Completion {
  std::string rest;                     ///< what all the words have after the typed part, in whole letters
  std::size_t count = 0;                ///< of words
  std::vector<std::string_view> first;  ///< the first of them, as many as were asked for
};

/// Of the `words` that begin with `typed` and are valid UTF-8 (others cannot be typed), the first `most` and what they all share.
/// A look through all words, without an index. The views are into `words`.
Completion complete(const std::vector<std::string>& words, std::string_view typed, std::size_t most);

}  // namespace word2vec
