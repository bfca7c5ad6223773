// The gradient of the very code that trains, against finite differences in double; and that code in float, at every
// instruction set, against a naive twin in double.
#include "trainer/negative_sampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "trainer/embeddings/matrix.h"
#include "trainer/models.h"
#include "trainer/summed_rows.h"

namespace word2vec {
namespace {

// One piece of one sentence, all of it trained, with windows and negatives given rather than drawn.
Piece sentence_piece(const std::vector<WordId>& words, std::uint32_t width, const TrainOptions& options, WordId vocabulary) {
  Piece piece;
  piece.words = words;
  const auto size = static_cast<std::uint32_t>(words.size());
  for (std::uint32_t i = 0; i < size; ++i) {
    piece.centres.push_back({i, i < width ? 0 : i - width, std::min(i + width + 1, size), i});
    piece.first_negative.push_back(static_cast<std::uint32_t>(piece.negatives.size()));
    if (options.sharing == NegativeSharing::block && i % TrainOptions::block_centres > 0) {
      piece.first_negative.back() = piece.first_negative[i - 1];
      continue;
    }
    const std::size_t shared = options.sharing == NegativeSharing::block ? options.block_negatives() : 0;
    for (std::size_t k = 0; k < shared; ++k) {
      // The first is the centre of some pairs of the block.
      piece.negatives.push_back(k == 0 ? words[i] : (words[i] + 1 + static_cast<WordId>(k * 5 % (vocabulary - 1))) % vocabulary);
    }
    if (shared > 0) continue;
    const bool a_set_a_pair = options.model == Model::skipgram && options.sharing == NegativeSharing::none;
    for (std::size_t k = 0; k < (a_set_a_pair ? piece.centres.back().contexts() : 1) * options.negative; ++k) {
      // None comes twice in a set, and none is the target: 5 has no factor in common with 399.
      piece.negatives.push_back((words[i] + 1 + static_cast<WordId>(k * 5 % (vocabulary - 1))) % vocabulary);
    }
  }
  return piece;
}

TrainOptions options_of(Model model, NegativeSharing sharing, std::size_t negative) {
  TrainOptions options;
  options.model = model;
  options.sharing = sharing;
  options.negative = static_cast<std::uint32_t>(negative);
  return options;
}

struct Parameters {
  std::size_t rows, dim;
  std::vector<double> input, output;
  Parameters(std::size_t v, std::size_t d, unsigned seed) : rows(v), dim(d), input(v * d), output(v * d) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> values(-0.8, 0.8);
    for (double& x : input) x = values(random);
    for (double& x : output) x = values(random);
  }
};

PieceResult train_double(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<double> input,
                         Rows<double> output, PieceRate rate) {
  return with_way(way_of(options, input.has_sums()), [&](auto way) {
    StepMemory memory;
    return train_so<DoubleRegisters, decltype(way)::value>(piece, stretch, options, input, output, rate, memory);
  });
}

double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

// The textbook's loss of one example, written anew from the paper: hidden against target and negatives.
double textbook_loss(const Parameters& p, const std::vector<double>& hidden, WordId target, const WordId* negatives,
                     std::size_t count) {
  const auto score = [&](WordId row) {
    double sum = 0;
    for (std::size_t i = 0; i < p.dim; ++i) sum += hidden[i] * p.output[row * p.dim + i];
    return sum;
  };
  double loss = softplus(-score(target));
  for (std::size_t k = 0; k < count; ++k) loss += softplus(score(negatives[k]));
  return loss;
}

std::vector<double> mean_of_contexts(const Parameters& p, const Piece& piece, const Centre& centre) {
  std::vector<double> hidden(p.dim);
  for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
    if (c == centre.index) continue;
    for (std::size_t i = 0; i < p.dim; ++i) hidden[i] += p.input[piece.words[c] * p.dim + i] / centre.contexts();
  }
  return hidden;
}

// A piece of a single centre, so that one step is one gradient: word 0 amid four contexts.
Piece one_centre(bool twice) {
  Piece piece;
  piece.words = {2, 5, 0, 4, twice ? 2U : 3U};
  piece.centres = {{2, 0, 5, 0}};
  piece.negatives = {1, 3, twice ? 1U : 2U, 4};
  piece.first_negative = {0};
  return piece;
}

