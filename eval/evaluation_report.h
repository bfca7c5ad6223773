// An evaluation as a table and as JSON. Knows layout; refuses to know how figures were computed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "eval/analogies.h"
#include "eval/similarity.h"

namespace word2vec {

struct AnalogyReport {
  std::string file;
  AnalogyMethod method;
  std::uint64_t restrict_rows;  ///< as asked for; 0: no cut
  AnalogyScores scores;
};

struct SimilarityReport {
  std::string file;
  SimilarityScores scores;
};

struct EvaluationReport {
  std::string vectors;  ///< the file
  std::uint64_t words = 0, dim = 0;
  std::vector<AnalogyReport> analogies;
  std::vector<SimilarityReport> similarity;
};

/// "3cosadd" or "3cosmul".
const char* method_name(AnalogyMethod method);

/// Tables to read. Beside each figure stand the vocabulary cut, the case rule and the coverage: it means nothing without them.
std::string to_table(const EvaluationReport& report);

/// The interface's JSON, indented. Accuracies are from 0 to 1, null when nothing was asked; so are undefined correlations.
std::string to_json(const EvaluationReport& report);

}  // namespace word2vec
