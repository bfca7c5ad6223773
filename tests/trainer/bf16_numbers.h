// Numbers as products of bf16 take them, for the twins of those products.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace word2vec {

inline float cut(float x) { return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) & 0xFFFF0000U); }
inline float rounded(float x) { return cut(std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) + 0x8000U)); }

/// Those of the rows, by number.
inline std::vector<float*> pointers(std::vector<std::vector<float>>& rows, const std::vector<std::size_t>& which) {
  std::vector<float*> all;
  for (const std::size_t row : which) all.push_back(rows[row].data());
  return all;
}

}  // namespace word2vec
