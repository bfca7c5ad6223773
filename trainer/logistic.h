// The logistic function and its loss, to the accuracy of the type, a register at a time. Knows numbers; refuses to know rows.
#pragma once

#include <cmath>
#include <cstddef>
#include <type_traits>

#include "trainer/registers.h"

namespace word2vec {

/// exp(-x) for x >= 0, in every lane. In float: Cody-Waite reduction and a degree-6 polynomial, relative error below 2e-7,
/// without a branch or a call; past 87 it stays at exp(-87).
template <class Registers>
[[gnu::always_inline]] inline void exp_minus(const typename Registers::Pack& x, typename Registers::Pack& result) {
  using Pack = typename Registers::Pack;
  using Integers = typename Registers::Integers;
  if constexpr (std::is_same_v<typename Registers::Real, float>) {
    const Pack clamped = x < 87.0F ? -x : Pack{} - 87.0F;
    // Adding and taking away 1.5 * 2^23 rounds to the nearest integer.
    const Pack power = (clamped * 1.44269504F + 12582912.0F) - 12582912.0F;
    const Pack rest = (clamped - power * 0.693145752F) - power * 1.42860677e-6F;
    Pack series = rest * 1.3888889e-3F + 8.3333333e-3F;
    series = series * rest + 4.16666667e-2F;
    series = series * rest + 0.166666667F;
    series = series * rest + 0.5F;
    series = series * rest + 1.0F;
    series = series * rest + 1.0F;
    const Integers exponent = (__builtin_convertvector(power, Integers) + 127) << 23;
    Pack scale;
    std::memcpy(&scale, &exponent, sizeof scale);
    result = series * scale;
  } else {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) result[lane] = std::exp(-x[lane]);
  }
}

/// log(1 + x) for x from 0 to 1, in every lane. In float: a polynomial, off by less than 3e-7.
template <class Registers>
[[gnu::always_inline]] inline void log_one_plus(const typename Registers::Pack& x, typename Registers::Pack& result) {
  if constexpr (std::is_same_v<typename Registers::Real, float>) {
    typename Registers::Pack series = x * -0.00857467577F + 0.0442141928F;
    series = series * x - 0.107853681F;
    series = series * x + 0.177570239F;
    series = series * x - 0.244996116F;
    series = series * x + 0.332761765F;
    series = series * x - 0.499974489F;
    result = (series * x + 0.999999821F) * x;
  } else {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) result[lane] = std::log1p(x[lane]);
  }
}

/// log(x) for x from 1 on, in every lane. In float: by the exponent, and log_one_plus of the rest.
template <class Registers>
[[gnu::always_inline]] inline void log_of(const typename Registers::Pack& x, typename Registers::Pack& result) {
  using Pack = typename Registers::Pack;
  using Integers = typename Registers::Integers;
  if constexpr (std::is_same_v<typename Registers::Real, float>) {
    Integers bits;
    std::memcpy(&bits, &x, sizeof bits);
    const Integers mantissa = (bits & 0x007fffff) | 0x3f800000;
    Pack rest, series;
    std::memcpy(&rest, &mantissa, sizeof rest);
    log_one_plus<Registers>(rest - 1.0F, series);
    result = __builtin_convertvector((bits >> 23) - 127, Pack) * 0.693147181F + series;
  } else {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) result[lane] = std::log(x[lane]);
  }
}

/// Adds up losses: in registers, and now and then in double, so that neither length nor rounding matters.
template <class Registers>
class LossSum {
 public:
  using Pack = typename Registers::Pack;

  [[gnu::always_inline]] inline void add(const Pack& loss) {
    recent_ += loss;
    if (++count_ == 64) flush();
  }
  double total() {
    flush();
    return total_;
  }

 private:
  void flush() {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) total_ += static_cast<double>(recent_[lane]);
    recent_ = Pack{};
    count_ = 0;
  }

  Pack recent_{};
  double total_ = 0;
  int count_ = 0;
};

/// Scores to pulls, in place, by the rows' weights: w > 0 for rows that belong together, -w for a negative that counts w
/// times. The loss is |w| * -log s(right) with right = score or, for a negative, -score; the pull, the step of both rows along
/// each other, is alpha * w * s(-right). `count` of each; works on whole registers, so both arrays reach up to one past that.
/// Beyond any |score| the gradient saturates; nothing is skipped.
template <class Registers>
[[gnu::always_inline]] inline void pull_of_scores(typename Registers::Real* scores, const typename Registers::Real* weights,
                                                  std::size_t count, typename Registers::Real alpha, LossSum<Registers>& loss) {
  using Real = typename Registers::Real;
  using Pack = typename Registers::Pack;
  const Pack zero{}, one = zero + 1;
  Pack place;
  for (std::size_t lane = 0; lane < Registers::lanes; ++lane) place[lane] = static_cast<Real>(lane);
  for (std::size_t i = 0; i < count; i += Registers::lanes) {
    Pack score, weight, tail, extra;
    load(score, scores + i);
    load(weight, weights + i);
    const Pack signed_score = weight < 0 ? -score : score;
    // What is past the end is so right that it costs nothing; more right still, and its pull were too small to be a normal
    // number, which some processors take hundreds of cycles to make.
    const Pack right = place < static_cast<Real>(count - i) ? signed_score : one * 40;
    exp_minus<Registers>(right < 0 ? -right : right, tail);
    log_one_plus<Registers>(tail, extra);
    const Pack cost = (right < 0 ? -right : zero) + extra;
    loss.add(cost * (weight < 0 ? -weight : weight));
    const Pack pull = weight * alpha * (right < 0 ? one : tail) / (one + tail);
    store(scores + i, pull);
  }
}

}  // namespace word2vec
