// When within a block's step rows of the next are asked for. Knows turns; refuses to know rows.
#pragma once

#include <algorithm>
#include <cstddef>

namespace word2vec {

/// The parts of `ahead`, `all` of them, taken in turn between the parts of a step.
template <class Ahead>
struct BlockTurns {
  Ahead& ahead;
  std::size_t next, all;
  [[gnu::always_inline]] inline void take(std::size_t count) {
    for (const std::size_t end = std::min(next + count, all); next < end; ++next) ahead(next);
  }
};

}  // namespace word2vec
