// An evaluation's data, for one vector file or for several on the same questions. Knows what was asked and what came out; refuses
// to know options, tables and pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eval/analogies.h"
#include "eval/similarity.h"

namespace word2vec {

struct AnalogyFile {
  std::string path;
  std::vector<AnalogySection> sections;
};

struct SimilarityFile {
  std::string path;
  std::vector<SimilarityPair> pairs;
};

/// What every vector file is asked.
struct Questions {
  std::vector<AnalogyFile> analogies;
  std::vector<SimilarityFile> similarity;
  AnalogyOptions options;  ///< its case rule holds for similarity too
};

struct AnalogyResult {
  std::vector<AnalogyOutcome> outcomes;  ///< of all sections' questions, in their order, asked or not in a comparison
  std::uint64_t known = 0;               ///< questions whose words this vector file has
  AnalogyScores scores;                  ///< in a comparison: of the questions that all vector files know
};

struct SimilarityResult {
  std::vector<std::optional<double>> cosines;  ///< of all pairs, as outcomes are
  std::uint64_t known = 0;
  SimilarityScores scores;
};

/// One vector file's results, one for each file of questions.
struct VectorsResult {
  std::string path;
  std::uint64_t words = 0, dim = 0;
  std::vector<AnalogyResult> analogies;
  std::vector<SimilarityResult> similarity;
};

struct Evaluation {
  Questions questions;
  std::vector<VectorsResult> files;
};

/// Asks everything. The scores are of all that these vectors know.
VectorsResult evaluate(const Questions& questions, const std::string& path, const Embeddings& embeddings);

/// The outcomes that every file has; where one of them lacks a word, the question counts as not asked of any.
void score_common(Evaluation& evaluation);

/// For each question of questions.analogies[index], whether all files know its words; for each pair of similarity[index].
std::vector<bool> common_questions(const Evaluation& evaluation, std::size_t index);
std::vector<bool> common_pairs(const Evaluation& evaluation, std::size_t index);

}  // namespace word2vec
