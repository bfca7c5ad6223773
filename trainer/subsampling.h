// Which occurrences of frequent words are trained. Knows counts and places; each decision depends on its place alone, so that
// a sentence cut between threads is subsampled as if it were whole.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/random.h"

namespace word2vec {

/// The probability that an occurrence is kept: min(1, sqrt(s/f) + s/f), f the word's share of all tokens (the original
/// tool's formula, not the paper's). sample 0 keeps all.
double keep_probability(std::uint64_t count, std::uint64_t tokens, double sample);

/// Immutable once made, so safe to share.
class Subsampler {
 public:
  Subsampler(std::span<const std::uint64_t> counts, double sample);

  /// Whether the word, or sentence_end, at `position` of the ids is kept, in the epoch that `key` stands for. A sentence's end
  /// always is.
  bool keeps(WordId word, std::uint64_t key, std::uint64_t position) const {
    const std::uint32_t threshold = thresholds_[std::min<std::size_t>(word, thresholds_.size() - 1)];
    return (threshold == UINT32_MAX) | (static_cast<std::uint32_t>(random_at(key, position) >> 32) < threshold);
  }

 private:
  std::vector<std::uint32_t> thresholds_;  // of 2^32; UINT32_MAX: always. The last is that of all words from there on
};

}  // namespace word2vec
