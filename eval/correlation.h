// How far two lists of numbers agree. Knows numbers only.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace word2vec {

/// Ranks from 1; equal values share the mean of their ranks.
std::vector<double> average_ranks(std::span<const double> values);

/// Pearson's r, -1 to 1. Nothing when there are fewer than two pairs or one side never varies. The lengths are equal.
std::optional<double> pearson(std::span<const double> left, std::span<const double> right);

/// Spearman's rho: Pearson's r of the ranks, which is right with ties too.
std::optional<double> spearman(std::span<const double> left, std::span<const double> right);

}  // namespace word2vec
