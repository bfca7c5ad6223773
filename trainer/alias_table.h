// Draws word ids by count^0.75, exactly and in constant time. Knows probabilities; refuses to know what a draw is for.
#pragma once

#include <array>
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
  /// A draw for each of the random numbers, in place. Faster than one by one where the table has left the near caches, as it has
  /// whenever rows were trained: all cells are asked for before the first is read.
  void draw(std::span<std::uint64_t> random) const {
    for (std::uint64_t& number : random) {
      number = cell_and_side(number);
      __builtin_prefetch(&cells_[number >> 32]);
    }
    for (std::uint64_t& number : random) number = drawn(number);
  }

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

/// Draws one after the other, made in batches. One thread's; `noise` and `random` must outlive it.
class Draws {
 public:
  Draws(const AliasTable& noise, Random& random) : noise_(noise), random_(random) {}

  WordId next() {
    if (next_ == batch_.size()) {
      for (std::uint64_t& number : batch_) number = random_.next();
      noise_.draw(batch_);
      next_ = 0;
    }
    return static_cast<WordId>(batch_[next_++]);
  }

 private:
  const AliasTable& noise_;
  Random& random_;
  std::array<std::uint64_t, 128> batch_;
  std::size_t next_ = batch_.size();
};

/// The noise distribution of negative sampling: count^0.75 (Mikolov et al. 2013, arXiv 1310.4546, 2.2).
AliasTable noise_table(std::span<const std::uint64_t> counts);

}  // namespace word2vec
