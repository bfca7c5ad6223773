#include "eval/byte_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

class ByteFilterTest : public testing::Test {
 protected:
  void SetUp() override {
    if (best_simd() >= SimdLevel::avx2 && !has_byte_products()) GTEST_SKIP() << "this processor adds up no products of bytes";
  }
};

std::vector<const float*> pointers_to(const Matrix& queries) { return row_pointers(queries, 0, queries.rows()); }

/// Of each query, the best score with a panel's rows, negated for distances; nothing for a score that is no number.
std::vector<float> best_scores(const RowPanels& panels, std::size_t panel, const Matrix& queries, Score kind) {
  std::vector<float> scores(queries.rows() * RowPanels::width), best;
  panels.score(panel, pointers_to(queries), kind, scores.data(), RowPanels::width);
  for (std::size_t q = 0; q < queries.rows(); ++q) {
    float top = -std::numeric_limits<float>::infinity();
    for (std::size_t r = 0; r < panels.rows_in(panel); ++r) {
      const float score = scores[q * RowPanels::width + r];
      top = std::max(top, kind == Score::dot ? score : -score);
    }
    best.push_back(top);
  }
  return best;
}

/// With the very score as the bar, no query may be passed over.
void expect_all_found(const Matrix& rows, const Matrix& queries, const std::string& what) {
  const RowPanels panels(rows, rows.rows(), false);
  const ByteQueries bytes(pointers_to(queries), queries.columns());
  ByteFilter filter(rows.columns(), queries.rows());
  for (std::size_t panel = 0; panel < panels.panels(); ++panel) {
    filter.take(panels.panel(panel));
    for (const Score kind : {Score::dot, Score::squared_distance}) {
      const auto found = filter.may_reach(bytes, kind, best_scores(panels, panel, queries, kind));
      ASSERT_EQ(found.size(), queries.rows()) << what << ", dim " << rows.columns() << ", kind " << static_cast<int>(kind);
      for (std::size_t q = 0; q < found.size(); ++q) ASSERT_EQ(found[q], q);
    }
  }
}

using Change = std::function<void(std::span<float>, std::size_t)>;

/// What rows and queries may look like, from rows of a normal distribution.
const std::vector<std::pair<std::string, Change>> shapes = {
    {"as they are", [](std::span<float>, std::size_t) {}},
    {"one large number", [](std::span<float> row, std::size_t i) { row[i % row.size()] = 1e6F; }},
    {"one number in a row of zeros",
     [](std::span<float> row, std::size_t i) {
       std::fill(row.begin(), row.end(), 0.0F);
       row[i % row.size()] = i % 2 == 0 ? 1.0F : -1.0F;
     }},
    {"zeros", [](std::span<float> row, std::size_t) { std::fill(row.begin(), row.end(), 0.0F); }},
    {"much alike",
     [](std::span<float> row, std::size_t) {
       for (float& value : row) value = 1 + 1e-6F * value;
     }},
    {"of all lengths",
     [](std::span<float> row, std::size_t i) {
       for (float& value : row) value *= std::pow(10.0F, static_cast<float>(i % 30) - 15);
     }},
    {"half way between bytes",
     [](std::span<float> row, std::size_t i) {
       for (std::size_t d = 0; d < row.size(); ++d) row[d] = static_cast<float>((i + 3 * d) % 127) + 0.5F;
       row[0] = 127;
     }},
    {"denormal",
     [](std::span<float> row, std::size_t) {
       for (float& value : row) value *= 1e-40F;
     }},
    {"whose squares vanish",
     [](std::span<float> row, std::size_t) {
       for (float& value : row) value *= 1e-24F;
     }},
    {"whose squares overflow",
     [](std::span<float> row, std::size_t) {
       for (float& value : row) value *= 1e24F;
     }},
};

Matrix shaped(std::size_t rows, std::size_t dim, unsigned seed, const Change& change) {
  Matrix matrix = random_matrix(rows, dim, seed);
  for (std::size_t row = 0; row < rows; ++row) change(matrix.values(row), row);
  return matrix;
}

TEST_F(ByteFilterTest, PassesOverNoQueryThatReachesItsBar) {
  for (const std::size_t dim : {1, 2, 3, 4, 5, 64, 100, 101, 300, 4096}) {
    for (const auto& [of_rows, change_row] : shapes) {
      for (const auto& [of_queries, change_query] : shapes) {
        expect_all_found(shaped(dim > 1000 ? 32 : 70, dim, 1, change_row), shaped(dim > 1000 ? 9 : 37, dim, 2, change_query),
                         "rows " + of_rows + ", queries " + of_queries);
      }
    }
  }
}

TEST_F(ByteFilterTest, QueriesNearTheRowsAreFoundToo) {
  for (const std::size_t dim : {1, 3, 100, 300}) {  // distances of zero and almost
    for (const auto& [name, change] : shapes) expect_all_found(shaped(64, dim, 3, change), shaped(40, dim, 3, change), name);
  }
}

TEST_F(ByteFilterTest, WholeNumbersAreMultipliedExactly) {
  // They are their own bytes, so that the bound is off by rounding alone, and bars a little above the scores are not reached.
  const auto whole = [](std::span<float> row, std::size_t i) {
    for (std::size_t d = 0; d < row.size(); ++d) row[d] = static_cast<float>((37 * i + 91 * d * d) % 255) - 127;
    row[i % row.size()] = i % 2 == 0 ? 127.0F : -127.0F;
  };
  for (const std::size_t dim : {1, 3, 64, 101}) {
    const Matrix rows = shaped(32, dim, 1, whole), queries = shaped(19, dim, 1, whole);
    const RowPanels panels(rows, 32, false);
    const ByteQueries bytes(pointers_to(queries), dim);
    ByteFilter filter(dim, queries.rows());
    filter.take(panels.panel(0));
    for (const Score kind : {Score::dot, Score::squared_distance}) {
      std::vector<float> bars = best_scores(panels, 0, queries, kind);
      for (float& bar : bars) bar += 4 + 1e-5F * static_cast<float>(dim * dim) * 127;
      for (std::size_t q = 0; q < bars.size(); q += 4) bars[q] = best_scores(panels, 0, queries, kind)[q];
      const auto found = filter.may_reach(bytes, kind, bars);
      ASSERT_EQ(found.size(), 5U) << dim << " kind " << static_cast<int>(kind);
      for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], 4 * i);
    }
  }
}

TEST_F(ByteFilterTest, PassesOverBarsAFewHundredthsAboveTheBestCosine) {
  Matrix rows = random_matrix(320, 100, 5), queries = random_matrix(50, 100, 6);
  for (Matrix* matrix : {&rows, &queries}) {
    for (std::size_t row = 0; row < matrix->rows(); ++row) write_unit(matrix->values(row), matrix->values(row));
  }
  const RowPanels panels(rows, 320, false);
  const ByteQueries bytes(pointers_to(queries), 100);
  ByteFilter filter(100, queries.rows());
  for (std::size_t panel = 0; panel < panels.panels(); ++panel) {
    filter.take(panels.panel(panel));
    for (const Score kind : {Score::dot, Score::squared_distance}) {
      std::vector<float> bars = best_scores(panels, panel, queries, kind);
      for (float& bar : bars) bar += kind == Score::dot ? 0.03F : 0.06F;
      EXPECT_TRUE(filter.may_reach(bytes, kind, bars).empty());
    }
  }
}

}  // namespace
}  // namespace word2vec
