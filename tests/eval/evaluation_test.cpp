#include "eval/evaluation.h"

#include <gtest/gtest.h>

#include "tests/eval/small_evaluation.h"
#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

TEST(EvaluationTest, AsksEveryFile) {
  const Embeddings embeddings({"a", "b", "c", "d"}, matrix_of({{1, 0}, {1, 1}, {0, 1}, {-1, 2}}));
  Questions questions;
  questions.analogies.push_back({"q", {{"s", {{"a", "b", "c", "d"}, {"a", "b", "c", "x"}}}}});
  questions.similarity.push_back({"p", {{"a", "b", 3}, {"a", "c", 2}, {"x", "a", 1}}});
  const VectorsResult result = evaluate(questions, "v", embeddings);
  EXPECT_EQ(result.words, 4U);
  EXPECT_EQ(result.dim, 2U);
  EXPECT_EQ(result.analogies.at(0).known, 1U);
  EXPECT_EQ(result.analogies[0].scores.total, (AnalogyTally{1, 1, 1, 1, 1}));
  EXPECT_EQ(result.similarity.at(0).known, 2U);
  EXPECT_EQ(result.similarity[0].scores.skipped, 1U);
  EXPECT_NEAR(result.similarity[0].scores.spearman.value(), 1, 1e-12);
}

TEST(EvaluationTest, SeveralFilesAreScoredOnWhatAllKnow) {
  const Evaluation evaluation = double_evaluation();
  EXPECT_EQ(common_questions(evaluation, 0), (std::vector<bool>{true, true, true, true, true, false}));
  const AnalogyResult &first = evaluation.files[0].analogies[0], &second = evaluation.files[1].analogies[0];
  EXPECT_EQ(first.known, 5U);
  EXPECT_EQ(second.known, 6U);
  EXPECT_EQ(first.scores.total.asked, 5U);
  EXPECT_EQ(first.scores.total.correct, 3U);
  EXPECT_EQ(second.scores.total.asked, 5U);
  EXPECT_EQ(second.scores.total.correct, 1U);  // its other right answer is to a question that the first does not know
  EXPECT_EQ(second.scores.syntactic.skipped, 1U);
}

TEST(EvaluationTest, PairsThatOneFileLacksCountForNone) {
  std::vector<AnalogyOutcome> outcomes(6, ranked(1));
  const Evaluation evaluation = evaluation_of({outcomes, outcomes}, {{{0.1, 0.2, 0.9, 0.4}}, {{0.1, 0.3, std::nullopt, 0.4}}});
  EXPECT_EQ(common_pairs(evaluation, 0), (std::vector<bool>{true, true, false, true}));
  EXPECT_EQ(evaluation.files[0].similarity[0].scores.used, 3U);
  EXPECT_NEAR(evaluation.files[0].similarity[0].scores.spearman.value(), 1, 1e-12);
}

}  // namespace
}  // namespace word2vec
