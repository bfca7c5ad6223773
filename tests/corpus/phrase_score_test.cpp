#include "corpus/phrase_score.h"

#include <gtest/gtest.h>

#include <cmath>

namespace word2vec {
namespace {

TEST(PhraseScore, IsTheOriginalTools) {
  EXPECT_DOUBLE_EQ(phrase_score(PhraseScore::word2phrase, {25, 50, 40, 10000}, 5), (25.0 - 5) * 10000 / (50 * 40));
  EXPECT_EQ(phrase_score(PhraseScore::word2phrase, {5, 50, 40, 10000}, 5), 0);
  EXPECT_LT(phrase_score(PhraseScore::word2phrase, {4, 50, 40, 10000}, 5), 0) << "no number without a sign goes below zero";
  EXPECT_EQ(phrase_score(PhraseScore::word2phrase, {4, 4, 4, 16}, 0), 4);
}

TEST(PhraseScore, OfIndependentWordsNpmiIsZero) {
  EXPECT_NEAR(phrase_score(PhraseScore::npmi, {10, 100, 1000, 10000}, 5), 0, 1e-12);
  EXPECT_GT(phrase_score(PhraseScore::npmi, {11, 100, 1000, 10000}, 5), 0);
  EXPECT_LT(phrase_score(PhraseScore::npmi, {9, 100, 1000, 10000}, 5), 0);
}

TEST(PhraseScore, OfWordsThatNeverComeApartNpmiIsOne) {
  for (const std::uint64_t count : {5U, 7U, 123U, 5000U}) {
    const double score = phrase_score(PhraseScore::npmi, {count, count, count, 10000}, 5);
    EXPECT_NEAR(score, 1, 1e-12) << count;
    EXPECT_LE(score, 1) << count;
  }
  EXPECT_EQ(phrase_score(PhraseScore::npmi, {1, 1, 1, 1}, 1), 1);
}

TEST(PhraseScore, NpmiFollowsItsDefinition) {
  const double a = 70 / 9000.0, b = 31 / 9000.0, ab = 12 / 9000.0;
  EXPECT_NEAR(phrase_score(PhraseScore::npmi, {12, 70, 31, 9000}, 5), std::log(ab / (a * b)) / -std::log(ab), 1e-12);
  EXPECT_GE(phrase_score(PhraseScore::npmi, {1, 1000000, 1000000, 1000000000000}, 1), -1);
}

TEST(PhraseScore, RarePairsHaveTheLeastNpmi) {
  EXPECT_EQ(phrase_score(PhraseScore::npmi, {4, 4, 4, 10000}, 5), -1);
  EXPECT_EQ(phrase_score(PhraseScore::npmi, {0, 4, 4, 10000}, 0), -1);
}

}  // namespace
}  // namespace word2vec
