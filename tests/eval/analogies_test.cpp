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

std::vector<AnalogyOutcome> ask(const Embeddings& embeddings, std::string_view questions, std::uint64_t cut,
                                CaseRule rule = CaseRule::exact_first) {
  return ask_analogies(embeddings, parse_analogies(questions, "q"), {AnalogyMethod::cos_add, cut, rule});
}

AnalogyTally total_of(const std::vector<AnalogyOutcome>& outcomes) {
  AnalogyTally tally;
  for (const AnalogyOutcome& outcome : outcomes) tally.add(outcome, true);
  return tally;
}

TEST(AnalogiesTest, CountsBySectionAndKind) {
  const Embeddings embeddings = circle({{"a", 0}, {"b", 20}, {"c", 50}, {"d", 70}, {"far", 200}, {"rare", 71}});
  const auto sections = parse_analogies(
      ": places\na b c d\nA B C D\na b c nowhere\n: gram1\na b c far\na b c d\n: grammar-less\na b a b\n: empty\n", "q");
  const auto outcomes = ask_analogies(embeddings, sections, {AnalogyMethod::cos_add, 5, CaseRule::exact_first});
  std::vector<bool> use(outcomes.size(), true);
  const AnalogyScores scores = tally_analogies(sections, outcomes, use);
  ASSERT_EQ(scores.sections.size(), 4U);
  EXPECT_EQ(scores.sections[0].second, (AnalogyTally{2, 2, 1, 2, 2}));
  EXPECT_EQ(scores.sections[1].second, (AnalogyTally{1, 2, 0, 2, 1.5}));  // of d and far, far is the second
  EXPECT_EQ(scores.sections[2].second, (AnalogyTally{0, 1, 0, 0, 0}));    // its answer is a given word, which is never an answer
  EXPECT_EQ(scores.sections[3].second, AnalogyTally());
  EXPECT_EQ(scores.semantic, (AnalogyTally{2, 2, 1, 2, 2}));
  EXPECT_EQ(scores.syntactic, (AnalogyTally{1, 3, 0, 2, 1.5}));
  EXPECT_EQ(scores.total, (AnalogyTally{3, 5, 1, 4, 3.5}));
  use[0] = false;
  EXPECT_EQ(tally_analogies(sections, outcomes, use).sections[0].second, (AnalogyTally{1, 1, 2, 1, 1}));
}

TEST(AnalogiesTest, AWordBeyondTheCutIsSkippedAndAnswersNothing) {
  const Embeddings embeddings = circle({{"a", 0}, {"b", 20}, {"c", 50}, {"near", 68}, {"d", 70}});
  const std::string_view questions = ": s\na b c near\na b c d\n";
  EXPECT_EQ(total_of(ask(embeddings, questions, 4)), (AnalogyTally{1, 1, 1, 1, 1}));
  EXPECT_EQ(total_of(ask(embeddings, questions, 3)), (AnalogyTally{0, 0, 2, 0, 0}));
}

TEST(AnalogiesTest, AnOutcomeTellsWhatHappened) {
  const Embeddings embeddings = circle({{"a", 0}, {"b", 20}, {"c", 50}, {"near", 69}, {"d", 75}});
  const auto outcomes = ask(embeddings, ": s\na b c d\na b c near\na x c y\na b c a\n", 0);
  ASSERT_EQ(outcomes.size(), 4U);
  EXPECT_EQ(outcomes[0].answer, "near");
  EXPECT_EQ(outcomes[0].rank, 2U);
  EXPECT_FALSE(outcomes[0].right());
  EXPECT_GT(outcomes[0].answer_score, outcomes[0].expected_score);
  EXPECT_TRUE(outcomes[1].right());
  EXPECT_EQ(outcomes[1].answer_score, outcomes[1].expected_score);
  EXPECT_FALSE(outcomes[2].asked());
  EXPECT_EQ(outcomes[2].missing, "x y");
  EXPECT_EQ(outcomes[3].rank, 0U);
  EXPECT_TRUE(outcomes[3].asked() && !outcomes[3].right());
}

TEST(AnalogiesTest, TheCaseRuleDecidesWhatIsTheSameWord) {
  // D is nearest, then A, which is a given word but for its case, then d.
  const Embeddings embeddings = circle({{"a", 0}, {"b", 20}, {"c", 50}, {"D", 70}, {"C", 71}, {"d", 75}, {"e", 90}});
  const auto outcome = [&](std::string_view question, CaseRule rule) { return ask(embeddings, question, 0, rule)[0]; };
  EXPECT_EQ(outcome(": s\na b c d\n", CaseRule::exact_first).rank, 3U);
  EXPECT_EQ(outcome(": s\na b c d\n", CaseRule::exact).rank, 3U);
  EXPECT_EQ(outcome(": s\na b c d\n", CaseRule::folded).rank, 1U);
  EXPECT_EQ(outcome(": s\na b c E\n", CaseRule::exact).missing, "E");
  EXPECT_EQ(outcome(": s\na b c E\n", CaseRule::exact_first).rank, 4U);
  EXPECT_EQ(outcome(": s\na b c E\n", CaseRule::folded).rank, 3U);  // after D and d: C is a given word
}

TEST(AnalogiesTest, WordsThatAreNotUtf8MatchByteForByte) {
  const Embeddings embeddings = circle({{"a\xFF", 0}, {"b", 20}, {"c", 50}, {"d", 70}});
  EXPECT_TRUE(ask(embeddings, ": \xFE\na\xFF b c d\n", 0)[0].right());
  EXPECT_EQ(ask(embeddings, ": \xFE\na\xFE b c d\n", 0)[0].missing, "a\xFE");
}

}  // namespace
}  // namespace word2vec
