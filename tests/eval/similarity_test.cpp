#include "eval/similarity.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"
#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

std::string refusal(std::string_view content) {
  return message_of<Error>([&] { parse_similarity(content, "s.txt"); });
}

SimilarityScores correlated(const Embeddings& embeddings, const std::vector<SimilarityPair>& pairs) {
  return correlate(pairs, pair_cosines(embeddings, pairs));
}

TEST(SimilarityTest, ReadsEverySeparator) {
  for (const char* content : {"# from 1965\na\tb\t1.5\nc\td\t-2\n",
                              "\xEF\xBB\xBF"
                              "a b 1.5\r\n\r\nc  d\t-2",
                              "a\tb\t+1.5\nc\td\t-2e0\n", "a,b,1.5\nc, d, -2\n", "Word 1,Word 2,Human (mean)\na,b,1.5\nc,d,-2\n",
                              "word1\tword2\tscore\na b 1.5\n#x\nc d -2.0\n"}) {
    const auto pairs = parse_similarity(content, "s.txt");
    ASSERT_EQ(pairs.size(), 2U) << content;
    EXPECT_EQ(pairs[0].left + "|" + pairs[0].right, "a|b");
    EXPECT_EQ(pairs[1].left + "|" + pairs[1].right, "c|d");
    EXPECT_EQ(pairs[0].score, 1.5);
    EXPECT_EQ(pairs[1].score, -2);
  }
}

TEST(SimilarityTest, RefusesWhatIsNoPair) {
  expect_has(refusal("a b 1\na b x\n"), "s.txt:2");            // only the first line may be a header
  for (const char* score : {"nan", "inf", "-inf", "1e999"}) {  // and a number that is no score is none
    expect_has(refusal(std::string("a b ") + score + "\nb c 1\n"), "s.txt:1");
  }
  expect_has(refusal("h h h\nh h h\n"), "s.txt:2");
  expect_has(refusal("a b\n"), "s.txt:1");
  expect_has(refusal("a b 1 2\n"), "s.txt:1");
  expect_has(refusal("a b 1\na\t\t1\n"), "s.txt:2");
  expect_has(refusal("a b 1\na b nan\n"), "s.txt:2");
  expect_has(refusal("a b 1\na b 1x\n"), "s.txt:2");
  expect_has(refusal("a b 1\na b inf\n"), "s.txt:2");
  expect_has(refusal("a b 1\na b 1e999\n"), "s.txt:2");
  expect_has(refusal(""), "no word pair");
  expect_has(refusal("# only\n"), "no word pair");
}

TEST(SimilarityTest, CorrelatesWithCosines) {
  // Cosines with x: 1 (same direction), 0, -1, and 0 for the row of zeros.
  const Embeddings embeddings({"x", "same", "across", "against", "zero"}, matrix_of({{1, 0}, {5, 0}, {0, 2}, {-3, 0}, {0, 0}}));
  const auto pairs = parse_similarity("x same 10\nX across 5\nx AGAINST 0\nx none 7\n", "s");
  const SimilarityScores scores = correlated(embeddings, pairs);
  EXPECT_EQ(scores.pairs, 4U);
  EXPECT_EQ(scores.used, 3U);
  EXPECT_EQ(scores.skipped, 1U);
  EXPECT_NEAR(scores.spearman.value(), 1, 1e-12);
  EXPECT_NEAR(scores.pearson.value(), 1, 1e-12);
  const auto with_zero = correlated(embeddings, parse_similarity("x same 3\nx zero 2\nx against 1\n", "s"));
  EXPECT_NEAR(with_zero.pearson.value(), 1, 1e-12);
}

TEST(SimilarityTest, OnePairHasNoCorrelation) {
  const Embeddings embeddings({"x", "y"}, matrix_of({{1, 0}, {1, 1}}));
  const SimilarityScores scores = correlated(embeddings, parse_similarity("x y 1\nx z 2\n", "s"));
  EXPECT_EQ(scores.used, 1U);
  EXPECT_FALSE(scores.spearman || scores.pearson);
}

TEST(SimilarityTest, ConstantScoresHaveNoCorrelation) {
  const Embeddings embeddings({"x", "y", "z"}, matrix_of({{1, 0}, {1, 1}, {0, 1}}));
  const SimilarityScores scores = correlated(embeddings, parse_similarity("x y 2\nx z 2\ny z 2\n", "s"));
  EXPECT_EQ(scores.used, 3U);
  EXPECT_FALSE(scores.spearman || scores.pearson);
}

TEST(SimilarityTest, TheCaseRuleDecidesWhichRow) {
  const Embeddings embeddings({"x", "y", "X"}, matrix_of({{1, 0}, {1, 0}, {-1, 0}}));
  const auto pairs = parse_similarity("X y 1\nX Y 1\n", "s");
  EXPECT_EQ(pair_cosines(embeddings, pairs, CaseRule::exact_first), (std::vector<std::optional<double>>{-1, -1}));
  EXPECT_EQ(pair_cosines(embeddings, pairs, CaseRule::folded), (std::vector<std::optional<double>>{1, 1}));
  EXPECT_EQ(pair_cosines(embeddings, pairs, CaseRule::exact), (std::vector<std::optional<double>>{-1, std::nullopt}));
}

}  // namespace
}  // namespace word2vec
