// The two models: which rows of a piece make a hidden row, and where its gradient goes. Knows Skip-gram and CBOW; refuses to
// know threads, files and how samples were drawn. Templates on the registers, as negative_sampling.h is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/simd.h"
#include "trainer/block_sampling.h"
#include "trainer/negative_sampling.h"
#include "trainer/piece.h"

namespace word2vec {

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

/// Asks for the rows that a centre is the first to need: the word that enters the widest window, and its own.
template <class Real>
[[gnu::always_inline]] inline void prefetch_inputs_and_target(const Piece& piece, std::size_t index, const TrainOptions& options,
                                                              Rows<Real> input, Rows<Real> output) {
  if (index >= piece.centres.size()) return;
  const Centre& centre = piece.centres[index];
  const std::size_t entering = centre.index + options.window;
  if (entering < piece.words.size() && piece.words[entering] != sentence_end) prefetch_row(input, piece.words[entering]);
  prefetch_row(output, piece.words[centre.index]);
}

/// Asks for the rows of half a set of negatives. In halves, between the parts of a step: the first-level cache waits for some
/// ten lines at once, and past those the processor does too.
template <class Real>
[[gnu::always_inline]] inline void prefetch_negatives(const WordId* set, std::size_t count, Half half, Rows<Real> output) {
  const std::size_t middle = count / 2;
  for (std::size_t k = half == Half::first ? 0 : middle; k < (half == Half::first ? middle : count); ++k)
    prefetch_row(output, set[k]);
}

// How many centres ahead rows are asked for: far enough for memory to answer, near enough for the first-level cache to hold.
constexpr std::size_t centres_ahead = 2;

/// The contexts' input rows of a centre.
template <class Real>
[[gnu::always_inline]] inline void rows_of_contexts(const Piece& piece, const Centre& centre, Rows<Real> input,
                                                    std::vector<Real*>& rows) {
  rows.clear();
  for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
    if (c != centre.index) rows.push_back(input.row(piece.words[c]));
  }
}

/// Skip-gram: each context's input row predicts the centre (the original tool's direction; the pairs are the same either way).
template <class Registers>
[[gnu::always_inline]] inline PieceResult train_skipgram(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                         Rows<typename Registers::Real> input,
                                                         Rows<typename Registers::Real> output, PieceRate rate) {
  using Real = typename Registers::Real;
  NegativeSampling<Registers> sampling(output, options.negative);
  std::vector<Real*> contexts;
  PieceResult result;
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    const std::size_t ahead = i + centres_ahead;
    prefetch_inputs_and_target(piece, ahead, options, input, output);
    const Centre& centre = piece.centres[i];
    const auto alpha = static_cast<Real>(rate.at(centre.offset));
    const WordId target = piece.words[centre.index];
    const WordId* negatives = piece.negatives_of(i);
    rows_of_contexts(piece, centre, input, contexts);
    if (options.sharing == NegativeSharing::window) {
      sampling.choose(target, negatives);
      sampling.template step<true>(
          contexts.data(), contexts.size(), alpha, contexts.data(), [&](Half half) __attribute__((always_inline)) {
            if (ahead < piece.centres.size()) prefetch_negatives(piece.negatives_of(ahead), options.negative, half, output);
          });
    } else {
      for (Real*& context : contexts) {
        const WordId* const next = negatives + options.negative;  // of the next pair
        const bool is_next = next + options.negative <= piece.negatives.data() + piece.negatives.size();
        sampling.choose(target, negatives);
        sampling.template step<true>(
            &context, 1, alpha, &context, [&](Half half) __attribute__((always_inline)) {
              if (is_next) prefetch_negatives(next, options.negative, half, output);
            });
        negatives = next;
      }
    }
    result.pairs += contexts.size();
  }
  result.loss = sampling.loss();
  return result;
}

/// Skip-gram by blocks of centres: block_sampling.h.
template <class Registers>
[[gnu::always_inline]] inline PieceResult train_skipgram_blocks(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                                Rows<typename Registers::Real> input,
                                                                Rows<typename Registers::Real> output, PieceRate rate) {
  using Real = typename Registers::Real;
  constexpr std::size_t block = TrainOptions::block_centres;
  BlockSampling<Registers> sampling(input, output, options);
  PieceResult result;
  for (std::size_t first = stretch.first; first < stretch.last; first += block) {
    const std::size_t last = std::min(first + block, stretch.last);
    const auto ahead = [&](std::size_t i) __attribute__((always_inline)) {
      const std::size_t next = first + block + i;
      if (next < piece.centres.size()) {
        prefetch_inputs_and_target(piece, next, options, input, output);
        if (i < options.block_negatives()) prefetch_row(output, piece.negatives_of(next)[i]);
      }
    };
    result.pairs += sampling.step(piece, first, last, static_cast<Real>(rate.at(piece.centres[first].offset)), ahead);
  }
  result.loss = sampling.loss();
  return result;
}

/// CBOW: the mean of the contexts' input rows predicts the centre.
template <class Registers>
[[gnu::always_inline]] inline PieceResult train_cbow(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                     Rows<typename Registers::Real> input, Rows<typename Registers::Real> output,
                                                     PieceRate rate) {
  using Real = typename Registers::Real;
  const std::size_t length = input.template length<Registers>();
  NegativeSampling<Registers> sampling(output, options.negative);
  std::vector<Real*> contexts;
  std::vector<Real> mean(input.stride), change(input.stride);
  Real* const hidden = mean.data();
  Real* const to = change.data();
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    const std::size_t ahead = i + centres_ahead;
    prefetch_inputs_and_target(piece, ahead, options, input, output);
    const Centre& centre = piece.centres[i];
    rows_of_contexts(piece, centre, input, contexts);
    mean_of_rows<Registers>(contexts.data(), contexts.size(), length, hidden);
    sampling.choose(piece.words[centre.index], piece.negatives_of(i));
    sampling.template step<false>(
        &hidden, 1, static_cast<Real>(rate.at(centre.offset)), &to, [&](Half half) __attribute__((always_inline)) {
          if (ahead < piece.centres.size()) prefetch_negatives(piece.negatives_of(ahead), options.negative, half, output);
        });
    const Real scale = options.cbow_update == CbowUpdate::exact ? Real(1) / static_cast<Real>(contexts.size()) : Real(1);
    add_to_rows<Registers>(contexts.data(), contexts.size(), length, scale, to);
  }
  return {sampling.loss(), stretch.last - stretch.first};
}

template <class Registers>
[[gnu::always_inline]] inline PieceResult train_either(const Piece& piece, Stretch stretch, const TrainOptions& options,
                                                       Rows<typename Registers::Real> input,
                                                       Rows<typename Registers::Real> output, PieceRate rate) {
  if (options.model == Model::cbow) return train_cbow<Registers>(piece, stretch, options, input, output, rate);
  if (options.sharing == NegativeSharing::block)
    return train_skipgram_blocks<Registers>(piece, stretch, options, input, output, rate);
  return train_skipgram<Registers>(piece, stretch, options, input, output, rate);
}

/// Trains a stretch of a piece, from the start of a block on, with the code compiled for `options.simd`. Thread-safe in Hogwild's
/// sense (row_operations.h).
PieceResult train_piece(const Piece& piece, Stretch stretch, const TrainOptions& options, Rows<float> input, Rows<float> output,
                        PieceRate rate);

}  // namespace word2vec
