#include "eval/similarity.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"
#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

std::string refusal(std::string_view content) {
  return message_of<Error>([&] { parse_similarity(content, "s.txt"); });
}

TEST(SimilarityTest, ReadsEverySeparator) {
  for (const char* content : {"# from 1965\na\tb\t1.5\nc\td\t-2\n", "a b 1.5\r\n\r\nc  d\t-2", "a,b,1.5\nc, d, -2\n",
                              "Word 1,Word 2,Human (mean)\na,b,1.5\nc,d,-2\n", "word1\tword2\tscore\na b 1.5\n#x\nc d -2.0\n"}) {
    const auto pairs = parse_similarity(content, "s.txt");
    ASSERT_EQ(pairs.size(), 2U) << content;
    EXPECT_EQ(pairs[0].left + "|" + pairs[0].right, "a|b");
    EXPECT_EQ(pairs[1].left + "|" + pairs[1].right, "c|d");
    EXPECT_EQ(pairs[0].score, 1.5);
    EXPECT_EQ(pairs[1].score, -2);
  }
}

TEST(SimilarityTest, RefusesWhatIsNoPair) {
  expect_has(refusal("a b 1\na b x\n"), "s.txt:2");  // only the first line may be a header
  expect_has(refusal("h h h\nh h h\n"), "s.txt:2");
  expect_has(refusal("a b\n"), "s.txt:1");
  expect_has(refusal("a b 1 2\n"), "s.txt:1");
  expect_has(refusal("a b 1\na\t\t1\n"), "s.txt:2");
  expect_has(refusal("a b 1\na b nan\n"), "s.txt:2");
  expect_has(refusal("a b 1\na b 1x\n"), "s.txt:2");
  expect_has(refusal(""), "no word pair");
  expect_has(refusal("# only\n"), "no word pair");
}

TEST(SimilarityTest, CorrelatesWithCosines) {
  // Cosines with x: 1 (same direction), 0, -1, and 0 for the row of zeros.
  const Embeddings embeddings({"x", "same", "across", "against", "zero"}, matrix_of({{1, 0}, {5, 0}, {0, 2}, {-3, 0}, {0, 0}}));
  const auto pairs = parse_similarity("x same 10\nX across 5\nx AGAINST 0\nx none 7\n", "s");
  const SimilarityScores scores = score_similarity(embeddings, pairs);
  EXPECT_EQ(scores.pairs, 4U);
  EXPECT_EQ(scores.used, 3U);
  EXPECT_EQ(scores.skipped, 1U);
  EXPECT_NEAR(scores.spearman.value(), 1, 1e-12);
  EXPECT_NEAR(scores.pearson.value(), 1, 1e-12);
  const auto with_zero = score_similarity(embeddings, parse_similarity("x same 3\nx zero 2\nx against 1\n", "s"));
  EXPECT_NEAR(with_zero.pearson.value(), 1, 1e-12);
}

TEST(SimilarityTest, OnePairHasNoCorrelation) {
  const Embeddings embeddings({"x", "y"}, matrix_of({{1, 0}, {1, 1}}));
  const SimilarityScores scores = score_similarity(embeddings, parse_similarity("x y 1\nx z 2\n", "s"));
  EXPECT_EQ(scores.used, 1U);
  EXPECT_FALSE(scores.spearman || scores.pearson);
}

}  // namespace
}  // namespace word2vec
