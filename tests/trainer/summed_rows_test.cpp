// Rows' sums: each with its row or on a cache line of its own, away from what kernels read, and gone when training is over.
#include "trainer/summed_rows.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>

namespace word2vec {
namespace {

std::uintptr_t line_of(const float* number) { return reinterpret_cast<std::uintptr_t>(number) / Matrix::row_alignment; }

TEST(SummedRows, NoTwoRowsHaveSumsOnOneCacheLineAndNoKernelReadsThem) {
  for (const std::size_t columns : {1, 8, 9, 16, 20, 24, 25, 100, 104, 105, 128, 300}) {
    Matrix matrix(5, columns);
    SummedRows summed(matrix, true);
    const Rows<float>& rows = summed.rows();
    std::set<std::uintptr_t> lines;
    for (std::size_t row = 0; row < 5; ++row) {
      lines.insert(line_of(rows.sum(row)));
      const float *const first = matrix.row(row), *const end = first + (columns + 7) / 8 * 8;
      EXPECT_TRUE(rows.sum(row) < first || rows.sum(row) >= end) << columns;
      const bool has_room = end < first + matrix.stride();
      EXPECT_EQ(line_of(rows.sum(row)) == line_of(first + columns - 1), has_room) << columns << ": fetched with the row";
    }
    EXPECT_EQ(lines.size(), 5U) << columns;
  }
}

TEST(SummedRows, SumsComeBackAsTheyWerePutAndLeaveThePaddingZero) {
  for (const std::size_t columns : {20, 32}) {
    Matrix matrix(3, columns);
    SummedRows summed(matrix, true);
    const Rows<float>& rows = summed.rows();
    EXPECT_EQ(*rows.sum(2), 0);
    std::vector<float> sums = {1, 2, 3};
    summed.put(sums);
    *rows.sum(1) += 0.5F;
    summed.take(sums);
    EXPECT_EQ(sums, (std::vector<float>{1, 2.5F, 3}));
    for (std::size_t row = 0; row < 3; ++row) {
      for (std::size_t i = 0; i < matrix.stride(); ++i) EXPECT_EQ(matrix.row(row)[i], 0) << columns;
    }
  }
}

TEST(SummedRows, WithoutSumsThereAreNone) {
  Matrix matrix(3, 20);
  SummedRows summed(matrix, false);
  EXPECT_FALSE(summed.rows().has_sums());
  std::vector<float> none;
  summed.put(none);
  summed.take(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace word2vec
