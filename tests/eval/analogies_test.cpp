#include "eval/analogies.h"

#include <cmath>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

std::string refusal(std::string_view content) {
  return message_of<Error>([&] { parse_analogies(content, "q.txt"); });
}

TEST(AnalogiesTest, ReadsSectionsAndQuestions) {
  const auto sections = parse_analogies(": one\r\na b c d\r\n\r\n:two words \n  e\tf  g h\n: none\n", "q.txt");
  ASSERT_EQ(sections.size(), 3U);
  EXPECT_EQ(sections[0].name, "one");
  EXPECT_EQ(sections[0].questions, (std::vector<std::array<std::string, 4>>{{"a", "b", "c", "d"}}));
  EXPECT_EQ(sections[1].name, "two words");
  EXPECT_EQ(sections[1].questions[0][3], "h");
  EXPECT_TRUE(sections[2].questions.empty());
}

TEST(AnalogiesTest, RefusesWhatIsNoQuestionFile) {
  expect_has(refusal(": s\na b c d\na b c\n"), "q.txt:3");
  expect_has(refusal(": s\na b c\n"), "3 words");
  expect_has(refusal(": s\n\na b c d e\n"), "q.txt:3");
  expect_has(refusal("a b c d\n: s\n"), "before the first section, q.txt:1");
  expect_has(refusal(""), "q.txt");
  expect_has(refusal("\n \n"), "no analogy question");
  expect_has(refusal(": s\n: t\n"), "no analogy question");
  expect_has(refusal(std::string("\x7F"
                                 "ELF\0\1\2\n\xFF\xFE\0",
                                 11)),
             "q.txt:1");
}

/// On a plane at angles of whole degrees, b - a + c points near the angle b - a + c.
Embeddings circle(const std::vector<std::pair<std::string, double>>& words) {
  Matrix vectors(words.size(), 2);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < words.size(); ++i) {
    names.push_back(words[i].first);
    const double angle = words[i].second * 3.14159265358979 / 180, length = 1 + static_cast<double>(i);
    vectors.row(i)[0] = static_cast<float>(length * std::cos(angle));
    vectors.row(i)[1] = static_cast<float>(length * std::sin(angle));
  }
  return {std::move(names), std::move(vectors)};
}

TEST(AnalogiesTest, CountsBySectionAndKind) {
  const Embeddings embeddings = circle({{"a", 0}, {"b", 20}, {"c", 50}, {"d", 70}, {"far", 200}, {"rare", 71}});
  const auto sections = parse_analogies(
      ": places\na b c d\nA B C D\na b c nowhere\n: gram1\na b c far\na b c d\n: grammar-less\na b a b\n: empty\n", "q");
  const AnalogyScores scores = score_analogies(embeddings, sections, AnalogyMethod::cos_add, 5);
  ASSERT_EQ(scores.sections.size(), 4U);
  EXPECT_EQ(scores.sections[0].second, (AnalogyTally{2, 2, 1}));
  EXPECT_EQ(scores.sections[1].second, (AnalogyTally{1, 2, 0}));
  EXPECT_EQ(scores.sections[2].second, (AnalogyTally{0, 1, 0}));  // its answer is a given word, which is never an answer
  EXPECT_EQ(scores.sections[3].second, AnalogyTally());
  EXPECT_EQ(scores.semantic, (AnalogyTally{2, 2, 1}));
  EXPECT_EQ(scores.syntactic, (AnalogyTally{1, 3, 0}));
  EXPECT_EQ(scores.total, (AnalogyTally{3, 5, 1}));
}

TEST(AnalogiesTest, AWordBeyondTheCutIsSkippedAndAnswersNothing) {
  const Embeddings embeddings = circle({{"a", 0}, {"b", 20}, {"c", 50}, {"near", 68}, {"d", 70}});
  const auto sections = parse_analogies(": s\na b c near\na b c d\n", "q");
  EXPECT_EQ(score_analogies(embeddings, sections, AnalogyMethod::cos_add, 4).total, (AnalogyTally{1, 1, 1}));
  EXPECT_EQ(score_analogies(embeddings, sections, AnalogyMethod::cos_add, 3).total, (AnalogyTally{0, 0, 2}));
}

}  // namespace
}  // namespace word2vec
