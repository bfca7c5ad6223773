// Evaluations made by hand, for tests of what is made of them.
#pragma once

#include "eval/evaluation.h"

namespace word2vec {

inline AnalogyOutcome ranked(std::uint64_t rank, const std::string& answer = "given") { return {"", answer, 0.75F, rank, 0.5F}; }
inline AnalogyOutcome unknown(const std::string& missing) { return {missing, "", 0, 0, 0}; }

/// Two sections of four and two questions, and four pairs; every file's outcomes and cosines as given.
inline Evaluation evaluation_of(const std::vector<std::vector<AnalogyOutcome>>& outcomes,
                                const std::vector<std::vector<std::optional<double>>>& cosines) {
  const std::array<std::string, 4> words = {"a", "b", "c", "d"};
  Evaluation evaluation;
  evaluation.questions.analogies.push_back({"q.txt", {{"capitals", {4, words}}, {"gram1", {2, words}}}});
  evaluation.questions.similarity.push_back({"s\xFF.txt", {{"a", "b", 1}, {"a", "c", 2}, {"a", "d", 3}, {"b", "c", 4}}});
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    VectorsResult& file = evaluation.files.emplace_back();
    file.path = "v" + std::to_string(i + 1) + ".txt";
    file.words = 50000;
    file.dim = 100;
    file.analogies.push_back({outcomes[i], 0, {}});
    file.similarity.push_back({cosines[i], 0, {}});
    for (const AnalogyOutcome& outcome : outcomes[i]) file.analogies[0].known += outcome.asked() ? 1 : 0;
    for (const auto& cosine : cosines[i]) file.similarity[0].known += cosine ? 1 : 0;
  }
  score_common(evaluation);
  return evaluation;
}

/// One file: of capitals, ranks 1, 1, 3 and a word unknown; of gram1 none known.
inline Evaluation single_evaluation() {
  return evaluation_of({{ranked(1, "d"), ranked(1, "d"), ranked(3), unknown("c"), unknown("a"), unknown("a b")}},
                       {{{0.1, 0.3, 0.2, std::nullopt}}});
}

/// Two files: of the five questions that both know, the first has 3 right and the second 1, none of them the same but one.
inline Evaluation double_evaluation() {
  return evaluation_of({{ranked(1), ranked(1), ranked(2), ranked(9), ranked(1), unknown("d")},
                        {ranked(1), ranked(2), ranked(3), ranked(9), ranked(2), ranked(1)}},
                       {{{0.1, 0.2, 0.3, 0.4}}, {{0.1, 0.3, 0.2, 0.4}}});
}

}  // namespace word2vec
