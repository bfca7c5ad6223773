// The frozen result: V words, and one row of D floats for each. Knows words and numbers; refuses to know how they were learnt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/embeddings/matrix.h"

namespace word2vec {

/// Immutable once made, so safe to share between threads.
class Embeddings {
 public:
  /// `words[i]` names row i of `vectors` (V x D). Throws Error when a word comes twice or the lengths differ.
  Embeddings(std::vector<std::string> words, Matrix vectors);

  std::size_t size() const { return words_.size(); }
  std::size_t dim() const { return vectors_.columns(); }
  const std::vector<std::string>& words() const { return words_; }
  const Matrix& vectors() const { return vectors_; }
  /// The row of exactly this word.
  std::optional<std::size_t> find(std::string_view word) const;

 private:
  /// Where the word is, or would be.
  std::size_t slot_of(std::string_view word) const;

  std::vector<std::string> words_;
  Matrix vectors_;
  std::vector<std::uint64_t> slots_;  // a power of two, at most half of them taken: the rows by their words' hashes
};

}  // namespace word2vec
