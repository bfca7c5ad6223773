// One step of Skip-gram over pairs of a centre, each with negatives of its own. Knows the gradient and in which order rows go
// through the registers; refuses to know how samples were drawn. May race, as rows.h says.
//
// One pair after the other, each would wait for the last one's logistic, since all have the target's row. So a few pairs' scores
// come first and become pulls at once; then the pairs move their rows in turn, while the target's stays in registers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "corpus/word_table.h"
#include "trainer/logistic.h"
#include "trainer/row_columns.h"
#include "trainer/row_rates.h"
#include "trainer/row_scores.h"
#include "trainer/rows.h"

namespace word2vec {

namespace pairs {

/// What moves the rows of some pairs: by pair its hidden row and its outputs, of which the first is the same row for all.
template <class Real>
struct Moves {
  Real *const *hidden, *const *output;
  std::size_t count, outputs;                       ///< pairs, and rows of each in `output`
  const Real *pulls, *output_pulls, *hidden_rates;  ///< the last two when rows have rates: output_pulls are pulls times rates
};

/// For each pair in turn: hidden += pulls * its outputs as they are, and its outputs += pulls * hidden as it was.
template <class Registers, bool row_rates>
[[gnu::always_inline]] inline void move_rows(Moves<typename Registers::Real> moves, std::size_t length) {
  constexpr std::size_t most = std::min<std::size_t>((Registers::registers - 3) / 3, 8);
  tiles::over_columns<Registers, most>(
      length, [&](std::size_t i, auto columns, auto registers) __attribute__((always_inline)) {
        using R = decltype(registers);
        using Pack = typename R::Pack;
        constexpr std::size_t size = decltype(columns)::value, lanes = R::lanes;
        Pack target[size];
        unrolled<size>([&](std::size_t n)
                           __attribute__((always_inline)) { load_lanes<R>(target[n], moves.output[0] + i + n * lanes); });
        for (std::size_t c = 0; c < moves.count; ++c) {
          const std::size_t first = c * moves.outputs;
          const auto* const pull = moves.pulls + first;
          const auto* const output_pull = row_rates ? moves.output_pulls + first : pull;
          Pack number[size], change[size];
          unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
            load_lanes<R>(number[n], moves.hidden[c] + i + n * lanes);
            change[n] = pull[0] * target[n];
            target[n] += output_pull[0] * number[n];
          });
          for (std::size_t o = 1; o < moves.outputs; ++o) {
            auto* const row = moves.output[first + o] + i;
            unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
              Pack negative;
              load_lanes<R>(negative, row + n * lanes);
              change[n] += pull[o] * negative;
              negative += output_pull[o] * number[n];
              store_lanes<R>(row + n * lanes, negative);
            });
          }
          unrolled<size>([&](std::size_t n) __attribute__((always_inline)) {
            if constexpr (row_rates) change[n] *= moves.hidden_rates[c];
            store_lanes<R>(moves.hidden[c] + i + n * lanes, number[n] + change[n]);
          });
        }
        unrolled<size>([&](std::size_t n)
                           __attribute__((always_inline)) { store_lanes<R>(moves.output[0] + i + n * lanes, target[n]); });
      });
}

}  // namespace pairs

/// How many pairs make a step: enough to hide what each would wait for, few enough that their rows stay in the near cache. No
/// output row is pulled so often in one that its rate would need a limit (row_rates.h).
constexpr std::size_t pairs_at_once = 4;

/// One thread's scratch for the steps of a piece, and the losses that they add up.
template <class Registers, bool row_rates>
class PairStep {
 public:
  using Real = typename Registers::Real;

  PairStep(Rows<Real> output, std::size_t negative)
      : output_(output),
        // Where rows have no sums there is room for whole registers, and a half one would be one more loop over the pairs.
        length_(row_rates ? output.template length<Registers>()
                          : (output.columns + Registers::lanes - 1) / Registers::lanes * Registers::lanes),
        outputs_(negative + 1),
        rows_(pairs_at_once * outputs_),
        sums_(row_rates ? rows_.size() : 0),
        scores_(rows_.size() + 2 * Registers::lanes),
        weights_(scores_.size(), Real(-1)),
        rates_(row_rates ? scores_.size() + pairs_at_once : 0) {
    for (std::size_t c = 0; c < pairs_at_once; ++c) weights_[c * outputs_] = 1;
  }

