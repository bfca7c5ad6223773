// From a word as a user writes it to a row. Knows the rules of letter case; refuses to know vectors.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "trainer/embeddings/embeddings.h"

namespace word2vec {

enum class CaseRule {
  exact_first,  ///< exactly the word; else, of the rows whose words fold to the same, the first, the most frequent
  exact,        ///< exactly the word
  folded        ///< the first row whose word folds to the same, though a later one be the word; words that differ in case are one
};

/// Only among the first rows when restricted. For one thread: the foldings are made when first wanted. Keeps a reference.
class WordLookup {
 public:
  /// Over the first `rows` rows; 0, or more than there are: over all.
  explicit WordLookup(const Embeddings& embeddings, std::size_t rows = 0, CaseRule rule = CaseRule::exact_first);

  std::optional<std::size_t> find(std::string_view word);
  /// The rows that are the same word as `row`, itself among them, ascending: several only under CaseRule::folded.
  std::vector<std::size_t> same_word(std::size_t row) const;
  std::size_t rows() const { return rows_; }

 private:
  void fold_all();

  const Embeddings& embeddings_;
  std::size_t rows_;
  CaseRule rule_;
  std::unordered_map<std::string, std::size_t> folded_;  // to the first row
  std::vector<std::size_t> next_;                        // the next row of the same folding; rows_: there is none
};

}  // namespace word2vec
