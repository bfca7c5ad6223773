// From a word as a user writes it to a row. Knows the rule of letter case; refuses to know vectors.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "trainer/embeddings/embeddings.h"

namespace word2vec {

/// Exactly the word first, then its case folding: of the rows whose words fold to the same, the first, the most frequent.
/// Only among the first rows when restricted. For one thread: the foldings are made when first wanted. Keeps a reference.
class WordLookup {
 public:
  /// Over the first `rows` rows; 0, or more than there are: over all.
  explicit WordLookup(const Embeddings& embeddings, std::size_t rows = 0);

  std::optional<std::size_t> find(std::string_view word);
  std::size_t rows() const { return rows_; }

 private:
  const Embeddings& embeddings_;
  std::size_t rows_;
  std::unordered_map<std::string, std::size_t> folded_;
  bool folded_made_ = false;
};

}  // namespace word2vec