double loss_of_centre(const Parameters& p, Model model, bool twice) {
  const Piece piece = one_centre(twice);
  if (model == Model::cbow) {
    return textbook_loss(p, mean_of_contexts(p, piece, piece.centres[0]), 0, piece.negatives.data(), 4);
  }
  double loss = 0;
  for (const std::size_t place : {0, 1, 3, 4}) {
    const auto row = p.input.begin() + static_cast<std::ptrdiff_t>(piece.words[place] * p.dim);
    loss += textbook_loss(p, {row, row + static_cast<std::ptrdiff_t>(p.dim)}, 0, piece.negatives.data(), 4);
  }
  return loss;
}

void check_gradient(Model model, bool twice, double tolerance) {
  const Parameters before(6, 16, 7);
  Parameters after = before;
  const double alpha = 1e-3;
  TrainOptions options = options_of(model, NegativeSharing::window, 4);
  options.cbow_update = CbowUpdate::exact;
  const Piece piece = one_centre(twice);
  const PieceResult result =
      train_double(piece, piece.all(), options, {after.input.data(), 16, 16}, {after.output.data(), 16, 16}, {alpha, 0});
  EXPECT_EQ(result.pairs, model == Model::cbow ? 1U : 4U);
  EXPECT_NEAR(result.loss, loss_of_centre(before, model, twice), 1e-12);
  for (auto member : {&Parameters::input, &Parameters::output}) {
    for (std::size_t i = 0; i < (before.*member).size(); ++i) {
      Parameters up = before, down = before;
      (up.*member)[i] += 1e-5;
      (down.*member)[i] -= 1e-5;
      const double gradient = (loss_of_centre(up, model, twice) - loss_of_centre(down, model, twice)) / 2e-5;
      EXPECT_NEAR(((before.*member)[i] - (after.*member)[i]) / alpha, gradient, tolerance) << "parameter " << i;
    }
  }
}

TEST(NegativeSampling, SkipgramStepIsTheGradient) { check_gradient(Model::skipgram, false, 1e-7); }
TEST(NegativeSampling, CbowExactStepIsTheGradient) { check_gradient(Model::cbow, false, 1e-7); }
TEST(NegativeSampling, NegativeAndContextThatComeTwiceCountTwice) {
  check_gradient(Model::skipgram, true, 5e-3);  // of the order of alpha
  check_gradient(Model::cbow, true, 5e-3);
}

// Each of the four pairs has negatives of its own.
TEST(NegativeSampling, StepOfPairsIsTheGradient) {
  const Parameters before(20, 16, 7);
  Parameters after = before;
  const double alpha = 1e-6;  // the target's row is met as moved by the pairs before: off by the order of alpha
  const TrainOptions options = options_of(Model::skipgram, NegativeSharing::none, 3);
  Piece piece = one_centre(true);
  piece.negatives = {1, 3, 6, 7, 8, 9, 10, 11, 11, 1, 12, 13};  // one comes twice in a set, and one in two sets
  const auto loss_of = [&](const Parameters& p) {
    double loss = 0;
    const WordId* negatives = piece.negatives.data();
    for (const std::size_t place : {0, 1, 3, 4}) {
      const auto row = p.input.begin() + static_cast<std::ptrdiff_t>(piece.words[place] * p.dim);
      loss += textbook_loss(p, {row, row + static_cast<std::ptrdiff_t>(p.dim)}, 0, negatives, 3);
      negatives += 3;
    }
    return loss;
  };
  const PieceResult result =
      train_double(piece, piece.all(), options, {after.input.data(), 16, 16}, {after.output.data(), 16, 16}, {alpha, 0});
  EXPECT_EQ(result.pairs, 4U);
  EXPECT_NEAR(result.loss, loss_of(before), 1e-12);
  for (auto member : {&Parameters::input, &Parameters::output}) {
    for (std::size_t i = 0; i < (before.*member).size(); ++i) {
      Parameters up = before, down = before;
      (up.*member)[i] += 1e-5;
      (down.*member)[i] -= 1e-5;
      EXPECT_NEAR(((before.*member)[i] - (after.*member)[i]) / alpha, (loss_of(up) - loss_of(down)) / 2e-5, 1e-4)
          << "parameter " << i;
    }
  }
}

