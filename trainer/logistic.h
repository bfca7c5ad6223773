// The logistic function and its loss, to the accuracy of the type, a register at a time. Knows numbers; refuses to know rows.
#pragma once

#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "trainer/registers.h"

namespace word2vec {

/// exp(-x) for x >= 0, in every lane. In float: 2 to the whole part of a power of two, and a polynomial of degree 5 for the
/// rest, without a branch or a call; off by less than 2e-7 of itself and two roundings of x. Past 87 it stays at exp(-87).
template <class Registers>
[[gnu::always_inline]] inline void exp_minus(const typename Registers::Pack& x, typename Registers::Pack& result) {
  using Pack = typename Registers::Pack;
  using Integers = typename Registers::Integers;
  if constexpr (std::is_same_v<typename Registers::Real, float>) {
    const Pack most = Pack{} + 87.0F, clamped = x < most ? x : most;
    // Adding 1.5 * 2^23 rounds to the nearest integer, which then is what the lowest bits are.
    const Pack rounded = clamped * -1.44269504F + 12582912.0F, rest = clamped * -1.44269504F - (rounded - 12582912.0F);
    const Pack square = rest * rest;
    const Pack low = rest * 0.693146978F + 1.0F, middle = rest * 5.55073374e-2F + 0.240222421F;
    const Pack series = ((rest * 1.32647271e-3F + 9.67151264e-3F) * square + middle) * square + low;
    const Integers bits = __builtin_bit_cast(Integers, series) + (__builtin_bit_cast(Integers, rounded) << 23);
    result = __builtin_bit_cast(Pack, bits);
  } else {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) result[lane] = std::exp(-x[lane]);
  }
}

/// log(1 + x) for x from 0 to 1, in every lane. In float: a polynomial, off by less than 3e-7.
template <class Registers>
[[gnu::always_inline]] inline void log_one_plus(const typename Registers::Pack& x, typename Registers::Pack& result) {
  if constexpr (std::is_same_v<typename Registers::Real, float>) {
    typename Registers::Pack series = x * 0.0107645146F - 0.055145204F;
    series = series * x + 0.134674544F;
    series = series * x - 0.225898023F;
    series = series * x + 0.328242208F;
    series = series * x - 0.499471786F;
    result = (series * x + 0.999981138F) * x;
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

  /// Adds `loss`, and the logarithms of `factor`, which is a product of `factors` numbers (at most most_factors) from 1 to 2.
  [[gnu::always_inline]] inline void add(const Pack& loss, const Pack& factor, std::size_t factors) {
    count_ += factors;
    if (count_ > most_factors) {
      flush();
      count_ = factors;
    }
    recent_ += loss;
    product_ *= factor;
  }
  /// What was added since the last call.
  double take() {
    flush();
    return std::exchange(total_, 0);
  }

  static constexpr std::size_t most_factors = 120;  // 2 to the power of which is still a number

 private:
  void flush() {
    Pack logarithm;
    log_of<Registers>(product_, logarithm);
    recent_ += logarithm;
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) total_ += static_cast<double>(recent_[lane]);
    recent_ = Pack{};
    product_ = Pack{} + 1;
    count_ = 0;
  }

  Pack recent_{}, product_ = Pack{} + 1;
  double total_ = 0;
  std::size_t count_ = 0;  // of the factors of product_
};

/// Scores to pulls, in place, by the rows' weights: w > 0 for rows that belong together, -w for a negative that counts w
/// times. The loss is |w| * -log s(right) with right = score or, for a negative, -score; the pull, the step of both rows along
/// each other, is alpha * w * s(-right). Unless `weighted` each w is 1 or -1, which makes the loss cheaper: the logarithm of a
/// product of what the pulls are divided by. `count` of each; works on whole registers, so both arrays reach up to one past that.
/// Beyond any |score| the gradient saturates; nothing is skipped.
template <class Registers, bool weighted = false>
[[gnu::always_inline]] inline void pull_of_scores(typename Registers::Real* scores, const typename Registers::Real* weights,
                                                  std::size_t count, typename Registers::Real alpha, LossSum<Registers>& loss) {
  using Real = typename Registers::Real;
  using Pack = typename Registers::Pack;
  using Integers = typename Registers::Integers;
  const Pack zero{}, one = zero + 1;
  const Integers sign = __builtin_bit_cast(Integers, -zero);
  Pack place, costs{}, factor = one;
  std::size_t factors = 0;
  for (std::size_t lane = 0; lane < Registers::lanes; ++lane) place[lane] = static_cast<Real>(lane);
  for (std::size_t i = 0; i < count; i += Registers::lanes) {
    Pack score, weight, tail;
    load(score, scores + i);
    load(weight, weights + i);
    const Integers weight_bits = __builtin_bit_cast(Integers, weight);
    Pack right = __builtin_bit_cast(Pack, __builtin_bit_cast(Integers, score) ^ (weight_bits & sign));
    // What is past the end is so right that it costs nothing; more right still, and its pull were too small to be a normal
    // number, which some processors take hundreds of cycles to make.
    if (i + Registers::lanes > count) right = place < static_cast<Real>(count - i) ? right : one * 40;
    const Pack size = __builtin_bit_cast(Pack, __builtin_bit_cast(Integers, right) & ~sign);
    exp_minus<Registers>(size, tail);
    if (factors == LossSum<Registers>::most_factors) {
      loss.add(costs, factor, factors);
      costs = zero;
      factor = one;
      factors = 0;
    }
    if constexpr (weighted) {
      Pack extra;
      log_one_plus<Registers>(tail, extra);
      costs += ((right < 0 ? size : zero) + extra) * __builtin_bit_cast(Pack, weight_bits & ~sign);
    } else {
      costs += right < 0 ? size : zero;
      factor *= one + tail;
    }
    ++factors;
    const Pack pull = weight * alpha * (right < 0 ? one : tail) / (one + tail);
    store(scores + i, pull);
  }
  loss.add(costs, factor, factors);
}

}  // namespace word2vec
