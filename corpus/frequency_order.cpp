// A radix sort by count and the words' first bytes, and what few words these leave equal compared whole.
#include "corpus/frequency_order.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace word2vec {
namespace {

struct Key {
  std::uint64_t rarity, prefix;  // ascending; the first eight bytes decide almost always
  WordId number;
};

std::uint64_t prefix_of(std::string_view word) {
  std::uint64_t prefix = 0;
  for (std::size_t byte = 0; byte < 8; ++byte) {
    prefix = prefix << 8U | (byte < word.size() ? static_cast<unsigned char>(word[byte]) : 0U);
  }
  return prefix;
}

/// Sorts by one of a key's numbers, from its lowest digit to its highest, and leaves in order what is equal in it.
void sort_by(std::uint64_t Key::*part, std::vector<Key>& keys, std::vector<Key>& room) {
  constexpr unsigned digit_bits = 11;
  constexpr std::size_t digits = std::size_t{1} << digit_bits;
  std::uint64_t differing = 0;
  for (const Key& key : keys) differing |= key.*part ^ keys.front().*part;
  for (unsigned shift = 0; shift < 64; shift += digit_bits) {
    if ((differing >> shift) % digits == 0) continue;
    const auto digit_of = [=](const Key& key) { return key.*part >> shift & (digits - 1); };
    std::array<std::size_t, digits> place{};
    for (const Key& key : keys) ++place[digit_of(key)];
    std::size_t before = 0;
    for (std::size_t& its : place) before += std::exchange(its, before);
    for (const Key& key : keys) room[place[digit_of(key)]++] = key;
    keys.swap(room);
  }
}

}  // namespace

std::vector<WordId> frequency_order(const std::vector<std::string>& words, const std::vector<std::uint64_t>& counts) {
  std::vector<Key> keys(words.size()), room(words.size());
  for (WordId i = 0; i < words.size(); ++i) keys[i] = {~counts[i], prefix_of(words[i]), i};
  sort_by(&Key::prefix, keys, room);
  sort_by(&Key::rarity, keys, room);
  const auto same = [](const Key& a, const Key& b) { return a.rarity == b.rarity && a.prefix == b.prefix; };
  const auto before = [&](const Key& a, const Key& b) { return words[a.number] < words[b.number]; };
  for (auto first = keys.begin(); first != keys.end();) {
    const auto last = std::find_if_not(first, keys.end(), [&](const Key& key) { return same(*first, key); });
    if (last - first > 1) std::sort(first, last, before);
    first = last;
  }
  std::vector<WordId> order;
  order.reserve(keys.size());
  for (const Key& key : keys) order.push_back(key.number);
  return order;
}

}  // namespace word2vec
