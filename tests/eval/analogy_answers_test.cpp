#include "eval/analogy_answers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "eval/search.h"
#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

/// Levy and Goldberg's formulas, in double, for one candidate.
double exact_score(const Matrix& vectors, const AnalogyRows& q, std::size_t row, AnalogyMethod method) {
  const double a = exact_cosine(vectors.values(q.a), vectors.values(row));
  const double b = exact_cosine(vectors.values(q.b), vectors.values(row));
  const double c = exact_cosine(vectors.values(q.c), vectors.values(row));
  if (method == AnalogyMethod::cos_add) return b - a + c;
  return (b + 1) / 2 * ((c + 1) / 2) / ((a + 1) / 2 + 0.001);
}

std::vector<std::pair<double, std::size_t>> sorted_scores(const Matrix& vectors, const AnalogyRows& q, AnalogyMethod method,
                                                          std::size_t rows) {
  std::vector<std::pair<double, std::size_t>> scores;
  for (std::size_t row = 0; row < rows; ++row) {
    if (row != q.a && row != q.b && row != q.c) scores.emplace_back(-exact_score(vectors, q, row, method), row);
  }
  std::sort(scores.begin(), scores.end());
  return scores;
}

TEST(AnalogyAnswersTest, AgreeWithTheFormulas) {
  const std::size_t rows = 700;  // several tiles, the last one short
  std::mt19937 random(9);
  std::vector<AnalogyRows> questions;
  for (int i = 0; i < 150; ++i) questions.push_back({random() % rows, random() % rows, random() % rows});
  for (const SimdLevel level : simd_levels()) {
    for (const std::size_t dim : {5, 33}) {
      const Matrix vectors = random_matrix(rows, dim, 8);
      for (const AnalogyMethod method : {AnalogyMethod::cos_add, AnalogyMethod::cos_mul}) {
        for (const std::size_t cut : {0, 300}) {
          const Search search(vectors, Metric::cosine, cut, level);
          const auto got = answer_analogies(vectors, search.panels(), questions, method, 4, level);
          for (std::size_t q = 0; q < questions.size(); ++q) {
            const auto want = sorted_scores(vectors, questions[q], method, cut == 0 ? rows : cut);
            ASSERT_EQ(got[q].size(), 4U);
            for (std::size_t i = 0; i < 4; ++i) {
              // The two may differ in the order of scores that floats cannot tell apart.
              EXPECT_NEAR(got[q][i].score, -want[i].first, 1e-5 * std::max(1.0, -want[i].first));
              EXPECT_NEAR(exact_score(vectors, questions[q], got[q][i].row, method), -want[i].first,
                          2e-5 * std::max(1.0, -want[i].first));
            }
          }
        }
      }
    }
  }
}

TEST(AnalogyAnswersTest, GivenWordsNeverAnswerAndTiesGoToTheLowerRow) {
  const Matrix vectors = matrix_of({{1, 0}, {1, 0}, {1, 0}, {0, 1}, {2, 0}, {3, 0}});
  for (const AnalogyMethod method : {AnalogyMethod::cos_add, AnalogyMethod::cos_mul}) {
    const auto got = answer_analogies(vectors, {vectors, 6, true}, {{0, 1, 2}, {4, 4, 4}}, method, 100);
    ASSERT_EQ(got[0].size(), 3U);
    EXPECT_EQ(got[0][0].row, 4U);
    EXPECT_EQ(got[0][1].row, 5U);
    EXPECT_EQ(got[1][0].row, 0U);
    EXPECT_EQ(got[1].size(), 5U);
  }
}

TEST(AnalogyAnswersTest, NoQuestionHasNoAnswer) {
  const Matrix vectors = random_matrix(3, 2, 1);
  EXPECT_TRUE(answer_analogies(vectors, {vectors, 3, true}, {}, AnalogyMethod::cos_add, 1).empty());
}

/// The twin sorts: it asks for all answers, whose scores the test above holds against the formulas.
TEST(AnalogyAnswersTest, RanksAgreeWithSortingAllAnswers) {
  const std::size_t rows = 700;
  std::mt19937 random(10);
  std::vector<AnalogyRows> given;
  std::vector<RankedQuestion> questions;
  for (int i = 0; i < 120; ++i) {
    given.push_back({random() % rows, random() % rows, random() % rows});
    questions.push_back({given.back(), {random() % rows}, {}});
    if (i % 3 == 0) questions.back().right.push_back(random() % rows);
    if (i % 4 == 0) questions.back().excluded = {random() % rows, random() % rows, given.back().a};
  }
  for (const SimdLevel level : simd_levels()) {
    for (const std::size_t dim : {1, 5, 33}) {  // in one dimension, half of all scores are equal
      const Matrix vectors = random_matrix(rows, dim, 8);
      for (const AnalogyMethod method : {AnalogyMethod::cos_add, AnalogyMethod::cos_mul}) {
        for (const std::size_t cut : {0, 300}) {
          const Search search(vectors, Metric::cosine, cut, level);
          const auto sorted = answer_analogies(vectors, search.panels(), given, method, rows, level);
          const auto ranked = rank_analogies(vectors, questions, method, cut, level);
          for (std::size_t q = 0; q < questions.size(); ++q) {
            const RankedQuestion& question = questions[q];
            std::vector<Neighbor> left;
            for (const Neighbor& neighbor : sorted[q]) {
              if (std::count(question.excluded.begin(), question.excluded.end(), neighbor.row) == 0) left.push_back(neighbor);
            }
            const auto right = std::find_if(left.begin(), left.end(), [&](const Neighbor& neighbor) {
              return std::count(question.right.begin(), question.right.end(), neighbor.row) > 0;
            });
            ASSERT_EQ(ranked[q].answer, std::optional(left.front()));
            ASSERT_EQ(ranked[q].right.has_value(), right != left.end());
            ASSERT_EQ(ranked[q].rank, right == left.end() ? 0 : static_cast<std::uint64_t>(right - left.begin()) + 1);
            if (right != left.end()) {
              ASSERT_EQ(*ranked[q].right, *right);
            }
          }
        }
      }
    }
  }
}

TEST(AnalogyAnswersTest, WhenNothingIsLeftThereIsNoAnswer) {
  const Matrix vectors = matrix_of({{1, 0}, {0, 1}, {0, 0}});
  const auto ranked =
      rank_analogies(vectors, {{{0, 1, 2}, {2}, {}}, {{0, 0, 1}, {2}, {}}, {{0, 0, 0}, {1}, {2}}}, AnalogyMethod::cos_mul);
  EXPECT_FALSE(ranked[0].answer || ranked[0].right);
  EXPECT_EQ(ranked[0].rank, 0U);
  EXPECT_EQ(ranked[1].answer.value().row, 2U);  // a row of zeros has a score like any other
  EXPECT_EQ(ranked[1].rank, 1U);
  EXPECT_EQ(ranked[2].answer.value().row, 1U);
}

}  // namespace
}  // namespace word2vec
