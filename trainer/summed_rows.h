// Where the sums of rows' squared pulls (row_rates.h) lie while rows are trained: each in its row's own padding where there is
// some, and so fetched with the row; else on a cache line of its own. Were two sums on one line, threads would take it from each
// other however seldom they meet in a row. Knows places; refuses to know what the sums are for.
#pragma once

#include <vector>

#include "trainer/embeddings/matrix.h"
#include "trainer/rows.h"

namespace word2vec {

/// The rows of a matrix, and where wanted a sum for each, zero at first. Not thread-safe but for what rows() gives.
class SummedRows {
 public:
  /// `matrix`, whose padding serves when it has room, must outlive this.
  SummedRows(Matrix& matrix, bool with_sums);

  const Rows<float>& rows() const { return rows_; }
  /// Sets each row's sum; `sums` is empty when rows have none.
  void put(const std::vector<float>& sums);
  /// Moves the sums back to `sums`, of as many as put() was given: in the matrix all padding is zero again.
  void take(std::vector<float>& sums);

 private:
  Matrix apart_;  // a row of one number, which is a cache line, for each sum
  Rows<float> rows_;
};

}  // namespace word2vec
