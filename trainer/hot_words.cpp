#include "trainer/hot_words.h"

#include <algorithm>
#include <utility>

namespace word2vec {

std::size_t SharedWords::count_for(std::size_t words, std::size_t stride) {
  return std::min(words, (std::size_t{1} << 20) / (2 * stride * sizeof(float)));
}

std::uint32_t HotWords::exchange_after(std::uint32_t threads) {
  // Measured: with 16 occurrences two threads learn as well as one, while eight learn badly or not at all. What the others have
  // learned meanwhile grows with their number, and so does what each adds to it. More often than 4 is slower than sharing.
  constexpr std::uint32_t most_in_all = 64, least = 4;
  const std::uint32_t occurrences = threads < 2 ? 0 : most_in_all / (threads * threads);
  return occurrences < least ? 0 : occurrences;
}

HotWords::HotWords(SharedWords& shared, std::uint32_t exchange_after)
    : shared_(shared), exchange_after_(exchange_after), occurrences_(shared.busy.size()) {
  for (Copies& copies : copies_) {
    copies.own = Matrix(occurrences_.size(), shared.input.columns);
    copies.base = Matrix(occurrences_.size(), shared.input.columns);
    if (shared.input.sums != nullptr) copies.own_sums.resize(occurrences_.size());
    copies.base_sums = copies.own_sums;
  }
  exchange_all();  // of nothing learned: takes the rows over
}

Rows<float> HotWords::seen(Rows<float> shared, Copies& copies) const {
  shared.hot = copies.own.row(0);
  shared.hot_sums = copies.own_sums.data();
  shared.hot_rows = occurrences_.size();
  return shared;
}

void HotWords::exchange(std::size_t word) {
  while (shared_.busy[word].exchange(true, std::memory_order_acquire)) {
  }
  for (auto& [shared, copies] : {std::pair(shared_.input, &copies_[0]), std::pair(shared_.output, &copies_[1])}) {
    float *const all = shared.row(word), *const own = copies->own.row(word), *const base = copies->base.row(word);
    for (std::size_t i = 0; i < shared.columns; ++i) all[i] = own[i] = base[i] = all[i] + (own[i] - base[i]);
    if (shared.sums == nullptr) continue;
    float &sum = shared.sums[word], &own_sum = copies->own_sums[word], &base_sum = copies->base_sums[word];
    sum = own_sum = base_sum = sum + (own_sum - base_sum);
  }
  shared_.busy[word].store(false, std::memory_order_release);
}

}  // namespace word2vec
