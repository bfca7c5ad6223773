#include "corpus/pair_table.h"

#include <bit>
#include <utility>

namespace word2vec {
namespace {

constexpr std::size_t first_slots = 64;

unsigned shift_for(std::size_t slots) { return 64U - static_cast<unsigned>(std::countr_zero(slots)); }

}  // namespace

PairTable::PairTable() : slots_(first_slots), shift_(shift_for(first_slots)) {}

void PairTable::grow() {
  const std::vector<NumberedPair> old = std::exchange(slots_, std::vector<NumberedPair>(2 * slots_.size()));
  shift_ = shift_for(slots_.size());
  for (const NumberedPair& entry : old) {
    if (entry.number != 0) *slot_of(entry.pair) = entry;
  }
}

std::vector<NumberedPair> PairTable::take() {
  std::vector<NumberedPair> pairs = std::exchange(slots_, std::vector<NumberedPair>(first_slots));
  std::erase_if(pairs, [](const NumberedPair& entry) { return entry.number == 0; });
  shift_ = shift_for(first_slots);
  size_ = 0;
  return pairs;
}

}  // namespace word2vec
