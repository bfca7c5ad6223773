// The engine whole: every token once an epoch at any number of threads, the same bytes from the same seed, rates and rows that
// begin and end where they should, and analogies that were planted are learnt.
#include "trainer/engine.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "corpus/corpus.h"
#include "corpus/io/error.h"
#include "tests/trainer/generated_language.h"
#include "trainer/schedule.h"

namespace word2vec {
namespace {

Corpus corpus_of(const std::string& text, std::uint64_t min_count = 1) {
  const std::string path = ::testing::TempDir() + "engine_test_" + std::to_string(::getpid()) + ".txt";
  std::ofstream(path, std::ios::binary) << text;
  CorpusOptions options;
  options.files = {path};
  options.vocabulary.min_count = min_count;
  Corpus corpus = read_corpus(options);
  std::remove(path.c_str());
  return corpus;
}

TrainOptions small_options() {
  TrainOptions options;
  options.dim = 24;
  options.window = 4;
  options.sample = 0;
  options.epochs = 2;
  options.threads = 1;
  return options;
}

std::vector<float> all_values(const Matrix& matrix) {
  std::vector<float> values;
  for (std::size_t row = 0; row < matrix.rows(); ++row) {
    values.insert(values.end(), matrix.values(row).begin(), matrix.values(row).end());
  }
  return values;
}

TEST(Engine, WhatFollowsARunBeginsAtTheRateOfAWholeRunThere) {
  TrainOptions options = small_options();
  options.epochs = 4;
  options.row_rates = RowRateChoice::off;
  const auto rate = [&](std::uint64_t ids) { return resolve(options, ids).alpha; };
  const double whole = automatic_alpha(options, 40'000'000);
  EXPECT_DOUBLE_EQ(rate(10'000'000), whole);
  options.rate_from_epoch = 3;
  EXPECT_DOUBLE_EQ(rate(10'000'000), whole * 0.25) << "more epochs over the same text";
  options.rate_from_epoch = 0;
  options.earlier_tokens = 30'000'000;
  EXPECT_DOUBLE_EQ(rate(2'500'000), whole * 0.25) << "epochs over new text";
  options.earlier_tokens = 39'960'000;
  EXPECT_DOUBLE_EQ(rate(10'000), whole * 0.1) << "little of it";
}

TEST(Engine, EveryTokenOnceAnEpochAndEveryPairAtAnyThreadCount) {
  const std::string language = testing::generated_language(3000);
  std::string one_line = language, crlf;
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  for (const char c : language) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const std::string unended = language.substr(0, language.size() - 1);
  for (const std::string& text : {language, one_line, crlf, unended}) {
    const Corpus corpus = corpus_of(text);
    for (const std::uint32_t threads : {1U, 2U, 3U, 7U}) {
      TrainOptions options = small_options();
      options.threads = threads;
      options.window = 1;  // all windows are 1 wide: the pairs can be counted by hand
      const TrainResult result = train(corpus.vocabulary, corpus.ids.ids(), {}, options);
      ASSERT_EQ(result.epochs.size(), 2U);
      for (const EpochResult& epoch : result.epochs) {
        EXPECT_EQ(epoch.tokens, 15000U);
        EXPECT_EQ(epoch.trained_tokens, 15000U);
        EXPECT_EQ(epoch.pairs, text == one_line ? 2 * (15000 - 1U) : 2 * 4 * 3000U);
      }
    }
  }
}

TEST(Engine, OneThreadAndOneSeedGiveTheSameBytes) {
  const Corpus corpus = corpus_of(testing::generated_language(1000));
  for (const Model model : {Model::skipgram, Model::cbow}) {
    TrainOptions options = small_options();
    options.model = model;
    options.simd = best_simd();
    const std::vector<float> first = all_values(train(corpus.vocabulary, corpus.ids.ids(), {}, options).input);
    EXPECT_EQ(first, all_values(train(corpus.vocabulary, corpus.ids.ids(), {}, options).input));
    options.seed = 2;
    EXPECT_NE(first, all_values(train(corpus.vocabulary, corpus.ids.ids(), {}, options).input));
  }
}

// A copy of a run as it stands, which an interrupted one would be restored to.
TrainResult copy_of(const TrainResult& run) {
  TrainResult copy;
  for (auto member : {&TrainResult::input, &TrainResult::output}) {
    const Matrix& from = run.*member;
    Matrix& to = copy.*member = Matrix(from.rows(), from.columns());
    for (std::size_t row = 0; row < from.rows(); ++row) std::ranges::copy(from.values(row), to.values(row).begin());
  }
  copy.input_sums = run.input_sums;
  copy.output_sums = run.output_sums;
  static_cast<TrainPosition&>(copy) = run;
  return copy;
}

TEST(Engine, ARunThatRestedAndWasTakenUpAgainIsTheSameToTheLastBit) {
  const Corpus corpus = corpus_of(testing::generated_language(8000));  // 6 pieces an epoch
  // Rows of 24 have room in their padding for sums, those of 32 do not.
  for (const auto& [row_rates, dim] : {std::pair(false, 24U), std::pair(true, 24U), std::pair(true, 32U)}) {
    TrainOptions options = small_options();
    options.dim = dim;
    options.model = row_rates ? Model::skipgram : Model::cbow;
    options.row_rates = row_rates ? RowRateChoice::on : RowRateChoice::off;
    const std::span<const WordId> ids = corpus.ids.ids();
    const TrainResult whole = train(corpus.vocabulary, ids, {}, options);
    std::vector<TrainResult> rests;
    TrainHooks hooks;
    hooks.wants_rest = [] { return true; };
    hooks.at_rest = [&](const TrainResult& run) {
      const std::span<const float> padding{run.input.row(0) + options.dim, run.input.stride() - options.dim};
      EXPECT_TRUE(std::ranges::all_of(padding, [](float number) { return number == 0; }));
      return rests.push_back(copy_of(run)), true;
    };
    const TrainResult rested = train(corpus.vocabulary, ids, {}, options, hooks);
    EXPECT_EQ(all_values(rested.input), all_values(whole.input));
    ASSERT_GT(rests.size(), 8U);
    for (std::size_t i = 0; i < rests.size(); i += 3) {
      const TrainResult resumed = train(corpus.vocabulary, ids, {}, options, {}, copy_of(rests[i]));
      ASSERT_EQ(all_values(resumed.input), all_values(whole.input)) << "from rest " << i;
      ASSERT_EQ(all_values(resumed.output), all_values(whole.output));
      ASSERT_EQ(resumed.output_sums, whole.output_sums);
      ASSERT_EQ(resumed.input_sums.size(), row_rates ? corpus.vocabulary.size() : 0);
      ASSERT_EQ(resumed.epochs.size(), whole.epochs.size());
      for (std::size_t epoch = 0; epoch < whole.epochs.size(); ++epoch) {
        EXPECT_EQ(resumed.epochs[epoch].tokens, whole.epochs[epoch].tokens);
        EXPECT_EQ(resumed.epochs[epoch].pairs, whole.epochs[epoch].pairs);
        EXPECT_NEAR(resumed.epochs[epoch].loss, whole.epochs[epoch].loss, 1e-12);
      }
    }
  }
}

TEST(Engine, ARestStopsAllThreadsBetweenPiecesAndEveryTokenIsStillVisitedOnce) {
  const Corpus corpus = corpus_of(testing::generated_language(40000));  // pieces for four rests of seven threads and more
  for (const std::uint32_t threads : {1U, 2U, 7U}) {
    TrainOptions options = small_options();
    options.threads = threads;
    int rests = 0;
    TrainHooks hooks;
    hooks.wants_rest = [] { return true; };
    hooks.at_rest = [&](const TrainResult&) { return ++rests < 4; };
    TrainResult stopped = train(corpus.vocabulary, corpus.ids.ids(), {}, options, hooks);
    EXPECT_EQ(rests, 4);
    const TrainResult resumed = train(corpus.vocabulary, corpus.ids.ids(), {}, options, {}, std::move(stopped));
    ASSERT_EQ(resumed.epochs.size(), 2U);
    for (const EpochResult& epoch : resumed.epochs) EXPECT_EQ(epoch.tokens, 200000U) << threads;
  }
}

TEST(Engine, DivergenceStopsTheRunAndNamesThePlace) {
  const Corpus corpus = corpus_of(testing::generated_language(2000));
  TrainOptions options = small_options();
  options.alpha = 1e30;
  try {
    train(corpus.vocabulary, corpus.ids.ids(), {}, options);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("diverged"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("epoch"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("--alpha"), std::string::npos) << error.what();
  }
}

TEST(Engine, InitialRowsAreUniformAndTheSameAtAnyThreadCount) {
  const Corpus corpus = corpus_of(testing::generated_language(400));
  TrainOptions options = small_options();
  options.alpha = options.min_alpha = 1e-30;  // so small that no row moves
  options.epochs = 1;
  const TrainResult one = train(corpus.vocabulary, corpus.ids.ids(), {}, options);
  const std::vector<float> values = all_values(one.input);
  double sum = 0, squares = 0;
  for (const float value : values) {
    ASSERT_NE(value, 0);
    ASSERT_LE(std::abs(value), 0.5 / 24);
    sum += value * 24;
    squares += value * 24 * value * 24;
  }
  const auto n = static_cast<double>(values.size());
  EXPECT_NEAR(sum / n, 0, 4 * std::sqrt(1 / 12.0 / n));
  EXPECT_NEAR(squares / n, 1 / 12.0, 0.01);
  for (const std::uint32_t threads : {2U, 7U}) {
    options.threads = threads;
    EXPECT_EQ(values, all_values(train(corpus.vocabulary, corpus.ids.ids(), {}, options).input)) << threads;
  }
}

TEST(Engine, HeldOutLossMovesNothingAndFalls) {
  const Corpus corpus = corpus_of(testing::generated_language(2000));
  TrainOptions options = small_options();
  options.epochs = 6;
  options.row_rates = RowRateChoice::on;
  const std::vector<WordId> held_out(corpus.ids.ids().begin(), corpus.ids.ids().begin() + 600);
  const TrainResult without = train(corpus.vocabulary, corpus.ids.ids(), {}, options);
  const TrainResult with = train(corpus.vocabulary, corpus.ids.ids(), held_out, options);
  EXPECT_EQ(all_values(without.input), all_values(with.input));
  EXPECT_LT(with.epochs.back().validation_loss, with.epochs.front().validation_loss);
  EXPECT_LT(without.epochs[0].validation_loss, 0);
  EXPECT_LT(with.epochs.back().loss, with.epochs.front().loss);
}

TEST(Engine, EveryEpochReportsAndHeldOutTextDoesNot) {
  const Corpus corpus = corpus_of(testing::generated_language(2000));
  TrainOptions options = small_options();
  options.epochs = 3;
  std::vector<TrainProgress> reports;
  TrainHooks hooks;
  hooks.progress = [&](const TrainProgress& now) { reports.push_back(now); };
  const std::span<const WordId> ids = corpus.ids.ids();
  const TrainResult result = train(corpus.vocabulary, ids, ids, options, hooks);
  EXPECT_GT(result.epochs.back().validation_loss, 0);
  ASSERT_GE(reports.size(), 3U);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    // The held-out engine learns at a rate of zero, and each of its passes would begin again at the first place.
    EXPECT_GT(reports[i].alpha, 0);
    EXPECT_GT(reports[i].fraction, i == 0 ? 0 : reports[i - 1].fraction);
    EXPECT_LE(reports[i].fraction, 1);
    EXPECT_GT(reports[i].words_per_second, 0);
    EXPECT_GT(reports[i].loss, 0);
    EXPECT_GE(reports[i].seconds_left, 0);
  }
  EXPECT_GT(reports.back().fraction, 2.0 / 3) << "the last epoch reports too";
}

TEST(Engine, TheFirstLossIsThatOfZeroOutputRows) {
  const Corpus corpus = corpus_of(testing::generated_language(200));
  TrainOptions options = small_options();
  options.alpha = options.min_alpha = 1e-30;
  options.epochs = 1;
  // All scores are 0, so that each of the 1 + K rows costs log 2.
  EXPECT_NEAR(train(corpus.vocabulary, corpus.ids.ids(), {}, options).epochs[0].loss, 6 * std::log(2.0), 3e-6);
}

TEST(Schedule, EndsAtTheLastTokenOfFiftyWords) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "w" + std::to_string(i % 10) + (i % 10 == 9 ? "\n" : " ");
  const Corpus corpus = corpus_of(text);
  const std::uint64_t ids = corpus.ids.ids().size();
  const Schedule schedule(0.025, 0.025e-4, ids - 1);  // what the engine makes for one epoch: up to the last token's place
  EXPECT_EQ(schedule.at(0), 0.025);
  EXPECT_NEAR(schedule.at(ids - 2), 0.025e-4, 1e-15);
  EXPECT_NEAR(schedule.at((ids - 2) / 2), 0.0125, 0.0005);
  double last_alpha = 1;
  TrainOptions options = small_options();
  options.alpha = 0.025;
  options.epochs = 400;
  TrainHooks hooks;
  hooks.progress = [&](const TrainProgress& now) { last_alpha = now.alpha; };
  train(corpus.vocabulary, corpus.ids.ids(), {}, options, hooks);
  EXPECT_GE(last_alpha, 0.025e-4);
  EXPECT_LT(last_alpha, 1.5 * 0.025 / 400) << "the last epoch was not reported";
}

TEST(Engine, OneWordIsAnError) {
  const Corpus corpus = corpus_of("only only only\n");
  EXPECT_THROW(train(corpus.vocabulary, corpus.ids.ids(), {}, small_options()), Error);
}

// The word that b - a + c is nearest to, the three left out.
std::string answer(const Vocabulary& vocabulary, const Matrix& vectors, const std::string& a, const std::string& b,
                   const std::string& c) {
  const auto row = [&](const std::string& word) {
    return static_cast<std::size_t>(std::find(vocabulary.words().begin(), vocabulary.words().end(), word) -
                                    vocabulary.words().begin());
  };
  const auto unit = [&](std::size_t index) {
    std::vector<double> values(vectors.values(index).begin(), vectors.values(index).end());
    double norm = 0;
    for (const double value : values) norm += value * value;
    for (double& value : values) value /= std::sqrt(norm);
    return values;
  };
  const std::vector<double> ua = unit(row(a)), ub = unit(row(b)), uc = unit(row(c));
  std::string best;
  double best_score = -10;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) {
    if (i == row(a) || i == row(b) || i == row(c)) continue;
    const std::vector<double> candidate = unit(i);
    double score = 0;
    for (std::size_t d = 0; d < candidate.size(); ++d) score += candidate[d] * (ub[d] - ua[d] + uc[d]);
    if (score > best_score) best_score = score, best = vocabulary.word(static_cast<WordId>(i));
  }
  return best;
}

TEST(Engine, PlantedAnalogiesAreLearntByBothModels) {
  const Corpus corpus = corpus_of(testing::generated_language(4000));
  using enum NegativeSharing;
  struct Case {
    Model model;
    NegativeSharing sharing;
    bool row_rates = false;
  };
  for (const auto& [model, sharing, row_rates] : std::initializer_list<Case>{{Model::skipgram, none},
                                                                             {Model::skipgram, window},
                                                                             {Model::skipgram, window, true},
                                                                             {Model::skipgram, block},
                                                                             {Model::cbow, none}}) {
    for (const std::uint32_t threads : {1U, 2U}) {
      TrainOptions options = small_options();
      options.model = model;
      options.sharing = sharing;
      options.row_rates = row_rates ? RowRateChoice::on : RowRateChoice::off;
      options.threads = threads;
      options.epochs = 25;
      options.simd = best_simd();
      const TrainResult result = train(corpus.vocabulary, corpus.ids.ids(), {}, options);
      const std::vector<std::vector<std::string>> questions = {{"man", "king", "woman", "queen"},
                                                               {"king", "prince", "queen", "princess"},
                                                               {"prince", "uncle", "princess", "aunt"},
                                                               {"uncle", "man", "aunt", "woman"}};
      int correct = 0;
      for (const auto& q : questions) correct += answer(corpus.vocabulary, result.input, q[0], q[1], q[2]) == q[3];
      EXPECT_GE(correct, 3) << (model == Model::cbow ? "cbow" : "skipgram") << ", sharing " << static_cast<int>(sharing)
                            << ", threads " << threads;
    }
  }
}

}  // namespace
}  // namespace word2vec
