// Where the learning rate begins when nobody says: by the length of the run, and by what learns.
#include "trainer/schedule.h"

#include <gtest/gtest.h>

#include "corpus/io/error.h"
#include "trainer/engine.h"

namespace word2vec {
namespace {

struct Case {
  Model model;
  CbowUpdate update;
  double least;
};
constexpr Case cases[] = {{Model::skipgram, CbowUpdate::word2vec, 0.025},
                          {Model::cbow, CbowUpdate::word2vec, 0.05},
                          {Model::cbow, CbowUpdate::exact, 0.1}};

double automatic_alpha_of(Model model, CbowUpdate update, std::uint64_t tokens) {
  TrainOptions options;
  options.model = model;
  options.cbow_update = update;
  return automatic_alpha(options, tokens);
}

TEST(Schedule, AutomaticRateFallsWithTheLengthBetweenItsBounds) {
  for (const Case& each : cases) {
    double before = 1;
    for (std::uint64_t tokens = 1; tokens < 1'000'000'000'000; tokens *= 3) {
      const double alpha = automatic_alpha_of(each.model, each.update, tokens);
      EXPECT_LE(alpha, before);
      EXPECT_GE(alpha, each.least);
      before = alpha;
    }
    if (each.update == CbowUpdate::word2vec) {
      EXPECT_EQ(before, each.least) << "billions of words learn at the original tool's rate";
    }
  }
}

TEST(Schedule, TheExactUpdateTakesLargerStepsButNotByTheNumberOfContexts) {
  for (std::uint64_t tokens = 1'000'000; tokens < 10'000'000'000; tokens *= 10) {
    const double whole = automatic_alpha_of(Model::cbow, CbowUpdate::word2vec, tokens);
    const double exact = automatic_alpha_of(Model::cbow, CbowUpdate::exact, tokens);
    EXPECT_GT(exact, 1.5 * whole);
    EXPECT_LT(exact, 3 * whole);
  }
}

TEST(Schedule, SkipgramHasNoUpdateToChoose) {
  EXPECT_EQ(automatic_alpha_of(Model::skipgram, CbowUpdate::exact, 20'000'000),
            automatic_alpha_of(Model::skipgram, CbowUpdate::word2vec, 20'000'000));
}

TEST(Schedule, ARunTakesTheRateOfItsModelUpdateAndAllItsEpochs) {
  for (const Case& each : cases) {
    TrainOptions options;
    options.model = each.model;
    options.cbow_update = each.update;
    options.epochs = 7;
    options.row_rates = RowRateChoice::off;
    EXPECT_EQ(resolve(options, 3'000'000).alpha, automatic_alpha_of(each.model, each.update, 21'000'000));
    options.alpha = 0.0123;
    EXPECT_EQ(resolve(options, 3'000'000).alpha, 0.0123) << "what is asked for stays";
  }
}

TEST(Schedule, RowsHaveRatesOfTheirOwnAfterLittleTextUnlessARateIsGiven) {
  const auto of = [](auto change) {
    TrainOptions options;
    change(options);
    return [options](std::uint64_t ids) { return resolve(options, ids).row_rates; };
  };
  const auto plain = of([](TrainOptions&) {});
  EXPECT_EQ(plain(4'000'000), RowRateChoice::on) << "five times, 20 million tokens";
  EXPECT_EQ(plain(13'200'000), RowRateChoice::off) << "66 million";
  EXPECT_EQ(of([](TrainOptions& o) { o.earlier_tokens = 50'000'000; })(4'000'000), RowRateChoice::off);
  EXPECT_EQ(of([](TrainOptions& o) { o.alpha = 0.025; })(4'000'000), RowRateChoice::off) << "the rate of a peer, to compare with";
  EXPECT_EQ(of([](TrainOptions& o) { o.model = Model::cbow; })(4'000'000), RowRateChoice::off);
  EXPECT_EQ(of([](TrainOptions& o) { o.sharing = NegativeSharing::block; })(4'000'000), RowRateChoice::off);
  EXPECT_EQ(of([](TrainOptions& o) { o.row_rates = RowRateChoice::off; })(4'000'000), RowRateChoice::off);
  EXPECT_EQ(of([](TrainOptions& o) { o.row_rates = RowRateChoice::on; })(40'000'000), RowRateChoice::on);
}

TEST(Schedule, BlocksTakeShorterStepsTheMoreTheyAddUp) {
  TrainOptions options;
  const double windows = automatic_alpha(options, 20'000'000);
  options.sharing = NegativeSharing::block;
  const auto rate = [&](std::uint32_t window, std::uint32_t dim) {
    options.window = window;
    options.dim = dim;
    return automatic_alpha(options, 20'000'000);
  };
  const double few_negatives = rate(5, 100);
  EXPECT_LT(few_negatives, windows);
  EXPECT_LT(rate(10, 100), rate(5, 100));
  EXPECT_LT(rate(20, 100), rate(10, 100));
  EXPECT_LT(rate(5, 300), rate(5, 100));
  options.negative = 15;
  EXPECT_LT(rate(5, 100), few_negatives);
  options.negative = 2;
  EXPECT_EQ(rate(2, 50), few_negatives) << "and no longer ones than at the window and dim of the fit";
}

TEST(Schedule, WithRatesOfTheRowsOwnOneSuitsEveryLength) {
  TrainOptions options;
  options.row_rates = RowRateChoice::on;
  EXPECT_EQ(resolve(options, 1000).alpha, resolve(options, 1'000'000'000).alpha);
  EXPECT_GT(resolve(options, 1000).alpha, 0.1);
  options.alpha = 0.025;
  EXPECT_EQ(resolve(options, 1000).alpha, 0.025) << "what is asked for stays";
  options.sharing = NegativeSharing::block;
  EXPECT_THROW(resolve(options, 1000), Error);
  options.negative = 100;
  EXPECT_NO_THROW(resolve(options, 1000)) << "a block that would have too many negatives is by windows";
  options.model = Model::cbow;
  EXPECT_THROW(resolve(options, 1000), Error);
}

}  // namespace
}  // namespace word2vec
