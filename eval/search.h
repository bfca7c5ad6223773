// The exact nearest rows of a batch of queries. Knows vectors and metrics; refuses to know words.
#pragma once

#include <cstddef>
#include <vector>

#include "eval/row_panels.h"
#include "eval/top_k.h"

namespace word2vec {

enum class Metric {
  cosine,    ///< -1 to 1, rows and queries of length 1
  dot,       ///< rows as they are stored
  euclidean  ///< distance, 0 or more; the smallest is the best
};

/// Compares every row with every query: exact. Immutable once made, so safe to share between threads.
class Search {
 public:
  /// Over the first `rows` rows of `matrix`, which are copied; 0, or more than there are: over all.
  Search(const Matrix& matrix, Metric metric, std::size_t rows = 0, SimdLevel level = best_simd());

  /// The `k` best rows of each query, best first, ties to the lower row, without the rows of `excluded[q]`; fewer when there
  /// are no more. `queries` is Q x dim and `excluded` has Q lists. With Metric::cosine the queries have length 1 already.
  /// Works on all of OpenMP's threads. Throws Error when memory runs out.
  std::vector<std::vector<Neighbor>> nearest(const Matrix& queries, std::size_t k,
                                             const std::vector<std::vector<std::size_t>>& excluded) const;

  std::size_t rows() const { return panels_.rows(); }
  /// The rows, of length 1 for Metric::cosine.
  const RowPanels& panels() const { return panels_; }

 private:
  Metric metric_;
  RowPanels panels_;
};

}  // namespace word2vec
