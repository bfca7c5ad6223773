#include "eval/prompt_settings.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

TEST(PromptSettingsTest, ALineChangesOneOption) {
  NeighborOptions options;
  PromptSettings settings(options, true);
  EXPECT_EQ(settings.change(":k 25"), ":k 25");
  EXPECT_EQ(settings.change("  :k  "), ":k 25");
  EXPECT_EQ(settings.change(":restrict 1000"), ":restrict 1000");
  EXPECT_EQ(settings.change(":method 3cosmul"), ":method 3cosmul");
  EXPECT_EQ(options.k, 25U);
  EXPECT_EQ(options.restrict_rows, 1000U);
  EXPECT_EQ(options.method, AnalogyMethod::cos_mul);
  settings.change(":method 3cosadd");
  for (const std::string& metric : PromptSettings::values(":metric")) {
    EXPECT_EQ(settings.change(":metric " + metric), ":metric " + metric);
  }
  EXPECT_EQ(options.metric, Metric::euclidean);
  for (const char* part : {":k 25", ":restrict 1000", ":metric euclidean", ":method 3cosadd"}) {
    EXPECT_NE(settings.help().find(part), std::string::npos) << part;
  }
}

TEST(PromptSettingsTest, WhatIsRefusedChangesNothing) {
  NeighborOptions options;
  PromptSettings settings(options, true);
  const auto refusal = [&](const char* line) { return message_of<UsageError>([&] { settings.change(line); }); };
  for (const char* line : {":k 0", ":k -1", ":k 1.5", ":k x", ":k 99999999999999999999"}) expect_has(refusal(line), "1 or more");
  expect_has(refusal(":restrict -1"), "0 or more");
  expect_has(refusal(":metric l1"), "cosine, dot, euclidean");
  expect_has(refusal(":k 1 2"), "one value");
  expect_has(refusal(":kk 1"), "no ':kk'");
  settings.change(":metric dot");
  expect_has(refusal(":method 3cosmul"), "made of cosines");
  settings.change(":metric cosine");
  settings.change(":method 3cosmul");
  expect_has(refusal(":metric euclidean"), "made of cosines");
  EXPECT_EQ(options.k, 10U);
  EXPECT_EQ(options.metric, Metric::cosine);
}

TEST(PromptSettingsTest, NearestHasNoMethod) {
  NeighborOptions options;
  PromptSettings settings(options, false);
  expect_has(message_of<UsageError>([&] { settings.change(":method 3cosadd"); }), "no ':method'");
  EXPECT_EQ(settings.help().find(":method"), std::string::npos);
}

}  // namespace
}  // namespace word2vec