TEST(NegativeSampling, AStepAtRatesOfTheRowsIsTheGradientByRow) {
  const Parameters before(6, 16, 7);
  Parameters after = before, even = before;
  const std::vector<double> input_before = {0, 1, 5, 0.2, 30, 2}, output_before = {4, 0, 0.7, 100, 9, 1};
  std::vector<double> input_sums = input_before, output_sums = output_before;
  Rows<double> input{after.input.data(), 16, 16}, output{after.output.data(), 16, 16};
  input.places[0].sum = input_sums.data();
  output.places[0].sum = output_sums.data();
  const TrainOptions options = options_of(Model::skipgram, NegativeSharing::window, 4);
  const Piece piece = one_centre(false);
  const double alpha = 0.1;
  train_double(piece, piece.all(), options, input, output, {alpha, 0});
  train_double(piece, piece.all(), options, {even.input.data(), 16, 16}, {even.output.data(), 16, 16}, {alpha, 0});
  for (std::size_t i = 0; i < before.input.size(); ++i) {
    EXPECT_NEAR(after.input[i] - before.input[i], (even.input[i] - before.input[i]) * std::pow(input_before[i / 16] + 1, -0.35),
                1e-14);
    EXPECT_NEAR(after.output[i] - before.output[i],
                (even.output[i] - before.output[i]) * std::pow(output_before[i / 16] + 1, -0.35), 1e-14);
  }
  EXPECT_EQ(input_sums[0], 0) << "a row that was not met";
  EXPECT_GT(input_sums[2], input_before[2]);
  EXPECT_GT(output_sums[0], output_before[0]);
}

TEST(NegativeSampling, CbowWord2vecUpdateGivesEachContextTheWholeError) {
  const Parameters before(6, 16, 9);
  Parameters exact = before, whole = before;
  TrainOptions options = options_of(Model::cbow, NegativeSharing::window, 4);
  const Piece piece = one_centre(false);
  options.cbow_update = CbowUpdate::exact;
  train_cbow<DoubleRegisters>(piece, {0, 1}, options, {exact.input.data(), 16, 16}, {exact.output.data(), 16, 16}, {0.1, 0});
  options.cbow_update = CbowUpdate::word2vec;
  train_cbow<DoubleRegisters>(piece, {0, 1}, options, {whole.input.data(), 16, 16}, {whole.output.data(), 16, 16}, {0.1, 0});
  for (std::size_t i = 0; i < before.input.size(); ++i) {
    EXPECT_NEAR(whole.input[i] - before.input[i], 4 * (exact.input[i] - before.input[i]), 1e-14);
  }
  EXPECT_EQ(exact.output, whole.output);
}

// The textbook's algorithm in plain loops: one (hidden, output) pair after the other, all scores of a step before its updates.
// `sums`, where rows have rates of their own: the hidden rows' and the output rows' squared pulls up to now.
struct NaiveSums {
  std::vector<double*> hidden, output;
};

double naive_step(const std::vector<double*>& hidden, const std::vector<double*>& output, std::size_t dim, double alpha,
                  const std::vector<double*>& to, const NaiveSums& sums = {}) {
  const bool row_rates = !sums.output.empty();
  const auto rates = [&](const std::vector<double*>& of_rows, std::size_t count, std::size_t pulls) {
    std::vector<double> all;
    for (std::size_t row = 0; row < count; ++row) {
      const double limit = std::min(1.0, 6 / static_cast<double>(pulls));
      all.push_back(row_rates ? alpha * std::min(std::pow(*of_rows[row] + 1, -0.35), limit) : alpha);
    }
    return all;
  };
  const std::vector<double> hidden_rates = rates(sums.hidden, hidden.size(), output.size()),
                            output_rates = rates(sums.output, output.size(), hidden.size());
  double loss = 0;
  std::vector<std::vector<double>> pulls(hidden.size());
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    for (std::size_t o = 0; o < output.size(); ++o) {
      double score = 0;
      for (std::size_t i = 0; i < dim; ++i) score += hidden[c][i] * output[o][i];
      loss += softplus(o == 0 ? -score : score);
      pulls[c].push_back((o == 0 ? 1 : 0) - 1 / (1 + std::exp(-score)));
    }
  }
  for (std::size_t c = 0; c < hidden.size() && row_rates; ++c) {
    for (std::size_t o = 0; o < output.size(); ++o) {
      *sums.hidden[c] += pulls[c][o] * pulls[c][o];
      *sums.output[o] += pulls[c][o] * pulls[c][o];
    }
  }
  std::vector<std::vector<double>> before_hidden, before_output;
  for (const double* row : hidden) before_hidden.emplace_back(row, row + dim);
  for (const double* row : output) before_output.emplace_back(row, row + dim);
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    for (std::size_t o = 0; o < output.size(); ++o) {
      for (std::size_t i = 0; i < dim; ++i) {
        to[c][i] += hidden_rates[c] * pulls[c][o] * before_output[o][i];
        output[o][i] += output_rates[o] * pulls[c][o] * before_hidden[c][i];
      }
    }
  }
  return loss;
}

