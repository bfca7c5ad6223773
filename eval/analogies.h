// Analogy questions: their file, their answers and the score by section. Knows the questions-words.txt form; refuses to know
// options and tables.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/simd.h"
#include "eval/analogy_answers.h"
#include "eval/word_lookup.h"
#include "trainer/embeddings/embeddings.h"

namespace word2vec {

struct AnalogySection {
  std::string name;
  std::vector<std::array<std::string, 4>> questions;  ///< A is to B as C is to the fourth
};

/// `: section` lines and four words a line; empty lines are skipped. Throws Error with `path`:line for any other line and for
/// a question before the first section; with `path` when there is no question.
std::vector<AnalogySection> parse_analogies(std::string_view content, const std::string& path);

struct AnalogyOptions {
  AnalogyMethod method = AnalogyMethod::cos_add;
  std::uint64_t restrict_rows = 30000;  ///< words are looked up, and answers come, from the first rows; 0: from all
  CaseRule letter_case = CaseRule::exact_first;
};

/// What became of one question.
struct AnalogyOutcome {
  std::string missing;       ///< its words that have no row, by spaces; when there are any, the question was not asked
  std::string answer;        ///< the best word but the given three; empty when no other is there
  float answer_score = 0;    ///< a sum of cosines, or their product
  std::uint64_t rank = 0;    ///< of the expected word among all that may answer, from 1; 0: it is a given word
  float expected_score = 0;  ///< of the expected word, where it has a rank

  bool asked() const { return missing.empty(); }
  bool right() const { return asked() && rank == 1; }
};

/// The outcomes of all questions of all sections, in their order. Works on all of OpenMP's threads.
std::vector<AnalogyOutcome> ask_analogies(const Embeddings& embeddings, const std::vector<AnalogySection>& sections,
                                          const AnalogyOptions& options);

struct AnalogyTally {
  std::uint64_t correct = 0, asked = 0, skipped = 0;  ///< skipped: not among the asked
  std::uint64_t in_top_5 = 0;                         ///< of the asked, those whose expected word has a rank up to 5
  double reciprocal_ranks = 0;                        ///< sum of 1 / rank; divided by asked it is the mean reciprocal rank

  /// Counts one question: as asked, or as skipped.
  void add(const AnalogyOutcome& outcome, bool use);
  AnalogyTally& operator+=(const AnalogyTally& other);
  bool operator==(const AnalogyTally&) const = default;
};

/// Whether a section counts as syntactic: its name starts with `gram`, as in questions-words.txt.
bool is_syntactic(std::string_view section);

struct AnalogyScores {
  std::vector<std::pair<std::string, AnalogyTally>> sections;  ///< in the file's order
  AnalogyTally semantic, syntactic, total;
};

/// `outcomes` are those of all of the sections' questions, in their order; where `use` is false, the question counts as skipped.
AnalogyScores tally_analogies(const std::vector<AnalogySection>& sections, const std::vector<AnalogyOutcome>& outcomes,
                              const std::vector<bool>& use);

}  // namespace word2vec
