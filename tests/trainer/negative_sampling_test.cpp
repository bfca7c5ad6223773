// The gradient of the very code that trains, against finite differences in double; and that code in float against its own
// double at every instruction set.
#include "trainer/negative_sampling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "trainer/embeddings/matrix.h"
#include "trainer/models.h"

namespace word2vec {
namespace {

// One piece of one sentence, all of it trained, with windows and negatives given rather than drawn.
Piece sentence_piece(const std::vector<WordId>& words, std::uint32_t width, std::size_t negative, Model model,
                     WordId vocabulary) {
  Piece piece;
  piece.words = words;
  const auto size = static_cast<std::uint32_t>(words.size());
  for (std::uint32_t i = 0; i < size; ++i) {
    piece.centres.push_back({i, i < width ? 0 : i - width, std::min(i + width + 1, size), i});
    const std::size_t examples = model == Model::skipgram ? piece.centres.back().contexts() : 1;
    for (std::size_t k = 0; k < examples * negative; ++k) {
      // Some come twice in a set, none is the target.
      piece.negatives.push_back((words[i] + 1 + static_cast<WordId>(k % 3) * 2 % (vocabulary - 1)) % vocabulary);
    }
  }
  return piece;
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

// A piece of a single example, so that one step is one gradient: centre 1 of three words with the one context to its left
// (Skip-gram), or with both (CBOW).
Piece one_example(Model model, bool twice = false) {
  Piece piece;
  piece.words = {2, 0, 4};
  piece.centres = {{1, 0, model == Model::skipgram ? 2U : 3U, 0}};
  piece.negatives = {1, 3, twice ? 1U : 2U, 4};
  return piece;
}

double example_loss(const Parameters& p, Model model, bool twice) {
  const Piece piece = one_example(model, twice);
  std::vector<double> hidden(p.input.begin() + 2 * static_cast<std::ptrdiff_t>(p.dim),
                             p.input.begin() + 3 * static_cast<std::ptrdiff_t>(p.dim));
  if (model == Model::cbow) hidden = mean_of_contexts(p, piece, piece.centres[0]);
  return textbook_loss(p, hidden, 0, piece.negatives.data(), 4);
}

void check_gradient(Model model, bool twice, double tolerance) {
  const Parameters before(5, 16, 7);
  Parameters after = before;
  const double alpha = 1e-3;
  Scratch<double> scratch(16, 4);
  const Rows<double> input{after.input.data(), 16}, output{after.output.data(), 16};
  const Piece piece = one_example(model, twice);
  const PieceResult result = model == Model::skipgram
                                 ? train_skipgram<double>(piece, 4, input, output, {alpha, 0}, scratch)
                                 : train_cbow<double>(piece, 4, CbowUpdate::exact, input, output, {alpha, 0}, scratch);
  EXPECT_EQ(result.pairs, 1U);
  EXPECT_NEAR(result.loss, example_loss(before, model, twice), 1e-12);
  for (auto member : {&Parameters::input, &Parameters::output}) {
    for (std::size_t i = 0; i < (before.*member).size(); ++i) {
      Parameters up = before, down = before;
      (up.*member)[i] += 1e-5;
      (down.*member)[i] -= 1e-5;
      const double gradient = (example_loss(up, model, twice) - example_loss(down, model, twice)) / 2e-5;
      EXPECT_NEAR(((before.*member)[i] - (after.*member)[i]) / alpha, gradient, tolerance) << "parameter " << i;
    }
  }
}

TEST(NegativeSampling, SkipgramStepIsTheGradient) { check_gradient(Model::skipgram, false, 1e-7); }
TEST(NegativeSampling, CbowExactStepIsTheGradient) { check_gradient(Model::cbow, false, 1e-7); }
TEST(NegativeSampling, NegativeThatComesTwiceCountsTwice) {
  check_gradient(Model::skipgram, true, 1e-3);  // of the order of alpha
  check_gradient(Model::cbow, true, 1e-3);
}

TEST(NegativeSampling, CbowWord2vecUpdateGivesEachContextTheWholeError) {
  const Parameters before(5, 16, 9);
  Parameters exact = before, whole = before;
  Scratch<double> scratch(16, 4);
  const Piece piece = one_example(Model::cbow);
  train_cbow<double>(piece, 4, CbowUpdate::exact, {exact.input.data(), 16}, {exact.output.data(), 16}, {0.1, 0}, scratch);
  train_cbow<double>(piece, 4, CbowUpdate::word2vec, {whole.input.data(), 16}, {whole.output.data(), 16}, {0.1, 0}, scratch);
  for (std::size_t i = 0; i < before.input.size(); ++i) {
    EXPECT_NEAR(whole.input[i] - before.input[i], 2 * (exact.input[i] - before.input[i]), 1e-14);
  }
  EXPECT_EQ(exact.output, whole.output);
}

// Runs a piece in float at `simd` and in double, from the same rows, and compares every number.
void compare_with_double(Model model, std::size_t dim, std::size_t negative, SimdLevel simd) {
  const std::size_t stride = (dim + 15) / 16 * 16;
  constexpr WordId vocabulary = 40;
  Matrix input(vocabulary, dim), output(vocabulary, dim);
  std::vector<double> wide_input(vocabulary * stride), wide_output(vocabulary * stride);
  std::mt19937 random(static_cast<unsigned>(dim));
  std::uniform_real_distribution<float> values(-0.2F, 0.2F);
  for (WordId row = 0; row < vocabulary; ++row) {
    for (std::size_t i = 0; i < dim; ++i) {
      wide_input[row * stride + i] = input.row(row)[i] = values(random);
      wide_output[row * stride + i] = output.row(row)[i] = values(random);
    }
  }
  std::vector<WordId> words;
  for (int i = 0; i < 30; ++i) words.push_back(static_cast<WordId>(random() % vocabulary));
  const Piece piece = sentence_piece(words, 3, negative, model, vocabulary);
  TrainOptions options;
  options.model = model;
  options.negative = static_cast<std::uint32_t>(negative);
  options.simd = simd;
  Scratch<float> scratch(stride, negative);
  Scratch<double> wide_scratch(stride, negative);
  const PieceRate rate{0.005, 1e-5};
  const PieceResult narrow = train_piece(piece, options, {input.row(0), stride}, {output.row(0), stride}, rate, scratch);
  const Rows<double> in{wide_input.data(), stride}, out{wide_output.data(), stride};
  const PieceResult wide = model == Model::skipgram
                               ? train_skipgram<double>(piece, negative, in, out, rate, wide_scratch)
                               : train_cbow<double>(piece, negative, CbowUpdate::word2vec, in, out, rate, wide_scratch);
  EXPECT_EQ(narrow.pairs, wide.pairs);
  EXPECT_NEAR(narrow.loss, wide.loss, 1e-4 * wide.loss);
  for (WordId row = 0; row < vocabulary; ++row) {
    for (std::size_t i = 0; i < stride; ++i) {
      ASSERT_NEAR(input.row(row)[i], wide_input[row * stride + i], 5e-6) << simd_name(simd) << " dim " << dim;
      ASSERT_NEAR(output.row(row)[i], wide_output[row * stride + i], 5e-6) << simd_name(simd) << " dim " << dim;
    }
    for (std::size_t i = dim; i < stride; ++i) ASSERT_EQ(input.row(row)[i], 0) << "padding stays zero";
  }
}

TEST(NegativeSampling, EveryInstructionSetAgreesWithDouble) {
  for (int level = 0; level <= static_cast<int>(best_simd()); ++level) {
    for (const std::size_t dim : {1, 3, 16, 17, 50, 100, 128, 300}) {
      for (const std::size_t negative : {1, 5, 25, 70}) {
        compare_with_double(Model::skipgram, dim, negative, static_cast<SimdLevel>(level));
        compare_with_double(Model::cbow, dim, negative, static_cast<SimdLevel>(level));
      }
    }
  }
}

TEST(Logistic, FloatIsAccurateEverywhere) {
  for (double x = -120; x <= 120; x += 0.00371) {
    const double want = 1 / (1 + std::exp(-x));
    EXPECT_NEAR(logistic(static_cast<float>(x)), want, 3e-7) << x;
    EXPECT_TRUE(std::isfinite(exp_minus(static_cast<float>(std::abs(x)))));
  }
  EXPECT_EQ(logistic(0.0F), 0.5F);
  for (double x = 0; x <= 86; x += 0.00317) {
    const auto narrow = static_cast<float>(x);
    EXPECT_NEAR(exp_minus(narrow) / std::exp(-static_cast<double>(narrow)), 1, 3e-7) << x;
  }
}

}  // namespace
}  // namespace word2vec
