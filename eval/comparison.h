// Differences between vector files on the questions that all know. Knows results; refuses to know tables.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eval/bootstrap.h"
#include "eval/evaluation.h"

namespace word2vec {

/// The questions that two files were asked, by who was right.
struct PairedTally {
  std::uint64_t both = 0, only_first = 0, only_second = 0, neither = 0;

  std::uint64_t asked() const { return both + only_first + only_second + neither; }
  /// Accuracy of the second less that of the first, -1 to 1; 0 when nothing was asked.
  double difference() const;
  /// McNemar's exact p.
  double p() const { return mcnemar(only_first, only_second); }
  PairedTally& operator+=(const PairedTally& other);
  bool operator==(const PairedTally&) const = default;
};

/// Two of evaluation.files, by index.
struct AnalogyComparison {
  std::size_t first, second;
  std::vector<PairedTally> sections;  ///< as the question file's sections
  PairedTally semantic, syntactic, total;
};

struct SimilarityComparison {
  std::size_t first, second;
  std::optional<double> difference;              ///< Spearman's rho of the second less that of the first, where both have one
  std::optional<BootstrapDifference> bootstrap;  ///< of that difference
};

/// For each file of questions, every pair of vector files, first < second.
struct Comparison {
  std::vector<std::vector<AnalogyComparison>> analogies;
  std::vector<std::vector<SimilarityComparison>> similarity;
};

/// After score_common. With one vector file there are no pairs. Works on all of OpenMP's threads.
Comparison compare(const Evaluation& evaluation);

}  // namespace word2vec
