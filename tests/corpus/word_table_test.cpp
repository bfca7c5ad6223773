#include "corpus/word_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace word2vec {
namespace {

using namespace std::literals;

struct Found {
  std::string word;
  std::uint64_t count;
};

/// The table's words by id.
std::map<WordId, Found> content(const WordTable& table) {
  std::map<WordId, Found> words;
  table.for_each([&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
    EXPECT_EQ(key.hash(), WordKey::of(word).hash());
    EXPECT_TRUE(words.emplace(id, Found{std::string(word), count}).second) << "twice: " << word;
  });
  return words;
}

/// Lengths around the steps of the hash, few letters, so that near-equal words abound.
std::string random_word(std::mt19937_64& random) {
  std::string word(1 + random() % 36, 'a');
  for (char& c : word) c = static_cast<char>('a' + (random() % 16 == 0));
  return word;
}

TEST(WordTable, CountsAsAMapDoes) {
  std::mt19937_64 random(7);
  std::map<std::string, std::uint64_t> expected;
  WordTable table;
  for (int i = 0; i < 400000; ++i) {
    const std::string word = random_word(random);
    const WordId id = table.add(word);
    ASSERT_EQ(id, table.find(word));
    ++expected[word];
  }
  ASSERT_EQ(table.size(), expected.size());
  ASSERT_GT(table.size(), 40000U) << "too few to make the table grow";
  const auto words = content(table);
  ASSERT_EQ(words.size(), expected.size());
  for (const auto& [id, found] : words) {
    ASSERT_LT(id, table.size());
    EXPECT_EQ(table.find(found.word), id);
    EXPECT_EQ(found.count, expected[found.word]);
  }
}

TEST(WordTable, CountsManyWhosePlacesAreOfBeforeItGrew) {
  std::mt19937_64 random(5);
  WordTable table, expected;
  for (int round = 0; round < 20; ++round) {
    std::vector<std::string> words(500);
    std::vector<WordKey> keys;
    std::vector<std::size_t> places;
    for (std::string& word : words) {
      word = random_word(random);
      keys.push_back(WordKey::of(word));
      places.push_back(table.places().ask_for(keys.back()));
    }
    std::vector<WordId> ids(words.size());
    std::size_t added = 0;
    table.add_all(
        keys, places.data(), ids.data(), [&](std::size_t i) { return std::string_view(words[i]); },
        [&](std::size_t) { ++added; });
    const std::size_t before = expected.size();
    for (std::size_t i = 0; i < words.size(); ++i) ASSERT_EQ(ids[i], expected.add(words[i]));
    EXPECT_EQ(added, expected.size() - before);
  }
  const auto words = content(table), wanted = content(expected);
  ASSERT_EQ(words.size(), wanted.size());
  for (const auto& [id, found] : words) {
    EXPECT_EQ(found.word, wanted.at(id).word);
    EXPECT_EQ(found.count, wanted.at(id).count);
  }
}

TEST(WordTable, AKeyTellsWordsOfAsciiAlone) {
  for (std::size_t size = 1; size <= 20; ++size) {
    EXPECT_EQ(WordKey::of(std::string(size, '\x7F')).is_ascii(), size <= WordKey::most_inline) << size;
    for (std::size_t place = 0; place < size; ++place) {
      for (const char c : {'\0', '\x80', '\xA0', '\xFF', '\x01', '"', '!'}) {
        std::string word(size, 'w');
        word[place] = c;
        const bool ascii = c > 0 && size <= WordKey::most_inline;
        EXPECT_EQ(WordKey::of(word).is_ascii(), ascii) << size << " bytes, number " << place << ": " << int{c};
      }
    }
  }
}

TEST(WordTable, GivesIdsInOrderOfFirstSight) {
  WordTable table;
  EXPECT_EQ(table.add("b"), 0U);
  EXPECT_EQ(table.add("a"), 1U);
  EXPECT_EQ(table.add("b"), 0U);
  EXPECT_EQ(content(table)[0].count, 2U);
  EXPECT_EQ(content(table)[1].word, "a");
}

TEST(WordTable, AddsManyAtOnceIn64Bits) {
  WordTable table;
  table.add("w", 5'000'000'000ULL);
  table.add("w", 5'000'000'000ULL);
  EXPECT_EQ(content(table)[0].count, 10'000'000'000ULL);
}

TEST(WordTable, TellsPaddingFromZeros) {
  WordTable table;
  const std::string zeros(40, '\0');
  for (std::size_t length = 1; length <= zeros.size(); ++length) EXPECT_EQ(table.add(zeros.substr(0, length)), length - 1);
  EXPECT_NE(table.add("a"sv), table.add("a\0"sv));
  EXPECT_NE(table.add("a\0\0"sv), table.add("a\0\0\0\0\0\0\0"sv));
  EXPECT_EQ(table.size(), 44U);
}

TEST(WordTable, TellsPaddingFromSpaces) {
  // No text has such words, but a list may.
  WordTable table;
  const std::string spaces(40, ' ');
  for (std::size_t length = 1; length <= spaces.size(); ++length) EXPECT_EQ(table.add(spaces.substr(0, length)), length - 1);
  WordId next = 40;
  for (const std::string& word : {"a"s, "a "s, "a  "s, " a"s, "a b"s, "a\0 "s, "sixteen bytes..."s, "fifteen bytes.."s}) {
    EXPECT_EQ(table.add(word), next);
    EXPECT_EQ(table.find(word), next);
    EXPECT_EQ(content(table)[next++].word, word);
  }
}

TEST(WordTable, AKeyInTextIsTheWordsOwn) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 1000; ++i) {
    const std::string word = random_word(random), other = random_word(random);
    const WordKey alone = WordKey::of(word);
    const std::string text = word + "\xFF" + other + std::string(WordKey::readable, '\xEE');
    const WordKey in_text = WordKey::in_text(text.data(), static_cast<std::uint32_t>(word.size()));
    EXPECT_EQ(alone.low, in_text.low);
    EXPECT_EQ(alone.high, in_text.high);
    EXPECT_EQ(alone.hash(), in_text.hash());
  }
}

TEST(WordTable, FindsOnlyWhatWasAdded) {
  WordTable table;
  EXPECT_EQ(table.find("a"), dropped_word);
  table.add(std::string(5000, 'x'));
  EXPECT_EQ(table.find(std::string(4999, 'x')), dropped_word);
  EXPECT_EQ(table.find(std::string(5000, 'x')), 0U);
}

TEST(WordTable, GivesEachWordInOneStretchOfHashes) {
  std::mt19937_64 random(9);
  for (const std::size_t words : {0UL, 1UL, 11UL, 12UL, 700UL, 20000UL}) {
    WordTable table;
    while (table.size() < words) table.add(random_word(random) + std::to_string(random() % 9999));
    for (const unsigned bits : {1U, 3U, 12U}) {
      std::map<WordId, int> seen;
      for (std::uint64_t part = 0; part < 1ULL << bits; ++part) {
        const std::uint64_t first = part << (64 - bits), last = first + (1ULL << (64 - bits)) - 1;
        table.for_each(
            [&](const WordKey& key, std::string_view, std::uint64_t, WordId id) {
              EXPECT_EQ(key.hash() >> (64 - bits), part);
              ++seen[id];
            },
            first, last);
      }
      EXPECT_EQ(seen.size(), words);
      for (const auto& [id, times] : seen) ASSERT_EQ(times, 1) << id;
    }
  }
}

TEST(WordTable, IsEmptyWhenCleared) {
  WordTable table;
  for (int i = 0; i < 1000; ++i) table.add("a word of some length, number " + std::to_string(i));
  const std::size_t bytes = table.bytes();
  table.clear();
  EXPECT_EQ(table.size(), 0U);
  EXPECT_TRUE(content(table).empty());
  EXPECT_EQ(table.find("a word of some length, number 5"), dropped_word);
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(table.add("a word of some length, number " + std::to_string(i)), static_cast<WordId>(i));
  EXPECT_EQ(table.bytes(), bytes);
}

}  // namespace
}  // namespace word2vec
