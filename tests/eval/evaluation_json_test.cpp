#include "eval/evaluation_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/eval/small_evaluation.h"

namespace word2vec {
namespace {

nlohmann::json json_of(const Evaluation& evaluation) { return nlohmann::json::parse(to_json(evaluation, compare(evaluation))); }

TEST(EvaluationJsonTest, OneFileHasTheInterfacesKeys) {
  Evaluation evaluation = single_evaluation();
  evaluation.questions.options.method = AnalogyMethod::cos_mul;
  const auto json = json_of(evaluation);
  EXPECT_EQ(json["vectors"], "v1.txt");
  EXPECT_EQ(json["words"], 50000);
  EXPECT_EQ(json["dim"], 100);
  const auto& analogies = json["analogies"][0];
  EXPECT_EQ(analogies["file"], "q.txt");
  EXPECT_EQ(analogies["method"], "3cosmul");
  EXPECT_EQ(analogies["restrict"], 30000);
  EXPECT_EQ(analogies["sections"][0]["name"], "capitals");
  EXPECT_EQ(analogies["sections"][1]["skipped"], 2);
  EXPECT_EQ(analogies["semantic"]["correct"], 2);
  EXPECT_TRUE(analogies["syntactic"]["accuracy"].is_null());
  EXPECT_TRUE(analogies["syntactic"]["accuracy_interval"].is_null());
  EXPECT_DOUBLE_EQ(analogies["total"]["accuracy"], 2.0 / 3);
  EXPECT_EQ(analogies["total"]["top5"], 3);
  EXPECT_DOUBLE_EQ(analogies["total"]["mrr"], (1 + 1 + 1.0 / 3) / 3);
  EXPECT_LT(analogies["total"]["accuracy_interval"][0], 2.0 / 3);
  EXPECT_GT(analogies["total"]["top5_interval"][0], 0);
  EXPECT_DOUBLE_EQ(analogies["coverage"], 0.5);
  const auto& similarity = json["similarity"][0];
  EXPECT_EQ(similarity["file"], "s\xEF\xBF\xBD.txt");
  EXPECT_EQ(similarity["pairs"], 4);
  EXPECT_EQ(similarity["used"], 3);
  EXPECT_NEAR(similarity["spearman"], 0.5, 1e-12);
  EXPECT_NEAR(similarity["spearman_p"], 2.0 / 3, 1e-12);
  EXPECT_TRUE(similarity["spearman_interval"].is_null());  // of three pairs
  EXPECT_NEAR(similarity["pearson"], 0.5, 1e-12);
  EXPECT_FALSE(json.contains("comparison"));
}

TEST(EvaluationJsonTest, SeveralFilesAreAListOfTheSameShapeAndTheirDifferences) {
  const auto json = json_of(double_evaluation());
  ASSERT_EQ(json["files"].size(), 2U);
  EXPECT_EQ(json["files"][1]["vectors"], "v2.txt");
  EXPECT_EQ(json["files"][1]["analogies"][0]["total"]["correct"], 1);
  EXPECT_EQ(json["files"][1]["analogies"][0]["known"], 6);
  const auto& pair = json["comparison"]["analogies"][0]["pairs"][0];
  EXPECT_EQ(pair["first"], 0);
  EXPECT_EQ(pair["second"], 1);
  EXPECT_EQ(pair["total"]["only_first"], 2);
  EXPECT_NEAR(pair["total"]["difference"], -0.4, 1e-12);
  EXPECT_NEAR(pair["total"]["p"], 0.5, 1e-12);
  EXPECT_EQ(pair["sections"][1]["name"], "gram1");
  const auto& rho = json["comparison"]["similarity"][0]["pairs"][0];
  EXPECT_NEAR(rho["difference"], -0.2, 1e-12);
  EXPECT_EQ(rho["interval"].size(), 2U);
}

}  // namespace
}  // namespace word2vec
