// Open addressing with linear probing; the words' bytes lie one after another in an arena. Knows bytes.
#include "corpus/word_table.h"

#include <fmt/format.h>

#include <cstring>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::size_t first_slots = std::size_t{1} << 16;
// Odd numbers with balanced bits, from the digits of pi.
constexpr std::uint64_t key_a = 0x243F6A8885A308D3ULL, key_b = 0x13198A2E03707345ULL;

/// Both halves of the 128-bit product: every bit of the result depends on every bit of both.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = Wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t load(const char* bytes, std::size_t length) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, length);
  return value;
}

/// Sixteen bytes a step; the length goes in too, so that the zeros that pad the last step tell nothing false.
std::uint64_t hash_of(std::string_view word) {
  const char* bytes = word.data();
  std::size_t left = word.size();
  std::uint64_t hash = key_a ^ word.size();
  for (; left > 16; left -= 16, bytes += 16) hash = mix(load(bytes, 8) ^ key_b, load(bytes + 8, 8) ^ hash);
  std::uint64_t low = 0, high = 0;
  if (left >= 8) {
    low = load(bytes, 8);
    high = load(bytes + left - 8, 8);
  } else if (left >= 4) {
    low = load(bytes, 4);
    high = load(bytes + left - 4, 4);
  } else {
    low = load(bytes, left);
  }
  return mix(mix(low ^ key_b, high ^ hash), key_a);
}

}  // namespace

WordTable::WordTable() : slots_(first_slots, dropped_word) {}

std::size_t WordTable::slot_of(std::string_view word, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != dropped_word; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.hash == hash && entry.length == word.size() &&
        std::memcmp(arena_.data() + entry.offset, word.data(), word.size()) == 0) {
      break;
    }
  }
  return slot;
}

WordId WordTable::add(std::string_view word, std::uint64_t times) {
  const std::uint64_t hash = hash_of(word);
  const std::size_t slot = slot_of(word, hash);
  if (slots_[slot] != dropped_word) {
    entries_[slots_[slot]].count += times;
    return slots_[slot];
  }
  if (entries_.size() >= dropped_word) {
    throw Error(
        fmt::format("more than {} different words, at '{:.40}'; split the corpus or check that it is text", dropped_word, word));
  }
  const auto id = static_cast<WordId>(entries_.size());
  entries_.push_back({hash, arena_.size(), word.size(), times});
  arena_.insert(arena_.end(), word.begin(), word.end());
  slots_[slot] = id;
  if (2 * entries_.size() > slots_.size()) grow();
  return id;
}

WordId WordTable::find(std::string_view word) const { return slots_[slot_of(word, hash_of(word))]; }

void WordTable::grow() {
  slots_.assign(2 * slots_.size(), dropped_word);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < entries_.size(); ++id) {
    std::size_t slot = entries_[id].hash & mask;
    while (slots_[slot] != dropped_word) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<WordId>(id);
  }
}

}  // namespace word2vec
