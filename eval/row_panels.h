// Rows laid out for scoring against many queries, and the kernels that do it. Knows floats; refuses to know words and ranks.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "corpus/simd.h"
#include "trainer/embeddings/matrix.h"

namespace word2vec {

enum class Score {
  dot,              ///< sum of q_i x_i
  squared_distance  ///< sum of (q_i - x_i)^2, not |q|^2 + |x|^2 - 2 q.x, which cancels for near neighbours
};

/// The row divided by its length, which is summed in double; a row of zeros stays one. `to` has `row.size()` floats.
void write_unit(std::span<const float> row, std::span<float> to);

/// Rows first..last-1, as RowPanels::score takes queries. Valid while the matrix is.
std::vector<const float*> row_pointers(const Matrix& matrix, std::size_t first, std::size_t last);

/// A copy of a matrix's first rows in panels of `width` rows, a panel column by column: `panel[i * width + r]` is number i of
/// row r. A vector register then holds one number of many rows, and no sum crosses lanes. Immutable, so safe to share.
class RowPanels {
 public:
  static constexpr std::size_t width = 32;

  /// Copies rows 0..count-1, each divided by its length if `unit`. count is at most matrix.rows().
  RowPanels(const Matrix& matrix, std::size_t count, bool unit, SimdLevel level = best_simd());

  std::size_t rows() const { return rows_; }
  std::size_t dim() const { return dim_; }
  SimdLevel level() const { return level_; }
  std::size_t panels() const { return (rows_ + width - 1) / width; }
  /// How many of panel `index`'s rows exist; the others are zeros.
  std::size_t rows_in(std::size_t index) const { return index + 1 < panels() ? width : rows_ - index * width; }

  /// The panel as it lies in memory, dim() x width.
  std::span<const float> panel(std::size_t index) const { return panels_.values(index); }

  /// Scores queries of dim() numbers each against all rows of one panel: scores[q * stride + r] for 0 <= r < width. Sums are
  /// float, in the order of the columns: a score has the same bits whatever other queries are scored with it.
  void score(std::size_t panel, std::span<const float* const> queries, Score kind, float* scores, std::size_t stride) const;

 private:
  std::size_t rows_, dim_;
  SimdLevel level_;
  Matrix panels_;  // panels() x (dim * width): one panel a row
};

}  // namespace word2vec
