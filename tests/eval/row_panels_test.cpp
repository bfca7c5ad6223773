#include "eval/row_panels.h"

#include <gtest/gtest.h>

#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

/// Every score of every panel, against sums in double.
void check_scores(std::size_t rows, std::size_t dim, std::size_t query_count, SimdLevel level, bool unit) {
  const Matrix matrix = random_matrix(rows, dim, 1), queries = random_matrix(query_count, dim, 2);
  const RowPanels panels(matrix, rows, unit, level);
  const std::vector<const float*> pointers = row_pointers(queries, 0, query_count);
  for (const Score kind : {Score::dot, Score::squared_distance}) {
    constexpr std::size_t stride = RowPanels::width + 5;
    std::vector<float> scores(query_count * stride);
    for (std::size_t panel = 0; panel < panels.panels(); ++panel) {
      panels.score(panel, pointers, kind, scores.data(), stride);
      for (std::size_t q = 0; q < query_count; ++q) {
        for (std::size_t r = 0; r < panels.rows_in(panel); ++r) {
          std::vector<float> row(dim);
          const auto stored = matrix.values(panel * RowPanels::width + r);
          if (unit) write_unit(stored, row);
          if (!unit) row.assign(stored.begin(), stored.end());
          const double distance = exact_distance(queries.values(q), row);
          const double want = kind == Score::dot ? exact_dot(queries.values(q), row) : distance * distance;
          ASSERT_NEAR(scores[q * stride + r], want, 1e-5 * (1 + static_cast<double>(dim)))
              << simd_name(level) << " dim " << dim << " query " << q << " row " << r;
        }
      }
    }
  }
}

TEST(RowPanelsTest, AgreesWithDoublesAtEveryLevelAndOddSizes) {
  for (const SimdLevel level : simd_levels()) {
    for (const std::size_t dim : {1, 3, 16, 17, 100}) {
      for (const std::size_t rows : {1, 31, 32, 33, 70}) {
        for (const std::size_t queries : {1, 2, 5}) check_scores(rows, dim, queries, level, rows % 2 == 0);
      }
    }
  }
}

TEST(RowPanelsTest, UnitRowsHaveLengthOneAndZerosStay) {
  std::vector<float> to(2);
  write_unit(std::vector<float>{3, 4}, to);
  EXPECT_EQ(to, (std::vector<float>{0.6F, 0.8F}));
  write_unit(std::vector<float>{0, 0}, to);
  EXPECT_EQ(to, (std::vector<float>{0, 0}));
  write_unit(std::vector<float>{3e30F, 4e30F}, to);  // whose squares are beyond float
  EXPECT_FLOAT_EQ(to[1], 0.8F);
}

}  // namespace
}  // namespace word2vec
