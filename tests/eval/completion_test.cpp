#include "eval/completion.h"

#include <gtest/gtest.h>

namespace word2vec {
namespace {

using Views = std::vector<std::string_view>;

TEST(CompletionTest, GivesTheFirstWordsAndWhatAllShare) {
  const std::vector<std::string> words = {"the", "then", "other", "thence", "thenceforth", "t"};
  EXPECT_EQ(complete(words, "the", 2).first, (Views{"the", "then"}));
  EXPECT_EQ(complete(words, "the", 2).count, 4U);
  EXPECT_EQ(complete(words, "the", 2).rest, "");  // "the" itself is one of them
  EXPECT_EQ(complete(words, "thenc", 9).rest, "e");
  EXPECT_EQ(complete(words, "o", 9).rest, "ther");
  EXPECT_EQ(complete(words, "x", 9).count, 0U);
  EXPECT_EQ(complete(words, "thenceforthwith", 9).count, 0U);
  EXPECT_EQ(complete(words, "", 9).count, 6U);
  EXPECT_EQ(complete({}, "", 9).rest, "");
}

TEST(CompletionTest, NeverEndsWithinALetter) {
  // e with an acute and with a grave: C3 A9 and C3 A8.
  const std::vector<std::string> words = {"caf\xC3\xA9", "caf\xC3\xA8s", "\xE5\x8C\x97\xE4\xBA\xAC", "\xE5\x8C\x97\xE4\xBA\xBA"};
  EXPECT_EQ(complete(words, "c", 9).rest, "af");
  EXPECT_EQ(complete(words, "caf", 9).rest, "");
  EXPECT_EQ(complete(words, "caf\xC3\xA8", 9).rest, "s");
  EXPECT_EQ(complete(words, "\xE5\x8C\x97", 9).rest, "");
}

TEST(CompletionTest, WordsThatCannotBeTypedAreNoChoice) {
  const std::vector<std::string> words = {"a\xFF", "ab", "a\xC3"};
  EXPECT_EQ(complete(words, "a", 9).count, 1U);
  EXPECT_EQ(complete(words, "a", 9).rest, "b");
}

}  // namespace
}  // namespace word2vec
