#include "eval/spelling.h"

#include <gtest/gtest.h>

#include <random>

namespace word2vec {
namespace {

TEST(SpellingTest, CountsEdits) {
  EXPECT_EQ(edit_distance("king", "king"), 0U);
  EXPECT_EQ(edit_distance("kign", "king"), 1U);  // a swap
  EXPECT_EQ(edit_distance("kng", "king"), 1U);
  EXPECT_EQ(edit_distance("kings", "king"), 1U);
  EXPECT_EQ(edit_distance("sing", "king"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);  // optimal string alignment: no letter inside a swap
}

TEST(SpellingTest, ALetterIsAUtf8Sequence) {
  EXPECT_EQ(edit_distance("caf\xC3\xA9", "cafe"), 1U);
  EXPECT_EQ(edit_distance("\xE4\xB8\xAD\xE5\x9B\xBD", "\xE5\x9B\xBD\xE4\xB8\xAD"), 1U);
  EXPECT_EQ(edit_distance("\xFF\x80\x80\x80\x80", ""), 2U);  // not UTF-8: counted somehow, without harm
}

TEST(SpellingTest, FewestEditsFirstThenTheMostFrequent) {
  const std::vector<std::string> words = {"the", "ring", "king", "kin", "sign", "kings"};
  EXPECT_EQ(near_spellings(words, "kign").front(), "king");
  EXPECT_EQ(near_spellings(words, "kingg"), (std::vector<std::string>{"king", "kings", "ring"}));
  EXPECT_EQ(near_spellings({"woman", "homann"}, "womann"),
            (std::vector<std::string>{"woman", "homann"}));  // whatever their lengths
  EXPECT_EQ(near_spellings(words, "kign", 1), (std::vector<std::string>{"king"}));
  EXPECT_TRUE(near_spellings(words, "watermelon").empty());
  EXPECT_TRUE(near_spellings(words, std::string(5000, 'k')).empty());
  EXPECT_TRUE(near_spellings({"a", "b"}, "c").empty());
}

/// The look through all words stops early at words that cannot be near; none that is may be lost by that.
TEST(SpellingTest, FindsAllThatAreNear) {
  std::mt19937 random(5);
  const auto word_of = [&](std::size_t length) {
    std::string word;
    while (word.size() < length) word += static_cast<char>('a' + random() % 3);
    return word;
  };
  std::vector<std::string> words;
  for (int i = 0; i < 400; ++i) words.push_back(word_of(1 + random() % 9));
  for (int i = 0; i < 50; ++i) {
    const std::string wanted = word_of(4 + random() % 4);  // of 4 to 7 letters: two edits are near
    std::size_t near = 0;
    for (const std::string& word : words) near += edit_distance(wanted, word) <= 2 ? 1 : 0;
    EXPECT_EQ(near_spellings(words, wanted, words.size()).size(), near) << wanted;
  }
}

TEST(SpellingTest, HintReadsAsTheEndOfASentence) {
  EXPECT_EQ(spelling_hint({"king"}, "kign"), "; did you mean 'king'?");
  EXPECT_EQ(spelling_hint({"a"}, "watermelon"), "; no word is spelt nearly like it, give another");
}

}  // namespace
}  // namespace word2vec
