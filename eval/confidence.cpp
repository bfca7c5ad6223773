// Quantiles and tails, from Boost.Math. Knows numbers only.
#include "eval/confidence.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace word2vec {
namespace {

constexpr double tail = 0.025;           // on each side of a 95 % interval
constexpr double normal_975 = 1.959964;  // the normal distribution's quantile there

std::optional<Interval> fisher_interval(double r, std::uint64_t pairs, double variance) {
  if (pairs <= 3) return std::nullopt;
  const double half = normal_975 * std::sqrt(variance / static_cast<double>(pairs - 3));
  return Interval{std::tanh(std::atanh(r) - half), std::tanh(std::atanh(r) + half)};
}

}  // namespace

std::optional<Interval> proportion_interval(std::uint64_t successes, std::uint64_t trials) {
  if (trials == 0) return std::nullopt;
  const auto count = static_cast<double>(trials);
  const double all_alike = std::pow(tail, 1 / count);  // the probability whose `trials` successes in a row are that unlikely
  if (successes == 0) return Interval{0, 1 - all_alike};
  if (successes == trials) return Interval{all_alike, 1};
  const boost::math::binomial drawn(count, static_cast<double>(successes) / count);
  return Interval{quantile(drawn, tail) / count, quantile(complement(drawn, tail)) / count};
}

double mcnemar(std::uint64_t only_first, std::uint64_t only_second) {
  const std::uint64_t differing = only_first + only_second;
  if (differing == 0) return 1;
  const boost::math::binomial even(static_cast<double>(differing), 0.5);
  return std::min(1.0, 2 * cdf(even, static_cast<double>(std::min(only_first, only_second))));
}

std::optional<Interval> pearson_interval(double r, std::uint64_t pairs) { return fisher_interval(r, pairs, 1); }

std::optional<Interval> spearman_interval(double rho, std::uint64_t pairs) {
  return fisher_interval(rho, pairs, 1 + rho * rho / 2);
}

std::optional<double> correlation_p(double r, std::uint64_t pairs) {
  if (pairs <= 2) return std::nullopt;
  if (std::abs(r) >= 1) return 0;
  const auto freedom = static_cast<double>(pairs - 2);
  const double t = std::abs(r) * std::sqrt(freedom / ((1 - r) * (1 + r)));
  return 2 * cdf(complement(boost::math::students_t(freedom), t));
}

}  // namespace word2vec
