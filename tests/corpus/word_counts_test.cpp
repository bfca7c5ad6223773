#include "corpus/word_counts.h"

#include <map>
#include <random>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class WordCountsTest : public Scratch {};

TEST_F(WordCountsTest, AddsUpWhatThreadsCountedWhereverItIs) {
  for (int round = 0; round < 12; ++round) {
    std::mt19937_64 random(static_cast<unsigned>(round));
    WordCounts counts(folder_);
    std::map<std::string, std::uint64_t> expected;
    std::vector<std::vector<std::string>> words_of;  // by table, by id
    for (std::uint32_t thread = 0; thread < 3; ++thread) {
      WordTable table;
      for (int tables = 0; tables < round % 4 + 1; ++tables) {
        const std::uint32_t number = counts.begin_table(thread);
        words_of.resize(number + 1);
        for (std::uint64_t left = 3000 + random() % 30000; left > 0; --left) {
          std::string word = "w" + std::to_string(random() % (1 + random() % 40000));
          if (random() % 5 == 0) word += " which is long enough for the arena";
          if (random() % 50 == 0) word += "\xFF";
          if (table.add(word) == words_of[number].size()) words_of[number].push_back(word);
          ++expected[word];
        }
        if (tables == round % 4) {
          counts.keep(number, std::move(table));
        } else {
          counts.spill(number, table);
        }
      }
    }
    EXPECT_EQ(counts.spilled(), 3U * (static_cast<unsigned>(round) % 4));
    const VocabularySelection selection =
        counts.select({.min_count = 3, .max_words = 5000}, 1 + static_cast<std::uint32_t>(round) % 3);

    const Vocabulary& vocabulary = selection.vocabulary;
    ASSERT_GT(vocabulary.size(), 500U);
    std::map<std::string, WordId> id_of;
    for (WordId id = 0; id < vocabulary.size(); ++id) {
      ASSERT_EQ(vocabulary.count(id), expected.at(vocabulary.word(id)));
      id_of[vocabulary.word(id)] = id;
    }
    std::uint64_t words = 0, tokens = 0;
    for (const auto& [word, count] : expected) words += 1, tokens += count;
    EXPECT_EQ(selection.dropped.words() + vocabulary.size(), words);
    EXPECT_EQ(selection.dropped.tokens() + vocabulary.tokens(), tokens);
    EXPECT_GT(selection.dropped.invalid_words, 0U);

    for (std::uint32_t table = 0; table < words_of.size(); ++table) {
      const auto map = counts.map_of(table);
      ASSERT_EQ(map->size(), words_of[table].size());
      for (WordId id = 0; id < map->size(); ++id) {
        const auto found = id_of.find(words_of[table][id]);
        ASSERT_EQ((*map)[id], found == id_of.end() ? dropped_word : found->second);
      }
    }
    EXPECT_TRUE(names().empty()) << "the file has a name";
  }
}

TEST_F(WordCountsTest, CountsIn64BitsOnTheDiskToo) {
  WordCounts counts(folder_);
  WordTable table;
  table.add("w", 3'000'000'000ULL);
  counts.spill(counts.begin_table(0), table);
  EXPECT_EQ(table.size(), 0U);
  table.add("w", 3'000'000'000ULL);
  counts.keep(counts.begin_table(0), std::move(table));
  const VocabularySelection selection = counts.select({.min_count = 6'000'000'000ULL, .max_words = 0}, 2);
  ASSERT_EQ(selection.vocabulary.size(), 1U);
  EXPECT_EQ(selection.vocabulary.count(0), 6'000'000'000ULL);
}

TEST_F(WordCountsTest, AddsUpFewButLongWordsOnTheDisk) {
  WordCounts counts(folder_);
  const auto long_word = [](int i) { return std::to_string(i) + std::string(10'000, 'w'); };
  for (int times = 1; times <= 2; ++times) {
    WordTable table;
    for (int i = 0; i < 500 * times; ++i) table.add(long_word(i));
    counts.spill(counts.begin_table(0), table);
  }
  const VocabularySelection selection = counts.select({.min_count = 2, .max_words = 0}, 2);
  EXPECT_EQ(selection.dropped.rare_words, 500U);
  ASSERT_EQ(selection.vocabulary.size(), 500U);
  for (WordId id = 0; id < 500; ++id) EXPECT_LT(std::stoi(selection.vocabulary.word(id)), 500);
}

TEST_F(WordCountsTest, NamesTheMostFrequentWordOfAll) {
  WordCounts counts(folder_);
  WordTable table;
  table.add("b", 2);
  table.add("a", 1);
  table.add("\xFF", 9);
  counts.spill(counts.begin_table(0), table);
  table.add("a", 2);
  counts.keep(counts.begin_table(0), std::move(table));
  const VocabularySelection selection = counts.select({.min_count = 4, .max_words = 0}, 1);
  EXPECT_EQ(selection.vocabulary.size(), 0U);
  EXPECT_EQ(selection.most_frequent, "a");
  EXPECT_EQ(selection.most_frequent_count, 3U);
}

TEST_F(WordCountsTest, NamesTheFolderThatIsMissing) {
  WordCounts counts(path("none"));
  WordTable table;
  table.add("w");
  expect_has(message_of<Error>([&] { counts.spill(counts.begin_table(0), table); }), path("none"));
}

}  // namespace
}  // namespace word2vec
