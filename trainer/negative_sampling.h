// One step of negative sampling: hidden rows, each against one positive and K negative output rows (Mikolov et al. 2013,
// arXiv 1310.4546, equation 4). Knows the gradient; refuses to know where rows and samples come from. Written once for float,
// which trains, and double, in which the tests check the gradient of this very code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/logistic.h"
#include "trainer/row_operations.h"

namespace word2vec {

/// One thread's scratch for the steps of a run, and the losses that they add up.
template <class Registers>
class NegativeSampling {
 public:
  using Real = typename Registers::Real;

  NegativeSampling(Rows<Real> output, std::size_t negative)
      : output_(output),
        outputs_(negative + 1),
        scores_(most_contexts * (negative + 1) + 2 * Registers::lanes),
        labels_(scores_.size(), Real(-1)) {
    for (std::size_t c = 0; c < most_contexts; ++c) labels_[c * (negative + 1)] = 1;
  }

  /// Takes the target's row and its negatives' for the steps that follow.
  void choose(WordId target, const WordId* negatives) {
    outputs_[0] = output_.row(target);
    group_ends_.clear();
    std::size_t first = 0;
    for (std::size_t o = 1; o < outputs_.size(); ++o) {
      outputs_[o] = output_.row(negatives[o - 1]);
      bool cut = o - first == Registers::tile_outputs;
      for (std::size_t other = first; other < o; ++other) cut |= outputs_[other] == outputs_[o];
      if (!cut) continue;
      group_ends_.push_back(static_cast<std::uint32_t>(o));
      first = o;
    }
    group_ends_.push_back(static_cast<std::uint32_t>(outputs_.size()));
  }

  /// The loss of hidden row h is -log s(h.o_0) - sum_k log s(-h.o_k), with o_0 the target's output row and o_k the negatives';
  /// that of a step, its sum over `contexts` hidden rows. Moves all rows by -alpha times their gradients, from the scores
  /// before the step; or, not in place, leaves the hidden rows alone and puts their part in `to`. A negative that came twice
  /// counts twice; its second turn meets the row where the first left it, off the gradient by the order of alpha squared.
  template <bool in_place>
  [[gnu::always_inline]] inline void step(Real* const* hidden, std::size_t contexts, Real alpha, Real* const* to) {
    const std::size_t count = outputs_.size();
    for (std::size_t first = 0; first < contexts; first += most_contexts) {
      const std::size_t some = std::min(contexts - first, most_contexts), scores = some * count;
      score_rows<Registers>(hidden + first, some, outputs_.data(), count, output_.stride, scores_.data());
      pull_of_scores<Registers>(scores_.data(), labels_.data(), scores, alpha, loss_);
      update_rows<Registers, in_place>(hidden + first, some, outputs_.data(), count, group_ends_, scores_.data(), output_.stride,
                                       to + first);
    }
  }

  /// Of the steps up to now, in nats.
  double loss() { return loss_.total(); }

 private:
  Rows<Real> output_;
  std::vector<Real*> outputs_;
  std::vector<std::uint32_t> group_ends_;
  std::vector<Real> scores_, labels_;
  LossSum<Registers> loss_;
};

}  // namespace word2vec
