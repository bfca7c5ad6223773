#include "eval/evaluation_table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/eval/small_evaluation.h"

namespace word2vec {
namespace {

void expect_parts(const std::string& table, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) EXPECT_NE(table.find(part), std::string::npos) << part << " is not in\n" << table;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(EvaluationTableTest, SaysUnderWhatConditions) {
  Evaluation evaluation = single_evaluation();
  evaluation.questions.options.method = AnalogyMethod::cos_mul;
  expect_parts(to_table(evaluation, {}), {"the first 30000 of 50000", "case-folded", "3 of 6 questions (50.00%)", "3cosmul",
                                          "66.67%", "0.0-100.0", "0.7778", "n/a", "spearman 0.5000, p = 0.67", "pearson  0.5000",
                                          "pairs    4, used 3 (75.00%), skipped 1", "bootstrap"});
  evaluation.questions.options.restrict_rows = 0;
  evaluation.questions.options.letter_case = CaseRule::folded;
  expect_parts(to_table(evaluation, {}), {"all 50000", "case     case-folded"});
}

TEST(EvaluationTableTest, WhyThereIsNoCorrelation) {
  const std::vector<AnalogyOutcome> outcomes(6, ranked(1));
  expect_parts(to_table(evaluation_of({outcomes}, {{{0.1, {}, {}, {}}}}), {}), {"spearman n/a (fewer than two pairs)"});
  expect_parts(to_table(evaluation_of({outcomes}, {{{0.1, 0.1, 0.1, {}}}}), {}), {"pearson  n/a (the scores or the cosines"});
}

TEST(EvaluationTableTest, LongNamesAreCutBetweenLetters) {
  EXPECT_EQ(in_columns("abc", 5), "abc  ");
  EXPECT_EQ(in_columns("abcdefgh", 6), "abc...");
  EXPECT_EQ(in_columns("\xC3\xA9\xC3\xA9\xC3\xA9", 4), "\xC3\xA9\xC3\xA9\xC3\xA9 ");
  EXPECT_EQ(in_columns("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 4), "\xC3\xA9...");
  Evaluation evaluation = single_evaluation();
  evaluation.questions.analogies[0].sections[0].name = std::string(200, 'x');
  score_common(evaluation);
  expect_parts(to_table(evaluation, {}), {"xxx... "});
}

TEST(EvaluationTableTest, TinyProbabilities) {
  EXPECT_EQ(p_value(0.01234), "p = 0.012");
  EXPECT_EQ(p_value(0), "p < 1e-300");
}

}  // namespace
}  // namespace word2vec
