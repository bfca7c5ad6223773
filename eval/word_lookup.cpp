// Exact, folded, or one after the other. Refuses to know vectors.
#include "eval/word_lookup.h"

#include <algorithm>

#include "corpus/unicode.h"

namespace word2vec {

WordLookup::WordLookup(const Embeddings& embeddings, std::size_t rows, CaseRule rule)
    : embeddings_(embeddings), rows_(rows == 0 ? embeddings.size() : std::min(rows, embeddings.size())), rule_(rule) {}

void WordLookup::fold_all() {
  folded_.reserve(rows_);
  next_.resize(rows_);
  for (std::size_t row = rows_; row-- > 0;) {  // backwards, so that the first row is the one that stays
    const auto [found, added] = folded_.emplace(case_folded(embeddings_.words()[row]), row);
    next_[row] = added ? rows_ : found->second;
    found->second = row;
  }
}

std::optional<std::size_t> WordLookup::find(std::string_view word) {
  if (rule_ != CaseRule::folded) {
    const std::optional<std::size_t> exact = embeddings_.find(word);
    if (exact && *exact < rows_) return exact;
    if (rule_ == CaseRule::exact) return std::nullopt;
  }
  if (next_.size() != rows_) fold_all();
  const auto found = folded_.find(case_folded(word));
  return found == folded_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::size_t> WordLookup::same_word(std::size_t row) const {
  if (rule_ != CaseRule::folded) return {row};
  std::vector<std::size_t> rows;
  for (; row < rows_; row = next_[row]) rows.push_back(row);
  return rows;
}

}  // namespace word2vec
