// The scores of one question over a tile of rows. Knows cosines and the two methods; refuses to know words and ranks.
#pragma once

#include <cstddef>

#include "corpus/simd.h"

namespace word2vec {

enum class AnalogyMethod {
  cos_add,  ///< cos(x, b) - cos(x, a) + cos(x, c), on unit rows the order of cos(x, b - a + c)
  cos_mul   ///< cos(x, b) cos(x, c) / (cos(x, a) + 0.001), cosines shifted to [0, 1]
};

/// How many scores of a tile lie above each of two bars.
struct OverBars {
  std::size_t first, second;
};

/// scores[r] for 0 <= r < count from the cosines of the question's a, b and c with row r of the tile; `count` is a multiple of
/// 16. A score has the same bits in any place of any tile.
OverBars score_tile(AnalogyMethod method, const float* a, const float* b, const float* c, std::size_t count, float first_bar,
                    float second_bar, float* scores, SimdLevel level);

}  // namespace word2vec
