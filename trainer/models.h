// The two models: which rows of a piece make a hidden row, and where its gradient goes. Knows Skip-gram and CBOW; refuses to
// know threads, files and how samples were drawn. Templates on the number's type, as negative_sampling.h is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "trainer/negative_sampling.h"
#include "trainer/piece.h"

namespace word2vec {

/// One thread's rows of scratch.
template <class Real>
struct Scratch {
  Scratch(std::size_t stride, std::size_t negative) : hidden(stride + 16), gradient(stride + 16), scores(negative + 17) {}
  std::vector<Real> hidden, gradient, scores;
};

/// What training a piece came to.
struct PieceResult {
  double loss = 0;          ///< summed over the examples, in nats
  std::uint64_t pairs = 0;  ///< examples: (context, centre) pairs in Skip-gram, centres in CBOW
};

/// The learning rate within a piece: `first` at its first place, falling by `slope` a place.
struct PieceRate {
  double first, slope;
  double at(std::uint32_t offset) const { return first - slope * offset; }
};

/// Skip-gram: each context's input row predicts the centre (the original tool's direction; the pairs are the same either way).
template <class Real>
inline PieceResult train_skipgram(const Piece& piece, std::size_t negative, Rows<Real> input, Rows<Real> output, PieceRate rate,
                                  Scratch<Real>& scratch) {
  PieceResult result;
  const std::size_t stride = input.stride;
  const WordId* negatives = piece.negatives.data();
  const WordId* const negatives_end = negatives + piece.negatives.size();
  for (const Centre& centre : piece.centres) {
    const auto alpha = static_cast<Real>(rate.at(centre.offset));
    const WordId target = piece.words[centre.index];
    for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
      if (c == centre.index) continue;
      // The next pair's negatives come from anywhere in a large matrix: ask for them one pair ahead.
      const WordId* const next = negatives + negative;
      if (next + negative <= negatives_end) {
        for (std::size_t k = 0; k < negative; ++k) prefetch_row(output.row(next[k]), stride);
      }
      Real* const hidden = input.row(piece.words[c]);
      result.loss += negative_sampling_step<Real>(hidden, target, {negatives, negative}, output, alpha, scratch.gradient.data(),
                                                  scratch.scores.data());
      add_scaled(hidden, Real(1), scratch.gradient.data(), stride);
      negatives = next;
      ++result.pairs;
    }
  }
  return result;
}

/// CBOW: the mean of the contexts' input rows predicts the centre.
template <class Real>
inline PieceResult train_cbow(const Piece& piece, std::size_t negative, CbowUpdate update, Rows<Real> input, Rows<Real> output,
                              PieceRate rate, Scratch<Real>& scratch) {
  PieceResult result;
  const std::size_t stride = input.stride;
  const WordId* negatives = piece.negatives.data();
  const WordId* const negatives_end = negatives + piece.negatives.size();
  for (const Centre& centre : piece.centres) {
    const WordId* const next = negatives + negative;
    if (next + negative <= negatives_end) {
      for (std::size_t k = 0; k < negative; ++k) prefetch_row(output.row(next[k]), stride);
    }
    const Real share = Real(1) / static_cast<Real>(centre.contexts());
    std::fill(scratch.hidden.begin(), scratch.hidden.end(), Real(0));
    for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
      if (c != centre.index) add_scaled(scratch.hidden.data(), share, input.row(piece.words[c]), stride);
    }
    result.loss +=
        negative_sampling_step<Real>(scratch.hidden.data(), piece.words[centre.index], {negatives, negative}, output,
                                     static_cast<Real>(rate.at(centre.offset)), scratch.gradient.data(), scratch.scores.data());
    const Real scale = update == CbowUpdate::exact ? share : Real(1);
    for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
      if (c != centre.index) add_scaled(input.row(piece.words[c]), scale, scratch.gradient.data(), stride);
    }
    negatives = next;
    ++result.pairs;
  }
  return result;
}

/// Trains a piece with the code compiled for `options.simd`. Thread-safe in Hogwild's sense (row_operations.h).
PieceResult train_piece(const Piece& piece, const TrainOptions& options, Rows<float> input, Rows<float> output, PieceRate rate,
                        Scratch<float>& scratch);

}  // namespace word2vec
