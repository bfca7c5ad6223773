// A radix sort by count and the words' first bytes, and what few words these leave equal compared whole; each thread sorts words
// of counts of its own.
#include "corpus/frequency_order.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <string_view>
#include <utility>

#include "corpus/parallel.h"

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

/// Words that one thread sorts: those that come from `least` to `most` times, which have their places from `first` on.
struct Part {
  std::uint64_t least, most;
  std::size_t first, words;
};

/// About equally many words each, the most frequent first.
std::vector<Part> parts_of(const std::vector<std::uint64_t>& counts, std::uint32_t threads) {
  constexpr std::uint64_t frequent = 4096;  // few words come so often
  std::vector<std::size_t> words(frequent + 1);
  for (const std::uint64_t count : counts) ++words[std::min(count, frequent)];
  std::vector<Part> parts{{frequent, ~std::uint64_t{0}, 0, 0}};
  for (std::uint64_t count = frequent;; --count) {
    Part& part = parts.back();
    part.least = count;
    part.words += words[count];
    if (count == 0) return parts;
    const std::size_t end = part.first + part.words;
    if (end >= counts.size() * parts.size() / threads && parts.size() < threads) parts.push_back({count, count - 1, end, 0});
  }
}

void order_part(const std::vector<std::string>& words, const std::vector<std::uint64_t>& counts, const Part& part,
                WordId* order) {
  std::vector<Key> keys, room(part.words);
  keys.reserve(part.words);
  for (WordId i = 0; i < words.size(); ++i) {
    if (counts[i] >= part.least && counts[i] <= part.most) keys.push_back({~counts[i], prefix_of(words[i]), i});
  }
  sort_by(&Key::prefix, keys, room);
  sort_by(&Key::rarity, keys, room);
  const auto same = [](const Key& a, const Key& b) { return a.rarity == b.rarity && a.prefix == b.prefix; };
  const auto before = [&](const Key& a, const Key& b) { return words[a.number] < words[b.number]; };
  for (auto first = keys.begin(); first != keys.end();) {
    const auto last = std::find_if_not(first, keys.end(), [&](const Key& key) { return same(*first, key); });
    if (last - first > 1) std::sort(first, last, before);
    first = last;
  }
  for (const Key& key : keys) *order++ = key.number;
}

}  // namespace

std::vector<WordId> frequency_order(const std::vector<std::string>& words, const std::vector<std::uint64_t>& counts,
                                    std::uint32_t threads) {
  std::vector<WordId> order(words.size());
  const std::vector<Part> parts = parts_of(counts, threads);
  std::atomic<bool> failed{false};
  run_threads(static_cast<std::uint32_t>(parts.size()), failed,
              [&](std::uint32_t thread) { order_part(words, counts, parts[thread], order.data() + parts[thread].first); });
  return order;
}

}  // namespace word2vec
