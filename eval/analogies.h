// Analogy questions: their file, their answers and the score by section. Knows the questions-words.txt form and the two methods
// of Levy and Goldberg 2014; refuses to know options and tables.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/simd.h"
#include "eval/top_k.h"
#include "trainer/embeddings/embeddings.h"

namespace word2vec {

struct AnalogySection {
  std::string name;
  std::vector<std::array<std::string, 4>> questions;  ///< A is to B as C is to the fourth
};

/// `: section` lines and four words a line; empty lines are skipped. Throws Error with `path`:line for any other line and for
/// a question before the first section; with `path` when there is no question.
std::vector<AnalogySection> parse_analogies(std::string_view content, const std::string& path);

enum class AnalogyMethod {
  cos_add,  ///< cos(x, b) - cos(x, a) + cos(x, c), on unit rows the order of cos(x, b - a + c)
  cos_mul   ///< cos(x, b) cos(x, c) / (cos(x, a) + 0.001), cosines shifted to [0, 1]
};

/// A question as rows: `a` is to `b` as `c` is to what?
struct AnalogyRows {
  std::size_t a, b, c;
};

/// The `k` best rows for each question, best first, ties to the lower row, never its own three rows. Only rows below `rows`
/// answer (0: all); the questions' own rows may lie beyond. Works on all of OpenMP's threads.
std::vector<std::vector<Neighbor>> answer_analogies(const Matrix& vectors, const std::vector<AnalogyRows>& questions,
                                                    AnalogyMethod method, std::size_t k, std::size_t rows = 0,
                                                    SimdLevel level = best_simd());

struct AnalogyTally {
  std::uint64_t correct = 0, asked = 0, skipped = 0;  ///< skipped: with a word that has no row; not among the asked
  AnalogyTally& operator+=(const AnalogyTally& other);
  bool operator==(const AnalogyTally&) const = default;
};

struct AnalogyScores {
  std::vector<std::pair<std::string, AnalogyTally>> sections;  ///< in the file's order
  AnalogyTally semantic, syntactic, total;                     ///< syntactic: the sections whose names start with `gram`
};

/// Words are looked up as WordLookup does among the first `rows` rows (0: all), and answers come from those.
AnalogyScores score_analogies(const Embeddings& embeddings, const std::vector<AnalogySection>& sections, AnalogyMethod method,
                              std::size_t rows);

}  // namespace word2vec
