// The choice of the sums' places, and the way there and back. Knows rows; refuses to know pulls.
#include "trainer/summed_rows.h"

#include <utility>

namespace word2vec {

SummedRows::SummedRows(Matrix& matrix, bool with_sums) : rows_(matrix.row(0), matrix.stride(), matrix.columns()) {
  if (!with_sums) return;
  constexpr std::size_t grain = Rows<float>::widest_grain;
  const std::size_t read = (matrix.columns() + grain - 1) / grain * grain;
  if (read < matrix.stride()) {  // the row's last number, which no kernel reads
    rows_.places[0].sum = rows_.places[0].row + matrix.stride() - 1;
    rows_.sum_stride = matrix.stride();
    return;
  }
  apart_ = Matrix(matrix.rows(), 1);
  rows_.places[0].sum = apart_.row(0);
  rows_.sum_stride = apart_.stride();
}

void SummedRows::put(const std::vector<float>& sums) {
  for (std::size_t row = 0; row < sums.size(); ++row) *rows_.sum(row) = sums[row];
}

void SummedRows::take(std::vector<float>& sums) {
  for (std::size_t row = 0; row < sums.size(); ++row) sums[row] = std::exchange(*rows_.sum(row), 0.0F);
}

}  // namespace word2vec