// Several pairs of one target, each with its own outputs: all scores before all updates, which come pair by pair.
double naive_pairs(const std::vector<double*>& hidden, const std::vector<std::vector<double*>>& output, std::size_t dim,
                   double alpha, const NaiveSums& hidden_sums, const std::vector<NaiveSums>& output_sums) {
  double loss = 0;
  const bool row_rates = !hidden_sums.hidden.empty();
  const std::size_t outputs = output[0].size();
  std::vector<std::vector<double>> pulls(hidden.size()), rates(hidden.size());
  std::vector<double> hidden_rates;
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    const double limit = std::min(1.0, 6 / static_cast<double>(outputs));
    hidden_rates.push_back(row_rates ? std::min(std::pow(*hidden_sums.hidden[c] + 1, -0.35), limit) : 1);
    for (std::size_t o = 0; o < outputs; ++o) {
      double score = 0;
      for (std::size_t i = 0; i < dim; ++i) score += hidden[c][i] * output[c][o][i];
      loss += softplus(o == 0 ? -score : score);
      pulls[c].push_back(alpha * ((o == 0 ? 1 : 0) - 1 / (1 + std::exp(-score))));
      rates[c].push_back(row_rates ? std::pow(*output_sums[c].output[o] + 1, -0.35) : 1);
    }
  }
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    const std::vector<double> before(hidden[c], hidden[c] + dim);
    for (std::size_t o = 0; o < outputs; ++o) {
      for (std::size_t i = 0; i < dim; ++i) {
        hidden[c][i] += hidden_rates[c] * pulls[c][o] * output[c][o][i];
        output[c][o][i] += rates[c][o] * pulls[c][o] * before[i];
      }
      if (!row_rates) continue;
      *hidden_sums.hidden[c] += std::pow(pulls[c][o] / alpha, 2);
      *output_sums[c].output[o] += std::pow(pulls[c][o] / alpha, 2);
    }
  }
  return loss;
}

double naive_block(const Piece& piece, std::size_t first, std::size_t last, const TrainOptions& options, double* input,
                   double* output, std::size_t dim, double alpha);

double naive_piece(const Piece& piece, const TrainOptions& options, double* input, double* output, std::size_t dim,
                   PieceRate rate, double* input_sums = nullptr, double* output_sums = nullptr) {
  double loss = 0;
  for (std::size_t i = 0; i < piece.centres.size() && options.sharing == NegativeSharing::block;
       i += TrainOptions::block_centres) {
    const std::size_t last = std::min<std::size_t>(i + TrainOptions::block_centres, piece.centres.size());
    loss += naive_block(piece, i, last, options, input, output, dim, rate.at(piece.centres[i].offset));
  }
  if (options.sharing == NegativeSharing::block) return loss;
  for (std::size_t i = 0; i < piece.centres.size(); ++i) {
    const Centre& centre = piece.centres[i];
    const WordId* negatives = piece.negatives_of(i);
    const auto outputs = [&] {
      std::vector<double*> rows = {output + piece.words[centre.index] * dim};
      for (std::size_t k = 0; k < options.negative; ++k) rows.push_back(output + negatives[k] * dim);
      return rows;
    };
    std::vector<double*> contexts, sums;
    for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
      if (c == centre.index) continue;
      contexts.push_back(input + piece.words[c] * dim);
      sums.push_back(input_sums + (input_sums == nullptr ? 0 : piece.words[c]));
    }
    const auto sums_of = [&](std::size_t first, std::size_t count) {
      NaiveSums all;
      if (input_sums == nullptr) return all;
      all.hidden.assign(sums.begin() + static_cast<std::ptrdiff_t>(first),
                        sums.begin() + static_cast<std::ptrdiff_t>(first + count));
      all.output = {output_sums + piece.words[centre.index]};
      for (std::size_t k = 0; k < options.negative; ++k) all.output.push_back(output_sums + negatives[k]);
      return all;
    };
    if (options.model == Model::cbow) {
      std::vector<double> mean(dim), change(dim);
      for (const double* row : contexts) {
        for (std::size_t d = 0; d < dim; ++d) mean[d] += row[d] / static_cast<double>(contexts.size());
      }
      loss += naive_step({mean.data()}, outputs(), dim, rate.at(centre.offset), {change.data()});
      for (double* row : contexts) {
        for (std::size_t d = 0; d < dim; ++d) row[d] += change[d];
      }
    } else if (options.sharing == NegativeSharing::window) {
      // So many contexts at once, as row_update.h says.
      for (std::size_t first = 0; first < contexts.size(); first += most_contexts) {
        const std::vector<double*> some(
            contexts.begin() + static_cast<std::ptrdiff_t>(first),
            contexts.begin() + static_cast<std::ptrdiff_t>(std::min(first + most_contexts, contexts.size())));
        loss += naive_step(some, outputs(), dim, rate.at(centre.offset), some, sums_of(first, some.size()));
      }
    } else {
      for (std::size_t first = 0; first < contexts.size(); first += pairs_at_once) {
        const std::size_t some = std::min(contexts.size() - first, pairs_at_once);
        std::vector<std::vector<double*>> pair_outputs;
        std::vector<NaiveSums> output_sums_of_pair;
        for (std::size_t c = 0; c < some; ++c, negatives += options.negative) {
          pair_outputs.push_back(outputs());
          output_sums_of_pair.push_back(sums_of(first, some));
        }
        const auto begin = contexts.begin() + static_cast<std::ptrdiff_t>(first);
        loss += naive_pairs({begin, begin + static_cast<std::ptrdiff_t>(some)}, pair_outputs, dim, rate.at(centre.offset),
                            sums_of(first, some), output_sums_of_pair);
      }
    }
  }
  return loss;
}

