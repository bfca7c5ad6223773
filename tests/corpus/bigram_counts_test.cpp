#include "corpus/bigram_counts.h"

#include <atomic>
#include <map>
#include <random>

#include "corpus/io/error.h"
#include "corpus/parallel.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using Counts = std::map<WordPair, std::uint64_t>;

class BigramCountsTest : public Scratch {
 protected:
  /// Pairs as a text has them: few that come often, and many that come once.
  static std::vector<WordPair> random_pairs(std::size_t count) {
    std::mt19937_64 random(7);
    std::vector<WordPair> pairs;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t range = 1 + random() % 5000;
      pairs.push_back(pair_of(static_cast<WordId>(random() % range), static_cast<WordId>(random() % range)));
    }
    pairs.insert(pairs.end(), {pair_of(0, 0), pair_of(dropped_word - 1, dropped_word - 1), pair_of(0, 1), pair_of(1, 0)});
    return pairs;
  }

  static void count_all(BigramCounts& counts, const std::vector<WordPair>& pairs, std::uint32_t threads) {
    std::atomic<bool> failed{false};
    std::atomic<std::uint64_t> added{0};
    std::atomic<std::size_t> next{0};
    run_threads(threads, failed, [&](std::uint32_t) {
      BigramCounts::Counter counter(counts);
      for (std::size_t i; (i = next++) < pairs.size();) counter.add(pairs[i]);
      counter.finish();
      added += counter.added();
    });
    EXPECT_EQ(added, pairs.size());
  }

  /// Every pair is shown once.
  static Counts shown(BigramCounts& counts, std::uint32_t threads) {
    Counts all;
    std::mutex lock;
    counts.for_each(threads, [&](std::span<const NumberedPair> pairs) {
      const std::lock_guard guard(lock);
      for (const auto& [pair, count] : pairs) EXPECT_TRUE(all.emplace(pair, count).second) << pair;
    });
    return all;
  }
};

TEST_F(BigramCountsTest, CountsAsAMapDoesInAnyMemoryOnAnyThreads) {
  const std::vector<WordPair> pairs = random_pairs(300000);
  Counts expected;
  for (const WordPair pair : pairs) ++expected[pair];
  for (const std::uint32_t threads : {1U, 2U, 7U}) {
    for (const std::uint64_t memory : {std::uint64_t{1} << 18, std::uint64_t{1} << 20, std::uint64_t{1} << 30}) {
      BigramCounts counts(folder_, memory);
      count_all(counts, pairs, threads);
      EXPECT_EQ(counts.spilled() > BigramCounts::shards, memory < std::uint64_t{1} << 30) << memory;
      EXPECT_TRUE(shown(counts, threads) == expected) << threads << " threads, " << memory << " bytes";
    }
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(BigramCountsTest, NothingIsNothing) {
  BigramCounts counts(path("none"), 1 << 20);
  BigramCounts::Counter(counts).finish();
  EXPECT_TRUE(shown(counts, 2).empty());
}

TEST_F(BigramCountsTest, AFolderThatIsMissingIsAnErrorOnceItIsNeeded) {
  BigramCounts counts(path("none"), 1 << 18);
  expect_has(message_of<Error>([&] { count_all(counts, random_pairs(300000), 2); }), path("none"));
}

TEST_F(BigramCountsTest, WhatAVisitThrowsIsThrown) {
  BigramCounts counts(folder_, 1 << 20);
  count_all(counts, random_pairs(10), 1);
  EXPECT_EQ(message_of<Error>([&] { counts.for_each(3, [](std::span<const NumberedPair>) { throw Error("enough"); }); }),
            "enough");
}

}  // namespace
}  // namespace word2vec