  /// The loss of hidden row h and its negatives is -log s(h.o_0) - sum_k log s(-h.o_k), with o_0 the target's output row and
  /// o_k the negatives', of which hidden row c has those from negatives[c * negative] on; that of a step, its sum over `count`
  /// hidden rows. Moves all rows by -alpha times their gradients, at the scores before the step (pairs_at_once of them), a row
  /// that is in two pairs, as the target's is, being met by the second as the first left it: off the gradient by the order of
  /// alpha squared. With rates of the rows' own alpha is what row_rates.h says, and `sums` are the hidden rows'.
  /// `ahead(c)` is called for each hidden row, to ask for rows of steps to come.
  template <class Ahead>
  [[gnu::always_inline]] inline void step(Real* const* hidden, Real* const* sums, std::size_t count, WordId target,
                                          const WordId* negatives, Real alpha, Ahead&& ahead) {
    for (std::size_t first = 0; first < count; first += pairs_at_once) {
      const std::size_t some = std::min(count - first, pairs_at_once);
      find_rows(target, negatives + first * (outputs_ - 1), some);
      if constexpr (row_rates) load_sums(sums + first, some);
      for (std::size_t c = 0; c < some; ++c) {
        score_rows<Registers>(hidden + first + c, 1, &rows_[c * outputs_], outputs_, length_, &scores_[c * outputs_]);
        ahead(first + c);
      }
      if constexpr (row_rates) find_rates(some, alpha);
      pull_of_scores<Registers>(scores_.data(), weights_.data(), some * outputs_, row_rates ? Real(1) : alpha, loss_);
      if constexpr (row_rates) add_squares(sums + first, some);
      pairs::move_rows<Registers, row_rates>({hidden + first, rows_.data(), some, outputs_, scores_.data(), rates_.data(),
                                              rates_.data() + (row_rates ? some * outputs_ : 0)},
                                             length_);
    }
  }

  /// Of the steps since the last call, in nats.
  double take_loss() { return loss_.take(); }

 private:
  [[gnu::always_inline]] inline void find_rows(WordId target, const WordId* negatives, std::size_t some) {
    Real *const row = output_.row(target), *const sum = output_.sum(target);
    for (std::size_t c = 0, i = 0; c < some; ++c) {
      rows_[i] = row;
      if constexpr (row_rates) sums_[i] = sum;
      for (++i; i < (c + 1) * outputs_; ++i, ++negatives) {
        rows_[i] = output_.row(*negatives);
        if constexpr (row_rates) sums_[i] = output_.sum(*negatives);
      }
    }
  }
  /// The sums of all outputs, and behind them those of the hidden rows.
  [[gnu::always_inline]] inline void load_sums(Real* const* hidden_sums, std::size_t some) {
    const std::size_t outputs = some * outputs_;
    for (std::size_t i = 0; i < outputs; ++i) rates_[i] = *sums_[i];
    for (std::size_t c = 0; c < some; ++c) rates_[outputs + c] = *hidden_sums[c];
  }
  [[gnu::always_inline]] inline void find_rates(std::size_t some, Real alpha) {
    const std::size_t outputs = some * outputs_;
    make_rates<Registers>(rates_.data(), outputs + some, alpha);
    limit_rates(&rates_[outputs], some, outputs_, alpha);
  }
  /// Adds to each row's sum the squares of its pulls; what is left in `rates_` are the outputs' pulls times their rates.
  [[gnu::always_inline]] inline void add_squares(Real* const* hidden_sums, std::size_t some) {
    for (std::size_t c = 0, i = 0; c < some; ++c) {
      Real squares = 0;
      for (; i < (c + 1) * outputs_; ++i) {
        const Real square = scores_[i] * scores_[i];
        *sums_[i] += square;
        squares += square;
        rates_[i] *= scores_[i];
      }
      *hidden_sums[c] += squares;
    }
  }

  Rows<Real> output_;
  std::size_t length_, outputs_;        // of a row, and rows of a pair
  std::vector<Real*> rows_, sums_;      // of the outputs, pair by pair
  std::vector<Real> scores_, weights_;  // the same
  std::vector<Real> rates_;             // the same, and then of the hidden rows
  LossSum<Registers> loss_;
};

}  // namespace word2vec