// A block's loss from its definition, pair by pair, and its gradient by finite differences of that.
double loss_of_block(const Parameters& p, const Piece& piece, std::size_t negative) {
  double loss = 0;
  for (const Centre& centre : piece.centres) {
    for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
      if (c == centre.index) continue;
      const auto score = [&](WordId row) {
        double sum = 0;
        for (std::size_t i = 0; i < p.dim; ++i) sum += p.input[piece.words[c] * p.dim + i] * p.output[row * p.dim + i];
        return sum;
      };
      loss += softplus(-score(piece.words[centre.index]));
      for (const WordId row : piece.negatives) {
        const double share = static_cast<double>(negative) / static_cast<double>(piece.negatives.size());
        if (row != piece.words[centre.index]) loss += share * softplus(score(row));
      }
    }
  }
  return loss;
}

TEST(NegativeSampling, BlockStepIsTheGradient) {
  const Parameters before(40, 16, 11);
  Parameters after = before;
  const double alpha = 1e-6;  // a row is met as moved by the parts before: off by the order of alpha
  const TrainOptions options = options_of(Model::skipgram, NegativeSharing::block, 5);
  const Piece piece = sentence_piece({3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, 2, options, 40);
  ASSERT_EQ(piece.negatives.size(), options.block_negatives());
  const PieceResult result =
      train_double(piece, piece.all(), options, {after.input.data(), 16, 16}, {after.output.data(), 16, 16}, {alpha, 0});
  EXPECT_EQ(result.pairs, 34U);
  EXPECT_NEAR(result.loss, loss_of_block(before, piece, 5), 1e-11);
  for (auto member : {&Parameters::input, &Parameters::output}) {
    for (std::size_t i = 0; i < (before.*member).size(); ++i) {
      Parameters up = before, down = before;
      (up.*member)[i] += 1e-5;
      (down.*member)[i] -= 1e-5;
      const double gradient = (loss_of_block(up, piece, 5) - loss_of_block(down, piece, 5)) / 2e-5;
      EXPECT_NEAR(((before.*member)[i] - (after.*member)[i]) / alpha, gradient, 1e-4) << "parameter " << i;
    }
  }
}

// The block's algorithm in plain loops: all scores first, then the positive pairs' updates, then the shared negatives'.
double naive_block(const Piece& piece, std::size_t first, std::size_t last, const TrainOptions& options, double* input,
                   double* output, std::size_t dim, double alpha) {
  struct Pull {
    double *hidden, *output, pull;
  };
  std::vector<Pull> pulls;
  double loss = 0;
  const auto meet = [&](WordId context, WordId word, double weight, bool positive) {
    double score = 0;
    for (std::size_t i = 0; i < dim; ++i) score += input[context * dim + i] * output[word * dim + i];
    loss += weight * softplus(positive ? -score : score);
    pulls.push_back(
        {input + context * dim, output + word * dim, alpha * weight * ((positive ? 1 : 0) - 1 / (1 + std::exp(-score)))});
  };
  std::vector<std::vector<double>> weights(piece.words.size(), std::vector<double>(options.block_negatives()));
  for (const bool positive : {true, false}) {
    for (std::size_t i = first; i < last; ++i) {
      const Centre& centre = piece.centres[i];
      for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
        if (c == centre.index) continue;
        if (positive) {
          meet(piece.words[c], piece.words[centre.index], 1, true);
          continue;
        }
        for (std::size_t k = 0; k < options.block_negatives(); ++k) {
          if (piece.negatives_of(first)[k] != piece.words[centre.index])
            weights[c][k] += options.negative / static_cast<double>(options.block_negatives());
        }
      }
    }
  }
  for (std::size_t c = 0; c < weights.size(); ++c) {
    for (std::size_t k = 0; k < options.block_negatives(); ++k) {
      if (weights[c][k] > 0) meet(piece.words[c], piece.negatives_of(first)[k], weights[c][k], false);
    }
  }
  for (const Pull& pull : pulls) {
    for (std::size_t i = 0; i < dim; ++i) {
      const double hidden = pull.hidden[i];
      pull.hidden[i] += pull.pull * pull.output[i];
      pull.output[i] += pull.pull * hidden;
    }
  }
  return loss;
}

