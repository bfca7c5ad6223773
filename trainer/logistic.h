// The logistic function and its loss, to the accuracy of the type. Knows one number at a time; loops over it vectorise.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace word2vec {

/// exp(-x) for x >= 0. In float: Cody-Waite reduction and a degree-6 polynomial, relative error below 2e-7, without a branch
/// or a call, so that a loop of it vectorises; past 87 it stays at exp(-87).
inline double exp_minus(double x) { return std::exp(-x); }

inline float exp_minus(float x) {
  const float clamped = x < 87.0F ? -x : -87.0F;
  // Adding and taking away 1.5 * 2^23 rounds to the nearest integer.
  const float power = (clamped * 1.44269504F + 12582912.0F) - 12582912.0F;
  const float rest = (clamped - power * 0.693145752F) - power * 1.42860677e-6F;
  float series = 1.3888889e-3F;
  series = series * rest + 8.3333333e-3F;
  series = series * rest + 4.16666667e-2F;
  series = series * rest + 0.166666667F;
  series = series * rest + 0.5F;
  series = series * rest + 1.0F;
  series = series * rest + 1.0F;
  return series * std::bit_cast<float>((static_cast<std::int32_t>(power) + 127) << 23);
}

/// 1 / (1 + exp(-x)), without overflow at either end and never skipped: far out the gradient saturates.
template <class Real>
inline Real logistic(Real x) {
  const Real tail = exp_minus(std::abs(x));
  const Real small = tail / (1 + tail);
  return x < 0 ? small : 1 - small;
}

/// -log(logistic(x)).
template <class Real>
inline double logistic_loss(Real x) {
  const auto wide = static_cast<double>(x);
  return std::max(-wide, 0.0) + std::log1p(std::exp(-std::abs(wide)));
}

}  // namespace word2vec
