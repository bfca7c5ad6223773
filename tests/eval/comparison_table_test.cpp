#include <gtest/gtest.h>

#include <sstream>

#include "eval/evaluation_table.h"
#include "tests/eval/small_evaluation.h"

namespace word2vec {
namespace {

std::string table_of(const Evaluation& evaluation) { return to_table(evaluation, compare(evaluation)); }

TEST(ComparisonTableTest, FilesStandSideBySide) {
  const std::string table = table_of(double_evaluation());
  for (const char* part :
       {"file 2: v2.txt, 50000 words", "the 5 of 6 questions whose words all files know",
        "known to the file                    5           6", "60.00%", "20.00%",
        "file 1 and 2: -40.00 points, 2 right only in 1, 0 only in 2, p = 0.5", "McNemar", "file 1 and 2: -0.2000 ("}) {
    EXPECT_NE(table.find(part), std::string::npos) << part << " is not in\n" << table;
  }
  EXPECT_EQ(table.find("%*"), std::string::npos);
}

TEST(ComparisonTableTest, WhatDiffersIsMarkedAndManyFilesFitTheWidth) {
  std::vector<AnalogyOutcome> good(60, ranked(1)), bad(60, ranked(2));
  Evaluation evaluation;
  const std::array<std::string, 4> words = {"a", "b", "c", "d"};
  evaluation.questions.analogies.push_back({"q.txt", {{std::string(50, 's'), {60, words}}}});
  for (int i = 0; i < 12; ++i) {
    VectorsResult& file = evaluation.files.emplace_back();
    file.analogies.push_back({i % 2 == 0 ? good : bad, 60, {}});
  }
  score_common(evaluation);
  const std::string table = table_of(evaluation);
  EXPECT_NE(table.find("100.00%       0.00%*    100.00%       0.00%*    100.00%\n"), std::string::npos) << table;
  EXPECT_NE(table.find("file 12"), std::string::npos);
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
}

}  // namespace
}  // namespace word2vec