// Trains a piece with the kernels of `simd` and with the naive twin, from the same rows, and compares every number.
void compare_with_naive(TrainOptions options, std::size_t dim, std::uint32_t width, SimdLevel simd, bool row_rates = false,
                        const Piece* given = nullptr) {
  SCOPED_TRACE(testing::Message() << simd_name(simd) << (options.model == Model::cbow ? " cbow" : " skipgram") << " dim " << dim
                                  << " negative " << options.negative << " window " << width << (row_rates ? " row rates" : ""));
  options.window = std::max(width, options.window);
  const std::size_t stride = (dim + 15) / 16 * 16;
  constexpr WordId vocabulary = 400;
  Matrix input(vocabulary, dim), output(vocabulary, dim);
  std::vector<double> wide_input(vocabulary * stride), wide_output(vocabulary * stride);
  std::mt19937 random(static_cast<unsigned>(dim));
  std::uniform_real_distribution<float> values(-0.2F, 0.2F);
  // Of two factors cut to bf16 each lacks less than a 2^-7th of itself (bf16_products.h).
  const bool cut = simd >= SimdLevel::avx512bf16 && options.model == Model::skipgram && options.sharing != NegativeSharing::none;
  const double share = cut ? 1.0 / 64 : 0;
  for (WordId row = 0; row < vocabulary; ++row) {
    for (std::size_t i = 0; i < dim; ++i) {
      wide_input[row * stride + i] = input.row(row)[i] = values(random);
      wide_output[row * stride + i] = output.row(row)[i] = values(random);
    }
  }
  const std::vector<double> input_before = wide_input, output_before = wide_output;
  std::vector<WordId> words;
  for (WordId i = 0; i < 60; ++i) words.push_back(i * 7 % vocabulary);
  const Piece piece = given != nullptr ? *given : sentence_piece(words, width, options, vocabulary);
  options.simd = simd;
  // A block's small changes meet in another order than the twin's: shorter steps, so that this does not show.
  const bool block = options.sharing == NegativeSharing::block;
  const PieceRate rate{given != nullptr ? 2e-5 : block ? 1e-4 : 1e-2, block ? 1e-8 : 1e-6};
  std::vector<float> input_sums(vocabulary), output_sums(vocabulary);
  for (WordId row = 0; row < vocabulary; ++row) {
    input_sums[row] = static_cast<float>(row % 7) * 0.3F;
    output_sums[row] = static_cast<float>(row % 5) * 40.0F;
  }
  std::vector<double> wide_input_sums(input_sums.begin(), input_sums.end()),
      wide_output_sums(output_sums.begin(), output_sums.end());
  SummedRows input_rows(input, row_rates), output_rows(output, row_rates);
  if (row_rates) {
    input_rows.put(input_sums);
    output_rows.put(output_sums);
  }
  StepMemory memory;
  const PieceResult result = train_piece(piece, piece.all(), options, input_rows.rows(), output_rows.rows(), rate, memory);
  if (row_rates) {
    input_rows.take(input_sums);
    output_rows.take(output_sums);
  }
  const double loss = naive_piece(piece, options, wide_input.data(), wide_output.data(), stride, rate,
                                  row_rates ? wide_input_sums.data() : nullptr, row_rates ? wide_output_sums.data() : nullptr);
  EXPECT_NEAR(result.loss, loss, (1e-5 + share) * loss);
  double worst = 0, moved = 0, off = 0;
  for (WordId row = 0; row < vocabulary; ++row) {
    for (std::size_t i = 0; i < stride; ++i) {
      const std::size_t place = row * stride + i;
      const double input_error = std::abs(static_cast<double>(input.row(row)[i]) - wide_input[place]);
      const double output_error = std::abs(static_cast<double>(output.row(row)[i]) - wide_output[place]);
      worst = std::max({worst, input_error, output_error});
      off += input_error * input_error + output_error * output_error;
      moved += std::pow(wide_input[place] - input_before[place], 2) + std::pow(wide_output[place] - output_before[place], 2);
    }
    for (std::size_t i = dim; i < stride; ++i) ASSERT_EQ(input.row(row)[i], 0) << "padding stays zero";
    EXPECT_NEAR(input_sums[row], wide_input_sums[row], (1e-5 + share) * (1 + wide_input_sums[row]));
    EXPECT_NEAR(output_sums[row], wide_output_sums[row], (1e-5 + share) * (1 + wide_output_sums[row]));
  }
  if (cut || given != nullptr) {
    EXPECT_LT(std::sqrt(off), std::max(share, 0.02) * std::sqrt(moved) + 1e-6);
  } else {
    EXPECT_LT(worst, 2e-6);
  }
}

