#include "corpus/pair_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace word2vec {
namespace {

TEST(PairTable, AddsAndFindsAsAMapDoes) {
  std::mt19937_64 random(3);
  PairTable table;
  std::map<WordPair, std::uint64_t> expected;
  for (int i = 0; i < 20000; ++i) {
    const WordPair pair = pair_of(static_cast<WordId>(random() % 100), static_cast<WordId>(random() % 100));
    const std::uint64_t number = 1 + random() % (std::uint64_t{1} << 40);
    table.add(pair, number);
    expected[pair] += number;
  }
  EXPECT_EQ(table.size(), expected.size());
  for (const auto& [pair, number] : expected) EXPECT_EQ(table.find(pair), number);
  EXPECT_EQ(table.find(pair_of(100, 0)), 0U);
  std::map<WordPair, std::uint64_t> taken;
  for (const auto& [pair, number] : table.take()) taken[pair] = number;
  EXPECT_TRUE(taken == expected);
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(table.find(expected.begin()->first), 0U);
  EXPECT_EQ(table.bytes(), PairTable().bytes());
}

TEST(PairTable, OrderMatters) {
  EXPECT_NE(pair_of(1, 2), pair_of(2, 1));
  EXPECT_EQ(first_of(pair_of(7, 9)), 7U);
  EXPECT_EQ(second_of(pair_of(7, 9)), 9U);
}

/// Ids are small and come one after the other; all bits of the hash must serve all the same.
TEST(PairTable, HashesOfNearPairsAreFarApart) {
  std::map<std::uint64_t, int> low, high;
  for (WordId first = 0; first < 256; ++first) {
    for (WordId second = 0; second < 256; ++second) {
      const std::uint64_t hash = hash_of(pair_of(first, second));
      ++low[hash % 256];
      ++high[hash >> 56U];
    }
  }
  for (const auto& counts : {low, high}) {
    EXPECT_EQ(counts.size(), 256U);
    for (const auto& [bucket, count] : counts) EXPECT_LT(count, 512) << bucket;  // 256 is the mean
  }
}

}  // namespace
}  // namespace word2vec
