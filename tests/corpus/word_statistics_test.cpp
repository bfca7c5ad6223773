#include "corpus/word_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace word2vec {
namespace {

TEST(WordStatistics, AgreeWithSortedCounts) {
  std::mt19937 random(2);
  std::vector<std::uint64_t> counts;
  WordStatistics parts[3];
  for (int i = 0; i < 5000; ++i) {
    counts.push_back(1 + 5000 / (1 + random() % 5000));
    parts[i % 3].add(counts.back());
  }
  WordStatistics all;
  for (const WordStatistics& part : parts) all += part;
  std::ranges::sort(counts, std::greater<>());
  for (const std::uint64_t n : {0U, 1U, 2U, 100U, 4999U, 5000U, 9000U}) {
    std::uint64_t tokens = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(n, counts.size()); ++i) tokens += counts[i];
    EXPECT_EQ(all.most_frequent(n).words, std::min<std::uint64_t>(n, 5000));
    EXPECT_EQ(all.most_frequent(n).tokens, tokens);
  }
  for (const std::uint64_t least : {0U, 1U, 2U, 5U, 1023U, 1024U, 1025U, 5001U, 5002U}) {
    std::uint64_t words = 0, tokens = 0;
    for (const std::uint64_t count : counts) {
      if (count >= least) ++words, tokens += count;
    }
    EXPECT_EQ(all.at_least(least).words, words) << least;
    EXPECT_EQ(all.at_least(least).tokens, tokens) << least;
  }
}

TEST(WordStatistics, NamesTheMostFrequentInvalidWordsInWhateverOrderTheyCome) {
  const std::vector<std::pair<std::string, std::uint64_t>> words = {
      {"\xFA", 1}, {"\xFB", 9}, {"\xFC", 2}, {"\xFD", 2}, {"\xFE", 1}};
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  do {
    WordStatistics first, second;
    for (std::size_t i = 0; i < order.size(); ++i)
      (i < 2 ? first : second).add_invalid(words[order[i]].first, words[order[i]].second);
    first += second;
    ASSERT_EQ(first.invalid_examples(),
              (std::vector<std::pair<std::string, std::uint64_t>>{{"\xFB", 9}, {"\xFC", 2}, {"\xFD", 2}}));
    EXPECT_EQ(first.invalid().words, 5U);
    EXPECT_EQ(first.all().tokens, 15U);
    EXPECT_EQ(first.at_least(1).words, 0U);
  } while (std::ranges::next_permutation(order).found);
}

TEST(WordStatistics, TheTableTellsWhatEachCutKeeps) {
  WordStatistics statistics;
  EXPECT_EQ(coverage_table(statistics), "would keep                   words          tokens      of all\n");
  for (int i = 0; i < 40000; ++i) statistics.add(i < 10 ? 10000 : 1);
  statistics.add_invalid("\xFF", 10);
  EXPECT_EQ(coverage_table(statistics),
            "would keep                   words          tokens      of all\n"
            "--min-count 1                40000          139990     99.99 %\n"
            "--min-count 2                   10          100000     71.43 %\n"
            "--max-vocab 10000            10000          109990     78.56 %\n"
            "--max-vocab 30000            30000          129990     92.85 %\n");
}

}  // namespace
}  // namespace word2vec