TEST(NegativeSampling, EveryInstructionSetAgreesWithTheNaiveTwin) {
  for (const SimdLevel simd : simd_levels()) {
    for (const std::size_t dim : {1, 3, 16, 17, 50, 100, 128, 300}) {
      for (const std::size_t negative : {1, 2, 5, 6, 25, 70}) {
        for (const std::uint32_t width : {1, 3, 20}) {
          compare_with_naive(options_of(Model::skipgram, NegativeSharing::window, negative), dim, width, simd);
          compare_with_naive(options_of(Model::skipgram, NegativeSharing::none, negative), dim, width, simd);
          compare_with_naive(options_of(Model::skipgram, NegativeSharing::window, negative), dim, width, simd, true);
          compare_with_naive(options_of(Model::skipgram, NegativeSharing::none, negative), dim, width, simd, true);
          if (negative * width < 100)
            compare_with_naive(options_of(Model::skipgram, NegativeSharing::block, negative), dim, width, simd);
          compare_with_naive(options_of(Model::cbow, NegativeSharing::window, negative), dim, width, simd);
        }
      }
    }
  }
}

// Stretches of columns of every length, windows of 2 to 40 contexts, and outputs of a group, of two and of many.
TEST(NegativeSampling, CbowAgreesWithTheNaiveTwinAtOddShapes) {
  for (const SimdLevel simd : simd_levels()) {
    for (const std::size_t dim :
         {2, 7, 8, 9, 23, 33, 49, 57, 65, 81, 99, 104, 105, 111, 113, 120, 127, 129, 137, 223, 225, 257, 299}) {
      for (const std::size_t negative : {1, 3, 4, 5, 7, 11, 25}) {
        for (const std::uint32_t width : {2, 5, 20})
          compare_with_naive(options_of(Model::cbow, NegativeSharing::window, negative), dim, width, simd);
      }
    }
  }
}

// Sentences of few words, most of them the same few; a set of negatives has words twice and centres of its block. Windows are of
// any width up to the widest, so that a centre at a block's edge may be nobody's context.
Piece short_sentences(const std::vector<std::uint32_t>& lengths, const TrainOptions& options) {
  Piece piece;
  std::mt19937 random(5);
  for (const std::uint32_t length : lengths) {
    const auto begin = static_cast<std::uint32_t>(piece.words.size()), end = begin + length;
    for (std::uint32_t i = begin; i < end; ++i) {
      piece.words.push_back(static_cast<WordId>(random() % 9));
      const auto width = static_cast<std::uint32_t>(1 + random() % options.window);
      const std::uint32_t first = std::max(begin + width, i) - width, last = std::min(i + width + 1, end);
      if (last - first > 1) piece.centres.push_back({i, first, last, i});
    }
    piece.words.push_back(sentence_end);
  }
  for (std::size_t i = 0; i < piece.centres.size(); ++i) {
    if (i % TrainOptions::block_centres == 0) {
      for (std::uint32_t k = 0; k < options.block_negatives(); ++k)
        piece.negatives.push_back(k % 3 == 0 ? static_cast<WordId>(random() % 9) : static_cast<WordId>(random() % 400));
    }
    piece.first_negative.push_back(static_cast<std::uint32_t>(piece.negatives.size() - options.block_negatives()));
  }
  return piece;
}

