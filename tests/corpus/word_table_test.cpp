#include "corpus/word_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace word2vec {
namespace {

using namespace std::literals;

TEST(WordTable, CountsAsAMapDoes) {
  std::mt19937_64 random(7);
  std::map<std::string, std::uint64_t> expected;
  WordTable table;
  for (int i = 0; i < 400000; ++i) {
    // Lengths around the steps of the hash, few letters, so that near-equal words abound.
    std::string word(1 + random() % 36, 'a');
    for (char& c : word) c = static_cast<char>('a' + (random() % 16 == 0));
    const WordId id = table.add(word);
    ++expected[word];
    ASSERT_EQ(table.word(id), word);
  }
  ASSERT_EQ(table.size(), expected.size());
  ASSERT_GT(table.size(), 40000U) << "too few to make the table grow";
  for (const auto& [word, count] : expected) {
    const WordId id = table.find(word);
    ASSERT_LT(id, table.size());
    EXPECT_EQ(table.word(id), word);
    EXPECT_EQ(table.count(id), count);
  }
}

TEST(WordTable, GivesIdsInOrderOfFirstSight) {
  WordTable table;
  EXPECT_EQ(table.add("b"), 0U);
  EXPECT_EQ(table.add("a"), 1U);
  EXPECT_EQ(table.add("b"), 0U);
  EXPECT_EQ(table.count(0), 2U);
}

TEST(WordTable, AddsManyAtOnceIn64Bits) {
  WordTable table;
  table.add("w", 5'000'000'000ULL);
  table.add("w", 5'000'000'000ULL);
  EXPECT_EQ(table.count(0), 10'000'000'000ULL);
}

TEST(WordTable, TellsPaddingFromZeros) {
  WordTable table;
  EXPECT_NE(table.add("a"sv), table.add("a\0"sv));
  EXPECT_NE(table.add("a\0\0"sv), table.add("a\0\0\0\0\0\0\0"sv));
  EXPECT_EQ(table.add(""sv), table.add(""sv));
  EXPECT_EQ(table.size(), 5U);
}

TEST(WordTable, FindsOnlyWhatWasAdded) {
  WordTable table;
  EXPECT_EQ(table.find("a"), dropped_word);
  table.add(std::string(5000, 'x'));
  EXPECT_EQ(table.find(std::string(4999, 'x')), dropped_word);
  EXPECT_EQ(table.find(std::string(5000, 'x')), 0U);
}

}  // namespace
}  // namespace word2vec
