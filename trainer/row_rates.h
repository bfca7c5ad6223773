// A learning rate for each row, lower the more it has been pulled (AdaGrad, Duchi et al. 2011, JMLR 12, at one float a row).
// Knows pulls and their sums; refuses to know rows' numbers and where pulls come from.
//
// Sums are read and written as rows.h says of rows: an update may be lost when two threads meet.
//
// A pull is the step of two rows along each other at rate 1 (logistic.h). A row whose squared pulls up to now add up to s moves
// at alpha * (s + 1)^-0.35: a rare word's row in long steps until it has found its place, a frequent one's in short steps. The
// sum takes the pulls that are at hand, and so no norm of a gradient and no second pass over a row; those of the step itself
// come after it, so that its rates are worked out while its scores still are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "trainer/logistic.h"

namespace word2vec {

/// alpha * (sums + 1)^-0.35, in every lane, for sums >= 0.
template <class Registers>
[[gnu::always_inline]] inline void rates_of_sums(const typename Registers::Pack& sums, typename Registers::Real alpha,
                                                 typename Registers::Pack& rates) {
  using Real = typename Registers::Real;
  typename Registers::Pack logarithm, fall;
  log_of<Registers>(sums + 1, logarithm);
  exp_minus<Registers>(logarithm * Real(0.35), fall);
  rates = fall * alpha;
}

/// One thread's scratch: the sums of a step's rows, and then their rates.
template <class Registers>
class RowRates {
 public:
  using Real = typename Registers::Real;
  using Pack = typename Registers::Pack;

  /// Takes the sums of `contexts` and `outputs` rows. In a call of its own, before the scores are worked out: they may be far.
  [[gnu::always_inline]] inline void load_sums(Real* const* context_sums, std::size_t contexts, Real* const* output_sums,
                                               std::size_t outputs) {
    contexts_ = contexts;
    outputs_ = outputs;
    if (rates_.size() < contexts + outputs + 2 * Registers::lanes) rates_.resize(contexts + outputs + 2 * Registers::lanes);
    for (std::size_t c = 0; c < contexts; ++c) rates_[c] = *context_sums[c];
    for (std::size_t o = 0; o < outputs; ++o) rates_[contexts + o] = *output_sums[o];
  }

  /// Makes rates of the sums. A row's pulls at its first rate are to move it by no more than six do: with more rows that pull,
  /// new rows would overshoot each other and grow without end.
  [[gnu::always_inline]] inline void find_rates(Real alpha) {
    for (std::size_t i = 0; i < contexts_ + outputs_; i += Registers::lanes) {
      Pack sums, rates;
      load(sums, &rates_[i]);
      rates_of_sums<Registers>(sums, alpha, rates);
      store(&rates_[i], rates);
    }
    limit(0, contexts_, outputs_, alpha);
    limit(contexts_, outputs_, contexts_, alpha);
  }
  const Real* of_contexts() const { return rates_.data(); }
  const Real* of_outputs() const { return &rates_[contexts_]; }

  /// Adds to each row's sum the squares of its pulls: pulls[c * outputs + o], and up to a register more that is read.
  [[gnu::always_inline]] inline void add_squares(const Real* pulls, Real* const* context_sums, Real* const* output_sums) {
    for (std::size_t o = 0; o < outputs_; o += Registers::lanes) {
      Pack squares{};
      for (std::size_t c = 0; c < contexts_; ++c) {
        Pack pull;
        load(pull, pulls + c * outputs_ + o);
        squares += pull * pull;
      }
      store(&rates_[o], squares);
    }
    for (std::size_t o = 0; o < outputs_; ++o) *output_sums[o] += rates_[o];
    for (std::size_t c = 0; c < contexts_; ++c) {
      Real squares = 0;
      for (std::size_t o = 0; o < outputs_; ++o) squares += pulls[c * outputs_ + o] * pulls[c * outputs_ + o];
      *context_sums[c] += squares;
    }
  }

 private:
  /// The rates of `count` rows from number `first` on, each of which `pulls` rows pull.
  void limit(std::size_t first, std::size_t count, std::size_t pulls, Real alpha) {
    constexpr std::size_t most = 6;
    if (pulls <= most) return;
    const Real highest = alpha * static_cast<Real>(most) / static_cast<Real>(pulls);
    for (std::size_t row = first; row < first + count; ++row) rates_[row] = std::min(rates_[row], highest);
  }

  std::size_t contexts_ = 0, outputs_ = 0;
  std::vector<Real> rates_;
};

}  // namespace word2vec
