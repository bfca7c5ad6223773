#include "eval/search.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

/// The twin: every score in double, all sorted.
std::vector<std::pair<double, std::size_t>> sorted_scores(const Matrix& matrix, std::span<const float> query, Metric metric,
                                                          std::size_t rows, const std::vector<std::size_t>& excluded) {
  std::vector<std::pair<double, std::size_t>> scores;
  for (std::size_t row = 0; row < rows; ++row) {
    if (std::find(excluded.begin(), excluded.end(), row) != excluded.end()) continue;
    const auto values = matrix.values(row);
    scores.emplace_back(metric == Metric::cosine ? -exact_cosine(query, values)
                        : metric == Metric::dot  ? -exact_dot(query, values)
                                                 : exact_distance(query, values),
                        row);
  }
  std::sort(scores.begin(), scores.end());
  return scores;
}

Matrix unit_rows(Matrix matrix) {
  for (std::size_t row = 0; row < matrix.rows(); ++row) write_unit(matrix.values(row), matrix.values(row));
  return matrix;
}

TEST(SearchTest, AgreesWithSortingAllScores) {
  const std::size_t rows = 201, query_count = 9;
  for (const SimdLevel level : simd_levels()) {
    for (const std::size_t dim : {3, 37}) {
      const Matrix matrix = random_matrix(rows, dim, 3), queries = unit_rows(random_matrix(query_count, dim, 4));
      std::vector<std::vector<std::size_t>> excluded(query_count);
      for (std::size_t q = 0; q < query_count; ++q) excluded[q] = {q, 7 * q};
      for (const Metric metric : {Metric::cosine, Metric::dot, Metric::euclidean}) {
        for (const std::size_t cut : {0, 50}) {
          const auto got = Search(matrix, metric, cut, level).nearest(queries, 7, excluded);
          for (std::size_t q = 0; q < query_count; ++q) {
            const auto want = sorted_scores(matrix, queries.values(q), metric, cut == 0 ? rows : cut, excluded[q]);
            ASSERT_EQ(got[q].size(), 7U);
            for (std::size_t i = 0; i < 7; ++i) {
              EXPECT_EQ(got[q][i].row, want[i].second) << simd_name(level);
              EXPECT_NEAR(got[q][i].score, metric == Metric::euclidean ? want[i].first : -want[i].first, 1e-5);
            }
          }
        }
      }
    }
  }
}

TEST(SearchTest, TiesGoToTheLowerRow) {
  Matrix matrix(100, 5);
  for (std::size_t row = 0; row < 100; ++row) matrix.row(row)[row % 2] = 1;
  Matrix query(1, 5);
  query.row(0)[1] = 1;
  for (const Metric metric : {Metric::cosine, Metric::dot, Metric::euclidean}) {
    const auto got = Search(matrix, metric).nearest(query, 3, {{3}})[0];
    ASSERT_EQ(got.size(), 3U);
    EXPECT_EQ(got[0].row, 1U);
    EXPECT_EQ(got[1].row, 5U);
    EXPECT_EQ(got[2].row, 7U);
  }
}

TEST(SearchTest, MoreThanThereAreGivesAllButTheExcluded) {
  const Matrix matrix = random_matrix(40, 4, 5), queries = random_matrix(300, 4, 6);
  const Search search(matrix, Metric::dot, 1000);
  EXPECT_EQ(search.rows(), 40U);
  const auto got = search.nearest(queries, std::size_t{1} << 60, std::vector<std::vector<std::size_t>>(300, {1, 2}));
  ASSERT_EQ(got.size(), 300U);
  for (const auto& neighbors : got) EXPECT_EQ(neighbors.size(), 38U);
}

TEST(SearchTest, FewQueriesGetTheAnswersOfMany) {
  // One query is split by rows among the threads, a hundred are not: ties across the parts must come out alike.
  Matrix matrix = random_matrix(500, 6, 7);
  for (std::size_t row = 250; row < 500; ++row) std::copy_n(matrix.row(row - 250), 6, matrix.row(row));
  const Matrix queries = random_matrix(100, 6, 8);
  for (const Metric metric : {Metric::dot, Metric::euclidean}) {
    const Search search(matrix, metric);
    const auto together = search.nearest(queries, 9, std::vector<std::vector<std::size_t>>(100, {3}));
    for (std::size_t q = 0; q < 100; q += 10) {
      Matrix alone(1, 6);
      std::copy_n(queries.row(q), 6, alone.row(0));
      EXPECT_EQ(search.nearest(alone, 9, {{3}})[0], together[q]);
    }
  }
  EXPECT_TRUE(Search(matrix, Metric::dot).nearest(Matrix(0, 6), 3, {}).empty());
}

