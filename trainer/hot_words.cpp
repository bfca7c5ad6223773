#include "trainer/hot_words.h"

#include <algorithm>
#include <utility>

namespace word2vec {

std::size_t SharedWords::count_for(std::size_t words, std::size_t stride) {
  return std::min(words, (std::size_t{1} << 20) / (2 * stride * sizeof(float)));
}

std::uint32_t HotWords::exchange_after(std::uint32_t threads, Model model) {
  // Measured: with so many two threads learn as well as one, and with twice as many worse by blocks and in CBOW, which moves each
  // context by the whole error; eight with 16 learn badly or not at all. What the others have learned meanwhile grows with their
  // number, and so does what each adds to it. More often than 4 is slower than sharing.
  constexpr std::uint32_t most_in_all = 64, least = 4;
  if (threads == 2 && model == Model::skipgram) return 32;
  const std::uint32_t occurrences = threads < 2 ? 0 : most_in_all / (threads * threads);
  return occurrences < least ? 0 : occurrences;
}

HotWords::HotWords(SharedWords& shared, std::uint32_t exchange_after)
    : shared_(shared),
      exchange_after_(exchange_after),
      occurrences_(shared.locks.size() + 1),
      due_(shared.locks.size() + 1),
      memory_(4 * shared.locks.size(), shared.input.columns),
      rows_(memory_, shared.input.has_sums()),
      input_(copies_from(0)),
      output_(copies_from(2 * shared.locks.size())) {
  exchange_all();  // of nothing learned: takes the rows over
}

HotWords::Copies HotWords::copies_from(std::size_t row) const {
  Rows<float> own = rows_.rows(), base = own;
  const auto begin_at = [](Rows<float>& rows, std::size_t first) {
    rows.places[0].row = rows.row(first);
    if (rows.has_sums()) rows.places[0].sum = rows.sum(first);
  };
  begin_at(own, row);
  begin_at(base, row + shared_.locks.size());
  return {own, base};
}

Rows<float> HotWords::seen(Rows<float> shared, const Copies& copies) const {
  shared.places[1] = copies.own.places[0];
  shared.hot_rows = shared_.locks.size();
  return shared;
}

void HotWords::exchange_due() {
  constexpr std::size_t words_ahead = 4;  // another core's rows are far away
  for (std::size_t i = 0; i < due_words_ + words_ahead; ++i) {
    if (i < due_words_) ask_for(due_[i]);
    if (i < words_ahead) continue;
    const WordId word = due_[i - words_ahead];
    occurrences_[word] = 0;
    exchange(word);
  }
  due_words_ = 0;
}

void HotWords::ask_for(std::size_t word) const {
  __builtin_prefetch(&shared_.locks[word], 1);
  for (const Rows<float>* rows : {&shared_.input, &shared_.output})
    rows->has_sums() ? prefetch_row<true>(*rows, word, Cache::first_level) : prefetch_row<false>(*rows, word, Cache::first_level);
}

void HotWords::exchange(std::size_t word) {
  std::atomic<bool>& taken = shared_.locks[word].taken;
  while (taken.exchange(true, std::memory_order_acquire)) {
  }
  const auto add_and_take = [](float& all, float& own, float& base) { all = own = base = all + (own - base); };
  for (const auto& [shared, copies] : {std::pair(&shared_.input, &input_), std::pair(&shared_.output, &output_)}) {
    const Rows<float>&own = copies->own, &base = copies->base;
    for (std::size_t i = 0; i < shared->columns; ++i) add_and_take(shared->row(word)[i], own.row(word)[i], base.row(word)[i]);
    if (shared->has_sums()) add_and_take(*shared->sum(word), *own.sum(word), *base.sum(word));
  }
  taken.store(false, std::memory_order_release);
}

}  // namespace word2vec
