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
  WordId draw(std::uint64_t random) const {
    const Wide product = static_cast<Wide>(random) * cells_.size();
    const Cell cell = cells_[static_cast<std::size_t>(product >> 64)];
    const auto side = static_cast<std::uint32_t>(product >> 32);
    return side < cell.threshold ? static_cast<WordId>(product >> 64) : cell.alias;
  }

  std::size_t size() const { return cells_.size(); }

 private:
  struct Cell {
    std::uint32_t threshold;  // own side's share, of 2^32
    WordId alias;             // whom the other side belongs to
  };
  std::vector<Cell> cells_;
};

/// The noise distribution of negative sampling: count^0.75 (Mikolov et al. 2013, arXiv 1310.4546, 2.2).
AliasTable noise_table(std::span<const std::uint64_t> counts);

}  // namespace word2vec
