#include "eval/confidence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace word2vec {
namespace {

/// The twin: the probability of at most `most` successes, term by term.
double at_most(std::uint64_t most, std::uint64_t trials, double p) {
  double sum = 0;
  const auto n = static_cast<double>(trials);
  for (std::uint64_t k = 0; k <= most; ++k) {
    const auto i = static_cast<double>(k);
    sum +=
        std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) + i * std::log(p) + (n - i) * std::log1p(-p));
  }
  return sum;
}

TEST(ConfidenceTest, AProportionsIntervalIsTheBinomialsQuantiles) {
  for (const auto& [successes, trials] : {std::pair<std::uint64_t, std::uint64_t>{120, 400}, {1, 7}, {6, 7}, {4102, 18448}}) {
    const auto count = static_cast<double>(trials), p = static_cast<double>(successes) / count;
    const Interval interval = proportion_interval(successes, trials).value();
    const auto low = static_cast<std::uint64_t>(std::lround(interval.low * count)),
               high = static_cast<std::uint64_t>(std::lround(interval.high * count));
    EXPECT_TRUE(low == 0 || at_most(low, trials, p) <= 0.025) << successes << " of " << trials;
    EXPECT_GT(at_most(low + 1, trials, p), 0.025);
    EXPECT_GE(at_most(high, trials, p), 0.975);
    EXPECT_LT(at_most(high - 2, trials, p), 0.975);
  }
}

TEST(ConfidenceTest, AllOrNoneStillLeavesDoubt) {
  // scipy.stats.binomtest(0, 20).proportion_ci(): 0 to 0.16843347098308548, for one tail of 0.025.
  EXPECT_EQ(proportion_interval(0, 20).value().low, 0);
  EXPECT_NEAR(proportion_interval(0, 20).value().high, 0.16843347098308548, 1e-12);
  EXPECT_NEAR(proportion_interval(20, 20).value().low, 0.8315665290169146, 1e-12);
  EXPECT_EQ(proportion_interval(20, 20).value().high, 1);
  EXPECT_FALSE(proportion_interval(0, 0));
}

TEST(ConfidenceTest, NineteenOfTwentyIntervalsHoldTheTruth) {
  std::mt19937_64 random(1);
  for (const double truth : {0.3, 0.62}) {
    std::binomial_distribution<std::uint64_t> successes(400, truth);
    int held = 0;
    for (int i = 0; i < 2000; ++i) {
      const Interval interval = proportion_interval(successes(random), 400).value();
      held += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    EXPECT_GT(held, 1860);  // 93 %
    EXPECT_LT(held, 1950);  // 97.5 %: nor are they wider than they need be
  }
}

TEST(ConfidenceTest, McNemarByHand) {
  EXPECT_NEAR(mcnemar(2, 8), 2 * (1 + 10 + 45) / 1024.0, 1e-12);
  EXPECT_NEAR(mcnemar(5, 0), 2 / 32.0, 1e-12);
  EXPECT_EQ(mcnemar(5, 5), 1);
  EXPECT_EQ(mcnemar(0, 0), 1);
  EXPECT_EQ(mcnemar(8, 2), mcnemar(2, 8));
  EXPECT_NEAR(mcnemar(700, 812), 0.004293681537359063, 1e-12);  // scipy.stats.binomtest(700, 1512)
}

TEST(ConfidenceTest, CorrelationsAgreeWithScipy) {
  // pearsonr of 1..12 with 3 1 4 1 5 9 2 6 5 3 5 8: r, p and its confidence_interval().
  const double r = 0.4973872890601886;
  EXPECT_NEAR(correlation_p(r, 12).value(), 0.09990321605591237, 1e-12);
  EXPECT_NEAR(pearson_interval(r, 12).value().low, -0.10708064459462492, 1e-6);
  EXPECT_NEAR(pearson_interval(r, 12).value().high, 0.8333951260334999, 1e-6);
  EXPECT_NEAR(correlation_p(-r, 12).value(), 0.09990321605591237, 1e-12);
  EXPECT_NEAR(correlation_p(0.5, 100).value(), 1.1804920270376276e-07, 1e-18);
  EXPECT_NEAR(spearman_interval(0.5, 100).value().low, 0.32589659, 1e-6);
  EXPECT_NEAR(spearman_interval(0.5, 100).value().high, 0.64130189, 1e-6);
}

TEST(ConfidenceTest, FewPairsAndPerfectOnes) {
  EXPECT_FALSE(pearson_interval(0.5, 3));
  EXPECT_FALSE(spearman_interval(0.5, 3));
  EXPECT_FALSE(correlation_p(1, 2));
  EXPECT_NEAR(correlation_p(0.5, 3).value(), 2.0 / 3, 1e-12);  // scipy.stats.pearsonr([1, 2, 3], [1, 3, 2])
  EXPECT_EQ(correlation_p(-1, 9), 0);
  EXPECT_EQ(pearson_interval(1, 9), (Interval{1, 1}));
  EXPECT_EQ(correlation_p(0, 9), 1);
}

}  // namespace
}  // namespace word2vec
