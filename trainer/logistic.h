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

/// Adds up losses -log s(x) = max(-x, 0) + log(1 + exp(-|x|)). The logarithms are taken of products, so that there is one in
/// a hundred; the sum is a double.
template <class Registers>
class LossSum {
 public:
  using Pack = typename Registers::Pack;

  /// `wrong` is max(-x, 0); `factor` is 1 + exp(-|x|), from 1 to 2.
  [[gnu::always_inline]] inline void add(const Pack& wrong, const Pack& factor) {
    linear_ += wrong;
    product_ *= factor;
    if (++count_ == most) flush();
  }
  double total() {
    flush();
    return total_;
  }

 private:
  static constexpr int most = 100;  // 2^100 is far from a float's end

  void flush() {
    for (std::size_t lane = 0; lane < Registers::lanes; ++lane) {
      total_ += static_cast<double>(linear_[lane]) + std::log(static_cast<double>(product_[lane]));
    }
    linear_ = Pack{};
    product_ = Pack{} + 1;
    count_ = 0;
  }

  Pack linear_{}, product_ = Pack{} + 1;
  double total_ = 0;
  int count_ = 0;
};

/// Scores to pulls, in place: pull = label * alpha * s(-label * score), the step of both rows along each other, where a label
/// is 1 (the rows belong together) or -1. `count` of each; works on whole registers, so both arrays reach up to one past that.
/// Beyond any |score| the gradient saturates; nothing is skipped.
template <class Registers>
[[gnu::always_inline]] inline void pull_of_scores(typename Registers::Real* scores, const typename Registers::Real* labels,
                                                  std::size_t count, typename Registers::Real alpha, LossSum<Registers>& loss) {
  using Real = typename Registers::Real;
  using Pack = typename Registers::Pack;
  const Pack zero{}, one = zero + 1;
  Pack place;
  for (std::size_t lane = 0; lane < Registers::lanes; ++lane) place[lane] = static_cast<Real>(lane);
  for (std::size_t i = 0; i < count; i += Registers::lanes) {
    Pack score, label, tail;
    load(score, scores + i);
    load(label, labels + i);
    // What is past the end is so right that it costs nothing.
    const Pack right = place < static_cast<Real>(count - i) ? score * label : one * 200;
    exp_minus<Registers>(right < 0 ? -right : right, tail);
    const Pack factor = one + tail;
    loss.add(right < 0 ? -right : zero, factor);
    const Pack pull = label * alpha * (right < 0 ? one : tail) / factor;
    store(scores + i, pull);
  }
}

}  // namespace word2vec
