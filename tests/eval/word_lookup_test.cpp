#include "eval/word_lookup.h"

#include <gtest/gtest.h>

namespace word2vec {
namespace {

Embeddings words_only(std::vector<std::string> words) {
  const std::size_t count = words.size();
  return {std::move(words), Matrix(count, 1)};
}

TEST(WordLookupTest, ExactBeforeFoldedBeforeNothing) {
  const Embeddings embeddings = words_only({"paris", "Paris", "STRASSE", "\xC3\x89t\xC3\xA9"});
  WordLookup lookup(embeddings);
  EXPECT_EQ(lookup.find("Paris"), 1U);
  EXPECT_EQ(lookup.find("paris"), 0U);
  EXPECT_EQ(lookup.find("PARIS"), 0U);  // the more frequent of the two
  EXPECT_EQ(lookup.find("stra\xC3\x9F"
                        "e"),
            2U);  // full folding: sharp s is ss
  EXPECT_EQ(lookup.find("\xC3\xA9T\xC3\x89"), 3U);
  EXPECT_EQ(lookup.find("london"), std::nullopt);
}

TEST(WordLookupTest, BeyondTheCutThereIsNothing) {
  const Embeddings embeddings = words_only({"paris", "Paris", "rome"});
  WordLookup lookup(embeddings, 1);
  EXPECT_EQ(lookup.rows(), 1U);
  EXPECT_EQ(lookup.find("Paris"), 0U);  // its own row is cut
  EXPECT_EQ(lookup.find("rome"), std::nullopt);
  EXPECT_EQ(WordLookup(embeddings, 0).rows(), 3U);
  EXPECT_EQ(WordLookup(embeddings, 9).rows(), 3U);
}

TEST(WordLookupTest, BytesThatAreNotUtf8MatchExactly) {
  const Embeddings embeddings = words_only({"a\xFF", "A\xFE"});
  WordLookup lookup(embeddings);
  EXPECT_EQ(lookup.find("A\xFE"), 1U);
  EXPECT_EQ(lookup.find("A\xFF"), std::nullopt);
}

TEST(WordLookupTest, OtherRulesOfCase) {
  const Embeddings embeddings = words_only({"paris", "Paris", "rome", "PARIS"});
  WordLookup exact(embeddings, 0, CaseRule::exact);
  EXPECT_EQ(exact.find("Paris"), 1U);
  EXPECT_EQ(exact.find("Rome"), std::nullopt);
  EXPECT_EQ(exact.same_word(1), std::vector<std::size_t>{1});
  WordLookup folded(embeddings, 0, CaseRule::folded);
  EXPECT_EQ(folded.find("Paris"), 0U);
  EXPECT_EQ(folded.same_word(0), (std::vector<std::size_t>{0, 1, 3}));
  EXPECT_EQ(folded.same_word(folded.find("ROME").value()), std::vector<std::size_t>{2});
  WordLookup cut(embeddings, 2, CaseRule::folded);
  EXPECT_EQ(cut.same_word(cut.find("PARIS").value()), (std::vector<std::size_t>{0, 1}));
}

}  // namespace
}  // namespace word2vec
