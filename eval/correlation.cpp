// Correlation coefficients. Knows numbers only.
#include "eval/correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace word2vec {

std::vector<double> average_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    // Places begin+1 .. end; their mean.
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = static_cast<double>(begin + 1 + end) / 2;
    begin = end;
  }
  return ranks;
}

std::optional<double> pearson(std::span<const double> left, std::span<const double> right) {
  const std::size_t count = left.size();
  if (count < 2) return std::nullopt;
  // Asked of the values: a mean that rounds would leave a constant list with a tiny variance, and a meaningless quotient.
  const auto varies = [](std::span<const double> values) {
    return std::any_of(values.begin(), values.end(), [&](double value) { return value != values[0]; });
  };
  if (!varies(left) || !varies(right)) return std::nullopt;
  const double left_mean = std::accumulate(left.begin(), left.end(), 0.0) / static_cast<double>(count);
  const double right_mean = std::accumulate(right.begin(), right.end(), 0.0) / static_cast<double>(count);
  double products = 0, left_squares = 0, right_squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = left[i] - left_mean, y = right[i] - right_mean;
    products += x * y;
    left_squares += x * x;
    right_squares += y * y;
  }
  const double scale = std::sqrt(left_squares) * std::sqrt(right_squares);
  if (!(scale > 0)) return std::nullopt;
  return std::clamp(products / scale, -1.0, 1.0);
}

std::optional<double> spearman(std::span<const double> left, std::span<const double> right) {
  return pearson(average_ranks(left), average_ranks(right));
}

}  // namespace word2vec
