#include "corpus/phrase_joiner.h"

#include "corpus/phrases.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using Pairs = std::vector<std::pair<const char*, const char*>>;

PhraseJoiner joiner_of(const std::vector<Pairs>& passes, const std::string& join = "_") {
  Phrases phrases{.options = {.join = join}, .passes = {}, .account = {}};
  for (const Pairs& pairs : passes) {
    phrases.passes.emplace_back();
    for (const auto& [first, second] : pairs) phrases.passes.back().phrases.push_back({first, second, 1, 1});
  }
  return PhraseJoiner(std::make_shared<const PhraseTables>(phrases));
}

std::string joined(PhraseJoiner& joiner, std::string text) {
  const std::size_t size = text.size();
  text.resize(size + Tokenizer::readable_behind, 'x');
  return std::string(joiner({text.data(), size}));
}

TEST(PhraseJoiner, JoinsFromTheLeftWithoutOverlap) {
  PhraseJoiner joiner = joiner_of({{{"a", "b"}, {"b", "c"}, {"x", "x"}}});
  EXPECT_EQ(joined(joiner, "a b c\n"), "a_b c\n");
  EXPECT_EQ(joined(joiner, "b c a b\n"), "b_c a_b\n");
  EXPECT_EQ(joined(joiner, "x x x x x\n"), "x_x x_x x\n");
  EXPECT_EQ(joined(joiner, "a q b\n"), "a q b\n") << "another word parts them";
  EXPECT_EQ(joiner.joined(), 5U);
}

TEST(PhraseJoiner, KeepsLinesAndMakesOneSpaceOfMany) {
  PhraseJoiner joiner = joiner_of({{{"a", "b"}}});
  EXPECT_EQ(joined(joiner, "\n  a \t b \r\n\n \n a\nb\n"), "\na_b\n\n\na\nb\n");
  EXPECT_EQ(joined(joiner, "a "), "a ") << "of a line that goes on";
  EXPECT_EQ(joined(joiner, ""), "");
  const std::string longest(5000, 'w');
  EXPECT_EQ(joined(joiner, longest + " a b " + longest + "\n"), longest + " a_b " + longest + "\n");
}

TEST(PhraseJoiner, APassSeesWhatTheOnesBeforeHaveJoined) {
  PhraseJoiner joiner =
      joiner_of({{{"new", "york"}}, {{"new_york", "times"}, {"city", "new_york"}}, {{"the", "new_york_times"}}});
  EXPECT_EQ(joined(joiner, "the new york times\n"), "the_new_york_times\n");
  EXPECT_EQ(joined(joiner, "city new york times new_york times york\n"), "city_new_york times new_york_times york\n")
      << "a word of the text that looks like a phrase is one";
}

TEST(PhraseJoiner, JoinsByAnyText) {
  PhraseJoiner dotted = joiner_of({{{"a", "b"}}, {{"a·b", "c"}}}, "·");
  EXPECT_EQ(joined(dotted, "a b c\n"), "a·b·c\n");
  PhraseJoiner bare = joiner_of({{{"東", "京"}}}, "");
  EXPECT_EQ(joined(bare, "東 京\n"), "東京\n");
}

TEST(PhraseJoiner, CutsWhereNoPassJoins) {
  const PhraseJoiner one = joiner_of({{{"a", "b"}}});
  EXPECT_EQ(one.place_to_cut("q a b "), 2U);
  EXPECT_EQ(one.place_to_cut("q a b a"), 6U) << "b and a are not joined, only a and b";
  EXPECT_EQ(one.place_to_cut("q\na b "), 2U) << "a line end parts them";
  EXPECT_EQ(one.place_to_cut("q\n "), 2U);
  EXPECT_EQ(one.place_to_cut("a b "), 0U);
  EXPECT_EQ(one.place_to_cut("a "), 0U) << "what is before it is not known";
  EXPECT_EQ(one.place_to_cut(""), 0U);
  // a_b, then b_c as the end and the beginning of what a later pass joins.
  const PhraseJoiner two = joiner_of({{{"a", "b"}, {"c", "d"}}, {{"a_b", "c_d"}, {"a_b", "e"}}});
  EXPECT_EQ(two.place_to_cut("q b c "), 2U);
  EXPECT_EQ(two.place_to_cut("q b e "), 2U);
  EXPECT_EQ(two.place_to_cut("q d e "), 4U);
}

}  // namespace
}  // namespace word2vec
