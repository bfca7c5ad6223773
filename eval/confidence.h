// How sure a figure is: 95 % intervals and the significance of differences. Knows numbers only.
#pragma once

#include <cstdint>
#include <optional>

namespace word2vec {

struct Interval {
  double low, high;
  bool operator==(const Interval&) const = default;
};

/// The percentile bootstrap over questions, of the proportion `successes` of `trials`. To draw questions again and count the
/// successes is a binomial draw, so this takes the quantiles of that distribution (rounded outwards) and needs no random numbers.
/// When all succeed, or none, every drawing is alike; then it is Clopper and Pearson's bound. Nothing without trials.
std::optional<Interval> proportion_interval(std::uint64_t successes, std::uint64_t trials);

/// McNemar's exact test, two-sided: the probability of a split as uneven as this, or more, of the questions that just one of two
/// gets right, if both were equally good. 1 when there is no such question.
double mcnemar(std::uint64_t only_first, std::uint64_t only_second);

/// By Fisher's transformation, standard error 1 / sqrt(pairs - 3). Nothing with 3 pairs or fewer.
std::optional<Interval> pearson_interval(double r, std::uint64_t pairs);
/// The same, with Bonett and Wright's (2000) standard error for ranks, sqrt((1 + rho^2 / 2) / (pairs - 3)).
std::optional<Interval> spearman_interval(double rho, std::uint64_t pairs);

/// Two-sided, that the true correlation is 0, by Student's t with pairs - 2 degrees of freedom. Nothing with 2 pairs or fewer.
std::optional<double> correlation_p(double r, std::uint64_t pairs);

}  // namespace word2vec
