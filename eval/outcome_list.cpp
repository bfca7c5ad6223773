// Columns of the list of questions. Knows no arithmetic.
#include "eval/outcome_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace word2vec {
namespace {

/// Names may hold what sets cells and lines apart.
std::string cell(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string result_cells(const AnalogyOutcome& outcome) {
  if (!outcome.asked()) return "skipped\t\t\t\t\t" + outcome.missing;
  std::string cells = outcome.right() ? "right\t" : "wrong\t";
  cells += outcome.answer.empty() ? "\t" : fmt::format("{}\t{:.6f}", outcome.answer, outcome.answer_score);
  cells += fmt::format("\t{}\t", outcome.rank);
  if (outcome.rank > 0) cells += fmt::format("{:.6f}", outcome.expected_score);
  return cells + "\t";
}

}  // namespace

std::string to_outcome_list(const Evaluation& evaluation) {
  std::string text = "vectors\tfile\tsection\ta\tb\tc\texpected\toutcome\tanswer\tanswer_score\trank\texpected_score\tmissing\n";
  for (const VectorsResult& vectors : evaluation.files) {
    for (std::size_t i = 0; i < vectors.analogies.size(); ++i) {
      const AnalogyFile& file = evaluation.questions.analogies[i];
      std::size_t next = 0;
      for (const AnalogySection& section : file.sections) {
        const std::string where = cell(vectors.path) + "\t" + cell(file.path) + "\t" + cell(section.name);
        for (const auto& [a, b, c, expected] : section.questions) {
          fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t{}\t{}\n", where, a, b, c, expected,
                         result_cells(vectors.analogies[i].outcomes[next++]));
        }
      }
    }
  }
  return text;
}

}  // namespace word2vec
