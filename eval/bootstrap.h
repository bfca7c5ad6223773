// Drawing pairs again: how far apart two Spearman's rhos on the same pairs are, and whether that could be chance. Knows numbers
// only.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "eval/confidence.h"

namespace word2vec {

inline constexpr std::size_t bootstrap_drawings = 10000;

/// Spearman's rho of `human` with each of `models` on as many pairs drawn with replacement, `bootstrap_drawings` times:
/// rhos[m][i] is model m's in drawing i, the same drawing for all models; NaN where a side never varies in it. The draws are the
/// same in every run and for any number of threads. All lists have one length, below 2^32. Works on all of OpenMP's threads.
std::vector<std::vector<double>> bootstrap_spearman(std::span<const double> human,
                                                    const std::vector<std::vector<double>>& models);

struct BootstrapDifference {
  Interval interval;  ///< percentiles 2.5 and 97.5 of second - first
  double p;           ///< two-sided: twice the share of drawings on the rarer side of 0 (with 0), at most 1
};

/// Of two lists from bootstrap_spearman. Nothing when half of the drawings or more have no rho.
std::optional<BootstrapDifference> bootstrap_difference(std::span<const double> first, std::span<const double> second);

}  // namespace word2vec
