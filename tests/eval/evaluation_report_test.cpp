#include "eval/evaluation_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace word2vec {
namespace {

EvaluationReport sample() {
  AnalogyScores scores;
  scores.sections = {{"capitals", {3, 4, 1}}, {"gram1", {0, 0, 2}}};
  scores.semantic = {3, 4, 1};
  scores.syntactic = {0, 0, 2};
  scores.total = {3, 4, 3};
  EvaluationReport report{"v.txt", 50000, 100, {}, {}};
  report.analogies.push_back({"q.txt", AnalogyMethod::cos_mul, 30000, scores});
  report.similarity.push_back({"s\xFF.txt", {5, 4, 1, 0.5, std::nullopt}});
  return report;
}

TEST(EvaluationReportTest, JsonHasTheInterfacesKeys) {
  const auto json = nlohmann::json::parse(to_json(sample()));
  EXPECT_EQ(json["vectors"], "v.txt");
  EXPECT_EQ(json["words"], 50000);
  EXPECT_EQ(json["dim"], 100);
  const auto& analogies = json["analogies"][0];
  EXPECT_EQ(analogies["file"], "q.txt");
  EXPECT_EQ(analogies["method"], "3cosmul");
  EXPECT_EQ(analogies["restrict"], 30000);
  EXPECT_EQ(analogies["sections"][0]["name"], "capitals");
  EXPECT_EQ(analogies["sections"][1]["skipped"], 2);
  EXPECT_EQ(analogies["semantic"]["correct"], 3);
  EXPECT_TRUE(analogies["syntactic"]["accuracy"].is_null());
  EXPECT_DOUBLE_EQ(analogies["total"]["accuracy"], 0.75);
  EXPECT_DOUBLE_EQ(analogies["coverage"], 4.0 / 7);
  const auto& similarity = json["similarity"][0];
  EXPECT_EQ(similarity["file"], "s\xEF\xBF\xBD.txt");
  EXPECT_EQ(similarity["pairs"], 5);
  EXPECT_EQ(similarity["used"], 4);
  EXPECT_EQ(similarity["spearman"], 0.5);
  EXPECT_TRUE(similarity["pearson"].is_null());
}

TEST(EvaluationReportTest, TheTableSaysUnderWhatConditions) {
  const std::string table = to_table(sample());
  for (const char* part : {"the first 30000 of 50000", "case-folded", "4 of 7 questions (57.14%)", "3cosmul", "75.00%", "n/a",
                           "spearman 0.5000", "pearson  n/a", "pairs    5, used 4 (80.00%), skipped 1"}) {
    EXPECT_NE(table.find(part), std::string::npos) << part << " is not in\n" << table;
  }
  EvaluationReport uncut = sample();
  uncut.analogies[0].restrict_rows = 0;
  EXPECT_NE(to_table(uncut).find("all 50000"), std::string::npos);
}

}  // namespace
}  // namespace word2vec
