#include "eval/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "eval/correlation.h"

namespace word2vec {
namespace {

using Numbers = std::vector<double>;

/// The twin: drawing `number` written out, its rho by the plain function.
double drawn_rho(const Numbers& human, const Numbers& model, std::size_t number) {
  std::mt19937_64 random(number + 1);
  Numbers left, right;
  for (std::size_t i = 0; i < human.size(); ++i) {
    const std::size_t member = (random() >> 32) * human.size() >> 32;
    left.push_back(human[member]);
    right.push_back(model[member]);
  }
  return spearman(left, right).value_or(NAN);
}

Numbers noisy(const Numbers& from, double noise, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0, noise);
  Numbers values;
  for (const double value : from) values.push_back(value + normal(random));
  return values;
}

TEST(BootstrapTest, ADrawingsRhoIsThatOfItsPairs) {
  const Numbers human = {1, 2, 2, 3, 5, 5, 5, 8}, model = {0.1, 0.4, 0.2, 0.2, 0.9, 0.3, 0.9, 0.7};
  const Numbers other = {1, 1, 1, 1, 1, 1, 1, 2};
  const auto rhos = bootstrap_spearman(human, {model, other});
  ASSERT_EQ(rhos.size(), 2U);
  ASSERT_EQ(rhos[0].size(), bootstrap_drawings);
  for (std::size_t i = 0; i < bootstrap_drawings; i += 97) {
    const double want = drawn_rho(human, model, i), second = drawn_rho(human, other, i);
    EXPECT_TRUE(std::abs(rhos[0][i] - want) < 1e-9 || (std::isnan(rhos[0][i]) && std::isnan(want)));
    EXPECT_TRUE(std::abs(rhos[1][i] - second) < 1e-9 || (std::isnan(rhos[1][i]) && std::isnan(second)));
  }
}

TEST(BootstrapTest, EqualModelsDoNotDifferAndClearlyWorseOnesDo) {
  Numbers human(200);
  for (std::size_t i = 0; i < human.size(); ++i) human[i] = static_cast<double>(i % 50);
  const Numbers good = noisy(human, 5, 1), bad = noisy(human, 60, 2);
  const auto rhos = bootstrap_spearman(human, {good, bad, good});
  const BootstrapDifference same = bootstrap_difference(rhos[0], rhos[2]).value();
  EXPECT_EQ(same.p, 1);
  EXPECT_EQ(same.interval, (Interval{0, 0}));
  const BootstrapDifference worse = bootstrap_difference(rhos[0], rhos[1]).value();
  EXPECT_LT(worse.p, 0.001);
  EXPECT_LT(worse.interval.high, 0);
  const double difference = spearman(human, bad).value() - spearman(human, good).value();
  EXPECT_LT(worse.interval.low, difference);
  EXPECT_GT(worse.interval.high, difference);
  const BootstrapDifference better = bootstrap_difference(rhos[1], rhos[0]).value();
  EXPECT_DOUBLE_EQ(better.p, worse.p);
}

TEST(BootstrapTest, PercentilesAndTailsByHand) {
  Numbers first(1000), second(1000);
  for (std::size_t i = 0; i < 1000; ++i) second[i] = (static_cast<double>(i) - 9.5) / 1000;  // ten lie below 0
  const BootstrapDifference found = bootstrap_difference(first, second).value();
  EXPECT_NEAR(found.interval.low, 0.0155, 1e-9);
  EXPECT_NEAR(found.interval.high, 0.9645, 1e-9);
  EXPECT_NEAR(found.p, 2 * 11 / 1001.0, 1e-12);
}

TEST(BootstrapTest, NothingWithoutVariation) {
  const auto rhos = bootstrap_spearman(Numbers{1, 1, 1}, {{1, 2, 3}, {3, 2, 1}});
  EXPECT_TRUE(std::all_of(rhos[0].begin(), rhos[0].end(), [](double rho) { return std::isnan(rho); }));
  EXPECT_FALSE(bootstrap_difference(rhos[0], rhos[1]));
  EXPECT_FALSE(bootstrap_difference(bootstrap_spearman(Numbers{}, {{}})[0], bootstrap_spearman(Numbers{}, {{}})[0]));
}

}  // namespace
}  // namespace word2vec
