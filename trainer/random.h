// Random numbers whose streams come from a place: (seed, epoch, position). Knows bits; nothing here is shared between threads.
#pragma once

#include <cstdint>

namespace word2vec {

__extension__ typedef unsigned __int128 Wide;  // a product of two 64-bit numbers

/// SplitMix64's finaliser (Steele et al. 2014): a bijection of 64 bits in which every output bit depends on every input bit.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

/// The key of one stream: what it is for, and the numbers that name its place.
constexpr std::uint64_t stream_key(std::uint64_t seed, std::uint64_t purpose, std::uint64_t place) {
  return mix(mix(mix(seed + 0x9E3779B97F4A7C15U) ^ (purpose * 0xD1B54A32D192ED03U)) + place * 0x9E3779B97F4A7C15U);
}

/// The number at `position` of the stream `key`, without the ones before it.
constexpr std::uint64_t random_at(std::uint64_t key, std::uint64_t position) {
  return mix(key + (position + 1) * 0x9E3779B97F4A7C15U);
}

/// xoshiro256** (Blackman and Vigna 2018), period 2^256 - 1; all 64 bits are good.
class Random {
 public:
  explicit Random(std::uint64_t key) {
    for (std::uint64_t i = 0; i < 4; ++i) state_[i] = random_at(key, i);
  }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// Uniform in 0..bound-1 from the high bits (Lemire 2019); its bias, below bound / 2^64, cannot be seen.
  std::uint64_t below(std::uint64_t bound) { return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64); }

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  static constexpr std::uint64_t rotate(std::uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
  std::uint64_t state_[4];
};

}  // namespace word2vec
