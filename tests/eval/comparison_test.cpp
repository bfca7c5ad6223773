#include "eval/comparison.h"

#include <gtest/gtest.h>

#include "tests/eval/small_evaluation.h"

namespace word2vec {
namespace {

TEST(ComparisonTest, CountsWhoWasRight) {
  const Comparison comparison = compare(double_evaluation());
  ASSERT_EQ(comparison.analogies.size(), 1U);
  ASSERT_EQ(comparison.analogies[0].size(), 1U);
  const AnalogyComparison& pair = comparison.analogies[0][0];
  EXPECT_EQ(pair.first, 0U);
  EXPECT_EQ(pair.second, 1U);
  EXPECT_EQ(pair.sections[0], (PairedTally{1, 1, 0, 2}));
  EXPECT_EQ(pair.sections[1], (PairedTally{0, 1, 0, 0}));  // one question is known to the second alone
  EXPECT_EQ(pair.total, (PairedTally{1, 2, 0, 2}));
  EXPECT_EQ(pair.syntactic, pair.sections[1]);
  EXPECT_NEAR(pair.total.difference(), -0.4, 1e-12);
  EXPECT_NEAR(pair.total.p(), 0.5, 1e-12);  // two questions, both the first's: 2 * 1/4
  EXPECT_EQ(PairedTally().difference(), 0);
}

TEST(ComparisonTest, RhosDifferByTheirDifference) {
  const SimilarityComparison pair = compare(double_evaluation()).similarity.at(0).at(0);
  EXPECT_NEAR(pair.difference.value(), -0.2, 1e-12);  // 1 and 0.8
  EXPECT_LE(pair.bootstrap.value().interval.low, -0.2);
  EXPECT_GT(pair.bootstrap->p, 0.05);
}

TEST(ComparisonTest, EveryPairOfFilesOnceAndNoneOfOne) {
  EXPECT_TRUE(compare(single_evaluation()).analogies.empty());
  const std::vector<AnalogyOutcome> outcomes(6, ranked(1));
  const std::vector<std::optional<double>> cosines = {0.1, 0.1, 0.1, 0.1};
  const Comparison comparison = compare(evaluation_of({outcomes, outcomes, outcomes}, {cosines, cosines, cosines}));
  ASSERT_EQ(comparison.analogies[0].size(), 3U);
  EXPECT_EQ(comparison.analogies[0][2].first, 1U);
  EXPECT_EQ(comparison.analogies[0][2].second, 2U);
  EXPECT_EQ(comparison.analogies[0][2].total.p(), 1);
  EXPECT_FALSE(comparison.similarity[0][0].difference || comparison.similarity[0][0].bootstrap);  // no rho, no difference
}

}  // namespace
}  // namespace word2vec
