// A run's curve: what went on between two points, and never too many of them.
#include "trainer/run_curve.h"

#include <gtest/gtest.h>

namespace word2vec {
namespace {

TrainProgress at(double fraction, std::uint32_t epoch, double seconds, std::uint64_t words, std::uint64_t pairs, double loss) {
  TrainProgress now{};
  now.fraction = fraction;
  now.epoch = epoch;
  now.seconds = seconds;
  now.words = words;
  now.pairs = pairs;
  now.loss = loss;
  now.alpha = 0.05 * (1 - fraction);
  return now;
}

TEST(RunCurve, PointsAreOfTheTimeBetweenThem) {
  RunCurve curve;
  curve.add(at(0.1, 1, 1, 1000, 500, 4));
  curve.add(at(0.2, 1, 2, 3000, 1500, 3));  // mean 3 of 1500 pairs, of which 500 had 4: the other 1000 had 2.5
  ASSERT_EQ(curve.points().size(), 2U);
  EXPECT_DOUBLE_EQ(curve.points()[0].words_per_second, 1000);
  EXPECT_DOUBLE_EQ(curve.points()[0].loss, 4);
  EXPECT_DOUBLE_EQ(curve.points()[1].words_per_second, 2000);
  EXPECT_DOUBLE_EQ(curve.points()[1].loss, 2.5);
  EXPECT_DOUBLE_EQ(curve.points()[1].alpha, 0.04);
}

TEST(RunCurve, ANewEpochCountsItsPairsAnew) {
  RunCurve curve;
  curve.add(at(0.5, 1, 1, 1000, 500, 4));
  curve.add(at(0.6, 2, 2, 1200, 100, 2));
  ASSERT_EQ(curve.points().size(), 2U);
  EXPECT_DOUBLE_EQ(curve.points()[1].loss, 2);
  EXPECT_DOUBLE_EQ(curve.points()[1].words_per_second, 200);
}

TEST(RunCurve, HoweverLongTheRunItHasSomeHundredPointsFromItsBeginningToItsEnd) {
  RunCurve curve;
  constexpr std::uint64_t calls = 100000;
  for (std::uint64_t i = 1; i <= calls; ++i) {
    curve.add(at(static_cast<double>(i) / calls, 1, 0.1 * static_cast<double>(i), 50 * i, 250 * i, 2));
  }
  EXPECT_LE(curve.points().size(), 401U);
  EXPECT_GE(curve.points().size(), 350U);
  EXPECT_LT(curve.points().front().fraction, 0.01);
  EXPECT_GT(curve.points().back().fraction, 0.99);
  for (const RunPoint& point : curve.points()) EXPECT_NEAR(point.words_per_second, 500, 1e-6);
}

TEST(RunCurve, NothingTrainedIsNoPoint) {
  RunCurve curve;
  curve.add(at(0.5, 1, 1, 1000, 0, 0));
  EXPECT_TRUE(curve.points().empty());
}

}  // namespace
}  // namespace word2vec
