// Word similarity: pairs with a human score, against cosines. Knows the files and the measure; refuses to know options and
// tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/word_lookup.h"
#include "trainer/embeddings/embeddings.h"

namespace word2vec {

struct SimilarityPair {
  std::string left, right;
  double score;  ///< on the file's own scale; only its order matters to Spearman's rho
};

/// Word, word, score on a line, set apart by a tab, else a comma, else white space. Empty lines and lines that start with '#'
/// are skipped; so is the first other line when its third field is no number (a header). Throws Error with `path`:line for
/// any other line, and with `path` when there is no pair.
std::vector<SimilarityPair> parse_similarity(std::string_view content, const std::string& path);

/// The cosine of each pair, looked up among all rows; nothing where a word has no row. The cosine with a row of zeros is 0.
std::vector<std::optional<double>> pair_cosines(const Embeddings& embeddings, const std::vector<SimilarityPair>& pairs,
                                                CaseRule rule = CaseRule::exact_first);

struct SimilarityScores {
  std::uint64_t pairs = 0, used = 0, skipped = 0;  ///< skipped: has no cosine; pairs = used + skipped
  std::optional<double> spearman, pearson;         ///< nothing with fewer than 2 used pairs, or no variation
};

/// `cosines[i]` belongs to `pairs[i]`.
SimilarityScores correlate(const std::vector<SimilarityPair>& pairs, const std::vector<std::optional<double>>& cosines);

}  // namespace word2vec
