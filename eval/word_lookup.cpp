// Exact, then folded. Refuses to know vectors.
#include "eval/word_lookup.h"

#include <algorithm>

#include "corpus/unicode.h"

namespace word2vec {

WordLookup::WordLookup(const Embeddings& embeddings, std::size_t rows)
    : embeddings_(embeddings), rows_(rows == 0 ? embeddings.size() : std::min(rows, embeddings.size())) {}

std::optional<std::size_t> WordLookup::find(std::string_view word) {
  const std::optional<std::size_t> exact = embeddings_.find(word);
  if (exact && *exact < rows_) return exact;
  if (!folded_made_) {
    folded_.reserve(rows_);
    for (std::size_t row = 0; row < rows_; ++row) folded_.emplace(case_folded(embeddings_.words()[row]), row);
    folded_made_ = true;
  }
  const auto found = folded_.find(case_folded(word));
  return found == folded_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace word2vec
