// A small language made by the tests: royals and commoners of two genders in four ranks, so that its analogies are known.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace word2vec::testing {

inline std::string generated_language(int sentences, unsigned seed = 5) {
  const std::vector<std::string> males = {"king", "man", "prince", "uncle"}, females = {"queen", "woman", "princess", "aunt"};
  const std::vector<std::string> his = {"he", "his", "him", "beard"}, her = {"she", "her", "hers", "gown"};
  const std::vector<std::vector<std::string>> ranks = {
      {"crown", "throne", "palace"}, {"street", "work", "house"}, {"heir", "castle", "young"}, {"family", "gift", "visit"}};
  std::mt19937 random(seed);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::string text;
  for (int s = 0; s < sentences; ++s) {
    const std::size_t rank = pick(4);
    const bool female = pick(2) == 1;
    const std::vector<std::string>& gendered = female ? her : his;
    const std::size_t first = pick(4), second = (first + 1 + pick(3)) % 4, third = pick(3), fourth = (third + 1 + pick(2)) % 3;
    std::vector<std::string> words = {(female ? females : males)[rank], gendered[first], gendered[second], ranks[rank][third],
                                      ranks[rank][fourth]};
    std::shuffle(words.begin(), words.end(), random);
    for (const std::string& word : words) text += word + " ";
    text.back() = '\n';
  }
  return text;
}

}  // namespace word2vec::testing
