// One step of Skip-gram over a block of centres whose pairs share one set of negatives, weighted (after Ji et al. 2016,
// arXiv 1604.04661, who share within a window), pair by pair; panel_block_sampling.h has the same for products of pairs. Knows
// the gradient of a block; refuses to know how its samples were drawn.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trainer/negative_sampling.h"
#include "trainer/piece.h"

namespace word2vec {

/// One thread's scratch for its steps, and the losses that they add up.
///
/// The loss of a block is the sum over its pairs (context, centre) of -log s(h.o) and, for each of the P shared negatives n
/// that is not the pair's own centre, K/P times -log s(-h.n): in expectation that of K fresh negatives a pair. A context that
/// is in several pairs meets a negative once, with the sum of the weights.
template <class Registers>
class BlockSampling {
 public:
  using Real = typename Registers::Real;

  BlockSampling(Rows<Real> input, Rows<Real> output, const TrainOptions& options)
      : input_(input),
        output_(output),
        shared_(options.block_negatives()),
        share_(static_cast<Real>(options.negative) / static_cast<Real>(shared_)),
        outputs_(shared_) {}

  /// Moves all rows by -alpha times their gradients, from the scores before the step, up to the order of alpha squared (a row
  /// that was moved by one part of the step is met as moved by the next). Returns the number of pairs.
  /// `ahead(part)` is called once for each part below twice the number of centres, to ask for rows of the next block: two parts
  /// a centre.
  template <class Ahead>
  [[gnu::always_inline]] inline std::size_t step(const Piece& piece, std::size_t first, std::size_t last, Real alpha,
                                                 Ahead&& ahead) {
    const WordId* const negatives = piece.negatives_of(first);
    gather(piece, first, last, negatives);
    outputs_.template choose<false, Registers::tile_outputs>(output_, [=](std::size_t k) { return negatives[k]; });
    const std::size_t length = input_.template length<Registers>(), pairs = pairs_.size(), contexts = contexts_.size();

    scores_.resize(pairs + Registers::lanes);
    for (std::size_t i = 0, pair = 0; i < targets_.size(); pair = pair_ends_[i++]) {
      ahead(2 * i);
      ahead(2 * i + 1);
      score_rows<Registers>(&pairs_[pair], pair_ends_[i] - pair, &targets_[i], 1, length, &scores_[pair]);
    }
    negative_scores_.resize(contexts * shared_ + 2 * Registers::lanes);
    in_chunks([&](std::size_t c, std::size_t some) __attribute__((always_inline)) {
      score_rows<Registers>(&contexts_[c], some, outputs_.rows.data(), shared_, length, &negative_scores_[c * shared_]);
    });

    pull_of_scores<Registers>(scores_.data(), ones_.data(), pairs, alpha, loss_);
    pull_of_scores<Registers, true>(negative_scores_.data(), weights_.data(), contexts * shared_, alpha, loss_);

    const std::uint32_t only = 1;
    for (std::size_t i = 0, pair = 0; i < targets_.size(); pair = pair_ends_[i++]) {
      update_rows<Registers>(&pairs_[pair], pair_ends_[i] - pair, &targets_[i], 1, {&only, 1}, &scores_[pair], pull_pairs_,
                             length);
    }
    in_chunks([&](std::size_t c, std::size_t some) __attribute__((always_inline)) {
      update_rows<Registers>(&contexts_[c], some, outputs_.rows.data(), shared_, outputs_.group_ends,
                             &negative_scores_[c * shared_], pull_pairs_, length);
    });
    return pairs;
  }

  /// Of the steps since the last call, in nats.
  double take_loss() { return loss_.take(); }

 private:
  template <class Visit>
  [[gnu::always_inline]] inline void in_chunks(Visit&& visit) {
    for (std::size_t c = 0; c < contexts_.size(); c += most_contexts) visit(c, std::min(most_contexts, contexts_.size() - c));
  }

  /// The block's pairs, centre by centre; its contexts, each place once; and each context's weight with each negative.
  void gather(const Piece& piece, std::size_t first, std::size_t last, const WordId* negatives) {
    std::uint32_t low = piece.centres[first].first_context, high = low;
    for (std::size_t i = first; i < last; ++i) {
      low = std::min(low, piece.centres[i].first_context);
      high = std::max(high, piece.centres[i].last_context);
    }
    places_.assign(high - low, 0);
    pairs_.clear();
    pair_ends_.clear();
    targets_.clear();
    for (std::size_t i = first; i < last; ++i) {
      const Centre& centre = piece.centres[i];
      for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
        if (c == centre.index) continue;
        pairs_.push_back(input_.row(piece.words[c]));
        ++places_[c - low];
      }
      pair_ends_.push_back(static_cast<std::uint32_t>(pairs_.size()));
      targets_.push_back(output_.row(piece.words[centre.index]));
    }
    ones_.resize(std::max(ones_.size(), pairs_.size() + Registers::lanes), Real(1));
    contexts_.clear();
    weights_.resize(places_.size() * shared_ + 2 * Registers::lanes);
    for (std::size_t place = 0; place < places_.size(); ++place) {
      if (places_[place] == 0) continue;
      std::fill_n(weights_.begin() + static_cast<std::ptrdiff_t>(contexts_.size() * shared_), shared_,
                  -share_ * static_cast<Real>(places_[place]));
      places_[place] = static_cast<std::uint32_t>(contexts_.size());
      contexts_.push_back(input_.row(piece.words[low + place]));
    }
    // No pair has its own centre as a negative.
    for (std::size_t i = first; i < last; ++i) {
      const Centre& centre = piece.centres[i];
      for (std::size_t k = 0; k < shared_; ++k) {
        if (negatives[k] != piece.words[centre.index]) continue;
        for (std::uint32_t c = centre.first_context; c < centre.last_context; ++c) {
          if (c != centre.index) weights_[places_[c - low] * shared_ + k] += share_;
        }
      }
    }
  }

  Rows<Real> input_, output_;
  std::size_t shared_;
  Real share_;  // of a negative, of a pair's K
  std::vector<Real*> pairs_, targets_, contexts_;
  std::vector<std::uint32_t> pair_ends_, places_;
  OutputRows<Real> outputs_;
  std::vector<Real> scores_, negative_scores_, ones_, weights_;
  PullPairs<Registers> pull_pairs_;
  LossSum<Registers> loss_;
};

}  // namespace word2vec
