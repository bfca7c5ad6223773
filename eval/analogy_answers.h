// Analogies over rows: the best answers, or the rank of the right one. Knows vectors; refuses to know words. Methods: Levy and
// Goldberg 2014, "Linguistic Regularities in Sparse and Explicit Word Representations".
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eval/analogy_tile.h"
#include "eval/row_panels.h"
#include "eval/top_k.h"
#include "trainer/embeddings/matrix.h"

namespace word2vec {

/// A question as rows: `a` is to `b` as `c` is to what?
struct AnalogyRows {
  std::size_t a, b, c;
};

/// The `k` best rows for each question, best first, ties to the lower row, never its own three rows. Only the rows of `units`,
/// the first of `vectors` with length 1, answer; the questions' own rows may lie beyond. Works on all of OpenMP's threads.
std::vector<std::vector<Neighbor>> answer_analogies(const Matrix& vectors, const RowPanels& units,
                                                    const std::vector<AnalogyRows>& questions, AnalogyMethod method,
                                                    std::size_t k, SimdLevel level = best_simd());

/// A question whose answer is known.
struct RankedQuestion {
  AnalogyRows given;
  std::vector<std::size_t> right;     ///< the best of these counts; those that are excluded or cut never answer
  std::vector<std::size_t> excluded;  ///< rows that never answer, beside the given ones
};

struct AnalogyRanking {
  std::optional<Neighbor> answer;  ///< the best row; nothing when no row was left to answer
  std::optional<Neighbor> right;   ///< the best of the right rows; nothing when none of them may answer
  std::uint64_t rank = 0;          ///< of `right` among the rows that may answer, from 1; 0 without it
};

/// The answer to each question and the right row's rank, ties to the lower row, so that the rank is 1 exactly when the two are
/// the same row. Only rows below `rows` answer (0: all). Threads as above.
std::vector<AnalogyRanking> rank_analogies(const Matrix& vectors, const std::vector<RankedQuestion>& questions,
                                           AnalogyMethod method, std::size_t rows = 0, SimdLevel level = best_simd());

}  // namespace word2vec
