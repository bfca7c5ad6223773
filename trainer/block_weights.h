// How much each context of a block has of each of the block's negatives. Knows counts of pairs; refuses to know rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "trainer/aligned_numbers.h"
#include "trainer/block_pairs.h"
#include "trainer/piece.h"

namespace word2vec {

/// weights[c * pitch + k] = -`share` times the pairs of context c whose centre is not negative k, for the block from centre
/// number `first` on.
template <class Real>
void weigh_negatives(const BlockPairs<Real>& block, const Piece& piece, std::size_t first, Real share, std::size_t pitch,
                     AlignedNumbers<Real>& weights) {
  const std::size_t shared = block.negatives.size();
  Real* const all = weights.room(block.contexts.size() * pitch);
  for (std::size_t c = 0; c < block.contexts.size(); ++c)
    std::fill_n(all + c * pitch, shared, -share * static_cast<Real>(block.pairs_of_context[c]));
  // No pair has its own centre as a negative. Few words have a negative's bits, and fewer are one.
  const WordId* const negatives = piece.negatives_of(first);
  std::uint64_t seen[16] = {};
  for (std::size_t k = 0; k < shared; ++k) seen[negatives[k] / 64 % 16] |= 1ULL << negatives[k] % 64;
  for (std::size_t target = 0; target < block.targets.size(); ++target) {
    const WordId word = piece.words[piece.centres[first + target].index];
    if ((seen[word / 64 % 16] >> word % 64 & 1) == 0) continue;
    for (std::uint32_t c = block.windows[target].first; c < block.windows[target].last; ++c) {
      if (c == block.self[target]) continue;
      for (std::size_t k = 0; k < shared; ++k) {
        if (negatives[k] == word) all[c * pitch + k] += share;
      }
    }
  }
}

}  // namespace word2vec