TEST(NegativeSampling, BlocksOfShortSentencesAndRepeatedWordsAgreeWithTheNaiveTwin) {
  const std::vector<std::vector<std::uint32_t>> texts = {{2},
                                                         {1, 2, 1},
                                                         {3, 1, 1, 2, 5},
                                                         {32},
                                                         {33},
                                                         {17, 2, 2, 1, 40, 3, 1, 29},
                                                         {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}};
  for (const SimdLevel simd : simd_levels()) {
    for (const std::size_t dim : {1, 31, 33, 100, 130, 225}) {
      for (const std::uint32_t window : {1, 2, 5, 20}) {
        for (const std::size_t negative : {1, 5, 7}) {
          TrainOptions options = options_of(Model::skipgram, NegativeSharing::block, negative);
          options.window = window;
          for (const auto& text : texts) {
            const Piece piece = short_sentences(text, options);
            compare_with_naive(options, dim, window, simd, false, &piece);
          }
        }
      }
    }
  }
}

template <class Registers>
void check_logistic(double tolerance) {
  using Real = typename Registers::Real;
  LossSum<Registers> sum;
  double expected_loss = 0;
  for (double x = -120; x <= 120; x += 0.0371) {
    for (const Real label : {Real(1), Real(-1)}) {
      std::vector<Real> scores(2 * Registers::lanes, static_cast<Real>(x)), labels(scores.size(), label);
      pull_of_scores<Registers>(scores.data(), labels.data(), 1, Real(0.5), sum);
      const double right = static_cast<double>(static_cast<Real>(x)) * static_cast<double>(label);
      EXPECT_NEAR(scores[0], static_cast<double>(label) * 0.5 / (1 + std::exp(right)), tolerance) << x;
      expected_loss += softplus(-right);
    }
  }
  EXPECT_NEAR(sum.take(), expected_loss, tolerance * expected_loss);
}

TEST(Logistic, IsAccurateEverywhere) {
  check_logistic<BaselineRegisters>(2e-7);
  check_logistic<DoubleRegisters>(1e-14);
  for (double x = 0; x <= 86; x += 0.00317) {
    BaselineRegisters::Pack narrow = {static_cast<float>(x), 0, 1, 200}, result;
    exp_minus<BaselineRegisters>(narrow, result);
    EXPECT_NEAR(result[0] / std::exp(-static_cast<double>(narrow[0])), 1, 2e-7 + x * 1.2e-7) << x;
    EXPECT_TRUE(std::isfinite(result[3]));
  }
}

template <class Registers, std::size_t count>
void check_sums() {
  typename Registers::Pack packs[count];
  std::vector<typename Registers::Real> sums(count + Registers::lanes), want(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) {
      packs[i][lane] = static_cast<typename Registers::Real>(i * 100 + lane * lane);  // whole numbers: sums are exact
      want[i] += packs[i][lane];
    }
  }
  sum_lanes<Registers, count>(packs, sums.data());
  sums.resize(count);
  EXPECT_EQ(sums, want) << count;
}

TEST(Registers, SumOfLanesOfAnyNumberOfPacks) {
  check_sums<BaselineRegisters, 1>();
  check_sums<BaselineRegisters, 3>();
  check_sums<BaselineRegisters, 12>();
  check_sums<NeonRegisters, 24>();
  check_sums<DoubleRegisters, 5>();
  check_sums<Avx2Registers, 6>();  // in the compiler's own code for registers that it need not have
  check_sums<Avx2Registers, 12>();
  check_sums<Avx512Registers, 1>();
  check_sums<Avx512Registers, 6>();
  check_sums<Avx512Registers, 18>();
  check_sums<Avx512Registers, 24>();
}

}  // namespace
}  // namespace word2vec
