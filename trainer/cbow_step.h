// One step of CBOW: the mean of the contexts' rows against the target's and its negatives' output rows, and what that moves.
// Knows the gradient and in which order rows go through the registers; refuses to know how samples were drawn. May race, as
// rows.h says.
//
// A step loads and stores each of its rows for but a few multiplications, so the fewest passes win. A stretch of columns is
// gone through twice, its mean and its change staying in registers: once for the mean and its part of the scores, and, when
// these have become pulls, once for the output rows and, with the change that these add up to, the contexts. All in whole
// registers, which rows have room for: a half one at the end would be one more loop over the contexts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/aligned_numbers.h"
#include "trainer/logistic.h"
#include "trainer/negative_sampling.h"
#include "trainer/row_columns.h"
#include "trainer/row_scores.h"
#include "trainer/rows.h"

namespace word2vec {

namespace cbow {

/// The most columns of a stretch, each of which takes `held` registers, with `others` beside. Not all that there are of wide
/// ones: their longer stretches are slower.
template <class Registers>
constexpr std::size_t longest_stretch(std::size_t held, std::size_t others) {
  constexpr std::size_t most_numbers = 128;
  return std::min((Registers::registers - others) / held, most_numbers / Registers::lanes);
}

/// mean = the mean of `count` rows; scores[o] = mean . output[o] for so many outputs, writing up to a register past the last.
template <class Registers, std::size_t outputs>
[[gnu::always_inline]] inline void mean_and_scores(const typename Registers::Real* const* rows, std::size_t count,
                                                   const typename Registers::Real* const* output, std::size_t length,
                                                   typename Registers::Real* mean, typename Registers::Real* scores) {
  using Pack = typename Registers::Pack;
  using Real = typename Registers::Real;
  constexpr std::size_t lanes = Registers::lanes, most = longest_stretch<Registers>(1, 8);
  const Real share = 1 / static_cast<Real>(count);
  Pack score[outputs] = {};
  tiles::over_whole_columns<Registers, most>(
      length, [&](std::size_t i, auto columns) __attribute__((always_inline)) {
        constexpr std::size_t size = decltype(columns)::value;
        Pack sum[size] = {};
        for (std::size_t r = 0; r < count; ++r) {
          const Real* const row = rows[r] + i;
          unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
            Pack number;
            load(number, row + n * lanes);
            sum[n] += number;
          });
        }
        unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
          sum[n] *= share;
          store(mean + i + n * lanes, sum[n]);
          unrolled<outputs>([&](std::size_t o) __attribute__((always_inline)) {
            Pack number;
            load(number, output[o] + i + n * lanes);
            score[o] += number * sum[n];
          });
        });
      });
  sum_lanes<Registers, outputs>(score, scores);
}

/// output[o] += pulls[o] * mean, one after the other, and each context's row += scale * the sum of pulls[o] * output[o], the
/// output rows as they were; an output row that comes twice is met again as it was left.
template <class Registers>
[[gnu::always_inline]] inline void move_rows(typename Registers::Real* const* contexts, std::size_t count,
                                             typename Registers::Real scale, typename Registers::Real* const* output,
                                             std::size_t outputs, const typename Registers::Real* mean,
                                             const typename Registers::Real* pulls, std::size_t length) {
  using Pack = typename Registers::Pack;
  using Real = typename Registers::Real;
  constexpr std::size_t lanes = Registers::lanes, most = longest_stretch<Registers>(2, 3);
  tiles::over_whole_columns<Registers, most>(
      length, [&](std::size_t i, auto columns) __attribute__((always_inline)) {
        constexpr std::size_t size = decltype(columns)::value;
        Pack hidden[size], change[size] = {};
        unrolled<size>([&](std::size_t n) __attribute__((always_inline)) { load(hidden[n], mean + i + n * lanes); });
        for (std::size_t o = 0; o < outputs; ++o) {
          const Real pull = pulls[o];
          Real* const row = output[o] + i;  // found once: for all the compiler knows, a store to a row may move rows
          unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
            Pack number;
            load(number, row + n * lanes);
            hold(number);
            change[n] += pull * number;
            number += pull * hidden[n];
            store(row + n * lanes, number);
          });
        }
        unrolled<size>([&](std::size_t n) __attribute__((always_inline)) { change[n] *= scale; });
        for (std::size_t c = 0; c < count; ++c) {
          Real* const row = contexts[c] + i;
          unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
            Pack number;
            load(number, row + n * lanes);
            number += change[n];
            store(row + n * lanes, number);
          });
        }
      });
}

}  // namespace cbow

