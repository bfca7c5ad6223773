#include "eval/neighbor_output.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace word2vec {
namespace {

const std::vector<std::string> words = {"king", "queen", "a\"\xFF"};

TEST(NeighborOutputTest, Json) {
  const std::string text =
      format_neighbors(NeighborFormat::json, words, {{"king", {}, ""}, {"x + y", {}, ""}}, {{{1, 0.5F}}, {{2, -1}, {0, 0}}});
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json[0], nlohmann::json::parse(R"({"query": "king", "neighbors": [{"word": "queen", "score": 0.5}]})"));
  EXPECT_EQ(json[1]["query"], "x + y");
  EXPECT_EQ(json[1]["neighbors"][0]["word"], "a\"\xEF\xBF\xBD");
  EXPECT_EQ(json[1]["neighbors"][1]["score"], 0.0);
}

TEST(NeighborOutputTest, TsvAndTable) {
  EXPECT_EQ(format_neighbors(NeighborFormat::tsv, words, {{"x\t+ y", {}, ""}}, {{{1, 0.5F}, {0, 0.25F}}}),
            "x + y\tqueen\t0.5\nx + y\tking\t0.25\n");
  EXPECT_EQ(format_neighbors(NeighborFormat::table, words, {{"x", {}, ""}}, {{{1, 0.5F}, {0, 0.25F}}}),
            "   1  queen  0.500000\n   2  king   0.250000\n");
  EXPECT_EQ(format_neighbors(NeighborFormat::table, words, {{"x", {}, ""}, {"y", {}, ""}}, {{}, {{0, 1}}}),
            "x\n\ny\n   1  king  1.000000\n");
}

}  // namespace
}  // namespace word2vec
