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
#include "trainer/row_columns.h"

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

/// Makes rates of `count` sums, in place; works on whole registers, so that it reads and writes up to one past the last.
template <class Registers>
[[gnu::always_inline]] inline void make_rates(typename Registers::Real* sums, std::size_t count, typename Registers::Real alpha) {
  for (std::size_t i = 0; i < count; i += Registers::lanes) {
    typename Registers::Pack some, rates;
    load(some, sums + i);
    rates_of_sums<Registers>(some, alpha, rates);
    store(sums + i, rates);
  }
}

/// Bounds `count` rates of rows each of which `pulls` rows pull: at their first rate these are to move it by no more than six do.
/// With more rows that pull, new rows would overshoot each other and grow without end.
template <class Real>
void limit_rates(Real* rates, std::size_t count, std::size_t pulls, Real alpha) {
  constexpr std::size_t most = 6;
  if (pulls <= most) return;
  const Real highest = alpha * static_cast<Real>(most) / static_cast<Real>(pulls);
  for (std::size_t row = 0; row < count; ++row) rates[row] = std::min(rates[row], highest);
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

  /// Makes rates of the sums.
  [[gnu::always_inline]] inline void find_rates(Real alpha) {
    make_rates<Registers>(rates_.data(), contexts_ + outputs_, alpha);
    limit_rates(rates_.data(), contexts_, outputs_, alpha);
    limit_rates(&rates_[contexts_], outputs_, contexts_, alpha);
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
    if (outputs_ > Registers::tile_outputs) return add_to_sums(pulls, context_sums, output_sums, outputs_);
    tiles::with_constant<Registers::tile_outputs>(
        outputs_, [&](auto outputs) __attribute__((always_inline)) {
          add_to_sums(pulls, context_sums, output_sums, decltype(outputs)::value);
        });
  }

 private:
  // In a function of its own, for a number of outputs that is a constant as a rule.
  [[gnu::always_inline]] inline void add_to_sums(const Real* pulls, Real* const* context_sums, Real* const* output_sums,
                                                 std::size_t outputs) {
    for (std::size_t o = 0; o < outputs; ++o) *output_sums[o] += rates_[o];
    for (std::size_t c = 0; c < contexts_; ++c) {
      Real squares = 0;
      for (std::size_t o = 0; o < outputs; ++o) squares += pulls[c * outputs + o] * pulls[c * outputs + o];
      *context_sums[c] += squares;
    }
  }

  std::size_t contexts_ = 0, outputs_ = 0;
  std::vector<Real> rates_;
};

}  // namespace word2vec
