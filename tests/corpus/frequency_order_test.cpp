#include "corpus/frequency_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <set>

namespace word2vec {
namespace {

/// The same by comparing pairs of words.
std::vector<WordId> slowly(const std::vector<std::string>& words, const std::vector<std::uint64_t>& counts) {
  std::vector<WordId> order(words.size());
  std::iota(order.begin(), order.end(), WordId{0});
  std::ranges::sort(order,
                    [&](WordId a, WordId b) { return counts[a] != counts[b] ? counts[a] > counts[b] : words[a] < words[b]; });
  return order;
}

TEST(FrequencyOrder, IsByCountThenBytesOnAnyNumberOfThreads) {
  std::mt19937_64 random(11);
  for (const std::size_t size : {0UL, 1UL, 2UL, 300UL, 20000UL}) {
    // Any bytes, lengths around the eight that are looked at first, and much that is alike.
    std::set<std::string> different;
    while (different.size() < size) {
      std::string word(random() % 12, random() % 4 == 0 ? '\0' : 'a');
      for (char& c : word) c = random() % 3 == 0 ? static_cast<char>(random()) : c;
      different.insert(word + std::to_string(random() % 1000));
    }
    std::vector<std::string> words(different.begin(), different.end());
    std::ranges::shuffle(words, random);
    for (const std::uint64_t most : {std::uint64_t{1}, std::uint64_t{3}, std::uint64_t{5000}, std::uint64_t{1} << 40U,
                                     std::numeric_limits<std::uint64_t>::max()}) {
      std::vector<std::uint64_t> counts;
      for (std::size_t i = 0; i < words.size(); ++i) counts.push_back(random() % most);
      const std::vector<WordId> expected = slowly(words, counts);
      for (const std::uint32_t threads : {1U, 2U, 3U, 7U}) {
        EXPECT_EQ(frequency_order(words, counts, threads), expected)
            << size << " words, counts below " << most << ", " << threads << " threads";
      }
    }
  }
}

TEST(FrequencyOrder, TellsAWordFromOneThatGoesOn) {
  using namespace std::literals;
  const std::vector<std::string> words{"a\0"s, "a", "a\0\0\0\0\0\0\0\0b"s, "a\0\0\0\0\0\0\0\0"s, "\xFF", "B"};
  EXPECT_EQ(frequency_order(words, {1, 1, 1, 1, 1, 1}), (std::vector<WordId>{5, 1, 0, 3, 2, 4}));
}

}  // namespace
}  // namespace word2vec
