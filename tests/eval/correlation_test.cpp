#include "eval/correlation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace word2vec {
namespace {

using Numbers = std::vector<double>;

TEST(CorrelationTest, EqualValuesShareTheirRanks) {
  EXPECT_EQ(average_ranks(Numbers{10, 20, 20, 5}), (Numbers{2, 3.5, 3.5, 1}));
  EXPECT_EQ(average_ranks(Numbers{1, 1, 1}), (Numbers{2, 2, 2}));
  EXPECT_TRUE(average_ranks(Numbers{}).empty());
}

TEST(CorrelationTest, ByHand) {
  // Deviations (-1.5 -.5 .5 1.5) and (-2 0 -1 3) about the means: 7 / sqrt(5 * 14).
  EXPECT_NEAR(pearson(Numbers{1, 2, 3, 4}, Numbers{1, 3, 2, 6}).value(), 7 / std::sqrt(70.0), 1e-12);
  // No ties: 1 - 6 * (0 + 1 + 1 + 0) / (4 * 15).
  EXPECT_NEAR(spearman(Numbers{1, 2, 3, 4}, Numbers{1, 3, 2, 6}).value(), 0.8, 1e-12);
  // Ranks (1 2.5 2.5 4) and (1 2 3 4): 4.5 / sqrt(4.5 * 5).
  EXPECT_NEAR(spearman(Numbers{1, 2, 2, 9}, Numbers{3, 5, 6, 7}).value(), 4.5 / std::sqrt(22.5), 1e-12);
  EXPECT_NEAR(spearman(Numbers{1, 2, 3}, Numbers{1e9, 5, -1}).value(), -1, 1e-12);
}

TEST(CorrelationTest, NothingWithoutTwoPairsOrVariation) {
  EXPECT_FALSE(pearson(Numbers{}, Numbers{}));
  EXPECT_FALSE(spearman(Numbers{1}, Numbers{2}));
  EXPECT_FALSE(pearson(Numbers{0.1, 0.1, 0.1}, Numbers{1, 2, 3}));
  EXPECT_FALSE(spearman(Numbers{1, 2, 3}, Numbers{4, 4, 4}));
}

}  // namespace
}  // namespace word2vec
