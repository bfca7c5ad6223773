#include "trainer/alias_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace word2vec {

AliasTable::AliasTable(std::span<const double> weights) : cells_(weights.size()) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> scaled(weights.begin(), weights.end());
  std::vector<WordId> small, large;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    scaled[i] *= static_cast<double>(scaled.size()) / sum;
    (scaled[i] < 1 ? small : large).push_back(static_cast<WordId>(i));
  }
  while (!small.empty() && !large.empty()) {
    const WordId poor = small.back(), rich = large.back();
    small.pop_back();
    cells_[poor] = {static_cast<std::uint32_t>(scaled[poor] * 0x1.0p32), rich};
    scaled[rich] -= 1 - scaled[poor];
    if (scaled[rich] < 1) {
      large.pop_back();
      small.push_back(rich);
    }
  }
  // What is left is 1 but for rounding: both sides are its own.
  for (const WordId i : small) cells_[i] = {UINT32_MAX, i};
  for (const WordId i : large) cells_[i] = {UINT32_MAX, i};
}

void AliasTable::draw(Random& random, std::span<WordId> words) const {
  constexpr std::size_t ahead = 64;
  std::array<std::uint64_t, ahead> numbers;
  Random source = random;  // in registers
  const auto ask = [&](std::size_t i) {
    numbers[i % ahead] = cell_and_side(source.next());
    __builtin_prefetch(&cells_[numbers[i % ahead] >> 32]);
  };
  for (std::size_t i = 0; i < std::min(ahead, words.size()); ++i) ask(i);
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = drawn(numbers[i % ahead]);
    if (i + ahead < words.size()) ask(i + ahead);
  }
  random = source;
}

AliasTable noise_table(std::span<const std::uint64_t> counts) {
  std::vector<double> weights(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) weights[i] = std::pow(static_cast<double>(counts[i]), 0.75);
  return AliasTable(weights);
}

}  // namespace word2vec
