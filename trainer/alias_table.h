// Draws word ids by count^0.75, exactly and in constant time. Knows probabilities; refuses to know what a draw is for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/random.h"

namespace word2vec {

/// Walker's alias method (1977) with Vose's construction (1991). Immutable once made, so safe to share.
class AliasTable {
 public:
  /// P(i) = weights[i] / sum; weights not negative, their sum positive. 8 bytes a word.
  explicit AliasTable(std::span<const double> weights);

  /// One draw from one random number: its high bits choose the cell, the next 32 the side.
  WordId draw(std::uint64_t random) const { return drawn(cell_and_side(random)); }
  /// A draw from each of `random`'s next numbers. Faster than one by one where the table has left the near caches, as it has
  /// whenever rows were trained: cells are asked for ahead of their turn.
  void draw(Random& random, std::span<WordId> words) const;

  std::size_t size() const { return cells_.size(); }

 private:
  struct Cell {
    std::uint32_t threshold;  // own side's share, of 2^32
    WordId alias;             // whom the other side belongs to
  };
  std::uint64_t cell_and_side(std::uint64_t random) const {
    return static_cast<std::uint64_t>((static_cast<Wide>(random) * cells_.size()) >> 32);
  }
  WordId drawn(std::uint64_t cell_and_side) const {
    const auto index = static_cast<WordId>(cell_and_side >> 32);
    const Cell cell = cells_[index];
    // Not by a branch, which would be foreseen half of the time.
    const WordId own = 0U - static_cast<WordId>(static_cast<std::uint32_t>(cell_and_side) < cell.threshold);
    return (index & own) | (cell.alias & ~own);
  }
  std::vector<Cell> cells_;
};

/// The noise distribution of negative sampling: count^0.75 (Mikolov et al. 2013, arXiv 1310.4546, 2.2).
AliasTable noise_table(std::span<const std::uint64_t> counts);

}  // namespace word2vec