/// Rows of many kinds: some repeated, of different lengths, of zeros, nearly alike, of one large number, tiny and huge.
Matrix mixed_matrix(std::size_t rows, std::size_t dim, unsigned seed) {
  Matrix matrix = random_matrix(rows, dim, seed);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::span<float> values = matrix.values(row);
    if (row % 5 == 1) std::copy_n(matrix.row(row / 2), dim, values.data());
    if (row % 7 == 2) std::fill(values.begin(), values.end(), 0.0F);
    if (row % 7 == 3) std::fill(values.begin(), values.end(), 1 + 1e-6F * static_cast<float>(row % 3));
    if (row % 11 == 4) values[row % dim] = 1000;
    const float scale = row % 13 == 5 ? 1e-38F : row % 41 == 6 ? 1e18F : row % 3 == 0 ? 3.0F : 1.0F;
    for (float& value : values) value *= scale;
  }
  return matrix;
}

/// Many queries at once are filtered, where the processor can; each alone is not.
void expect_the_answers_of_each_alone(const Matrix& matrix, const Matrix& queries, Metric metric, std::size_t k,
                                      std::size_t cut) {
  const Search search(matrix, metric, cut);
  std::vector<std::vector<std::size_t>> excluded(queries.rows());
  for (std::size_t q = 0; q < queries.rows(); ++q) excluded[q] = {q, 3 * q};
  const auto together = search.nearest(queries, k, excluded);
  for (std::size_t q = 0; q < queries.rows(); ++q) {
    Matrix alone(1, queries.columns());
    std::copy_n(queries.row(q), queries.columns(), alone.row(0));
    ASSERT_EQ(search.nearest(alone, k, {excluded[q]})[0], together[q]) << "metric " << static_cast<int>(metric) << " k " << k;
  }
}

TEST(SearchTest, ManyQueriesGetTheSameBitsAsEachAlone) {
  for (const std::size_t dim : {1, 3, 64, 101}) {
    const std::size_t rows = 1500;
    const Matrix matrix = mixed_matrix(rows, dim, 9);
    for (const Metric metric : {Metric::cosine, Metric::dot, Metric::euclidean}) {
      Matrix queries(40, dim);
      for (std::size_t q = 0; q < 40; ++q) std::copy_n(matrix.row(7 * q), dim, queries.row(q));
      if (metric == Metric::cosine) queries = unit_rows(std::move(queries));
      for (const std::size_t k : {1, 2, 10, 100, 128, 129, 1500}) {
        expect_the_answers_of_each_alone(matrix, queries, metric, k, k == 2 ? 700 : 0);
      }
    }
  }
}

TEST(SearchTest, RowsMuchAlikeGetTheSameBitsToo) {
  // Bytes tell none of them from another, so that all have to be scored.
  Matrix matrix = random_matrix(2000, 20, 10);
  for (std::size_t row = 1; row < 2000; ++row) {
    for (std::size_t i = 0; i < 20; ++i) matrix.row(row)[i] = matrix.row(0)[i] + 1e-5F * matrix.row(row)[i];
  }
  const Matrix queries = random_matrix(30, 20, 11);
  for (const Metric metric : {Metric::dot, Metric::euclidean}) expect_the_answers_of_each_alone(matrix, queries, metric, 5, 0);
}

TEST(SearchTest, MoreQueriesThanMeetTheRowsTogether) {
  const Matrix matrix = random_matrix(300, 5, 12), queries = random_matrix(1500, 5, 13);
  expect_the_answers_of_each_alone(matrix, queries, Metric::dot, 3, 0);
}

TEST(SearchTest, ScoresThatAreNoNumbersComeLast) {
  Matrix matrix = random_matrix(500, 4, 14);
  for (std::size_t row = 0; row < 500; row += 3) {
    for (float& value : matrix.values(row)) value = row % 2 == 0 ? 3e38F : -3e38F;  // products overflow to either infinity
  }
  const Matrix queries = random_matrix(20, 4, 15);
  for (const std::size_t k : {3, 100}) expect_the_answers_of_each_alone(matrix, queries, Metric::dot, k, 0);
}

}  // namespace
}  // namespace word2vec