/// One thread's scratch for the steps of a piece, and the losses that they add up.
template <class Registers>
class CbowStep {
 public:
  using Real = typename Registers::Real;

  CbowStep(Rows<Real> output, std::size_t negative)
      : output_(output),
        length_((output.columns + Registers::lanes - 1) / Registers::lanes * Registers::lanes),
        rows_(negative + 1),
        mean_(length_),
        scores_(negative + 1 + 2 * Registers::lanes),
        weights_(negative + 1 + 2 * Registers::lanes) {
    std::fill_n(weights_.data(), negative + 1 + Registers::lanes, Real(-1));
    weights_.data()[0] = 1;
  }

  /// The loss of the contexts' mean h is -log s(h.o_0) - sum_k log s(-h.o_k), with o_0 the target's output row and o_k the
  /// negatives'. Moves the output rows by -alpha times their gradients, and each context's row by -alpha times that of h, times
  /// `scale`, all from the scores before the step. A negative that came twice counts twice; its second turn meets the row
  /// where the first left it, off the gradient by the order of alpha squared.
  /// `ahead` is called between the parts of the step, first and second, to ask for rows of steps to come.
  template <class Ahead>
  [[gnu::always_inline]] inline void step(Real* const* contexts, std::size_t count, WordId target, const WordId* negatives,
                                          Real alpha, Real scale, Ahead&& ahead) {
    const std::size_t outputs = rows_.size(), first = std::min(outputs, Registers::tile_outputs);
    Real* const* const rows = rows_.data();
    Real *const mean = mean_.data(), *const scores = scores_.data();
    rows_[0] = output_.row(target);
    for (std::size_t o = 1; o < outputs; ++o) rows_[o] = output_.row(negatives[o - 1]);
    tiles::with_constant<Registers::tile_outputs>(
        first, [&](auto group) __attribute__((always_inline)) {
          cbow::mean_and_scores<Registers, decltype(group)::value>(contexts, count, rows, length_, mean, scores);
        });
    if (first < outputs) score_rows<Registers>(&mean, 1, rows + first, outputs - first, length_, scores + first);
    ahead(Half::first);
    make_pulls(alpha);
    ahead(Half::second);
    cbow::move_rows<Registers>(contexts, count, scale, rows, outputs, mean, scores, length_);
  }

  /// Of the steps since the last call, in nats.
  double take_loss() { return loss_.take() + loss_of_few_.take(); }

 private:
  using Few = RegistersOfFew<Registers>;  // for the scores of up to 7 negatives

  [[gnu::always_inline]] inline void make_pulls(Real alpha) {
    const std::size_t outputs = rows_.size();
    if (outputs <= Few::lanes) {
      pull_of_scores<Few>(scores_.data(), weights_.data(), outputs, alpha, loss_of_few_);
    } else {
      pull_of_scores<Registers>(scores_.data(), weights_.data(), outputs, alpha, loss_);
    }
  }

  Rows<Real> output_;
  std::size_t length_;
  std::vector<Real*> rows_;  // of the outputs
  AlignedNumbers<Real> mean_, scores_, weights_;
  LossSum<Registers> loss_;
  LossSum<Few> loss_of_few_;
};

}  // namespace word2vec
