// The matrix registers of AMX: tiles of up to 16 rows of 64 bytes, and their products of bf16. Knows instructions; refuses to
// know what is multiplied.
//
// In assembly, because the compilers' own functions do not say that they read and write memory. A tile's number is part of an
// instruction, and so a constant.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
namespace word2vec::amx {

constexpr std::size_t tile_rows = 16, row_bytes = 64;

/// How many rows each tile has, and how many bytes of each: what LDTILECFG reads.
struct alignas(64) Shapes {
  std::uint8_t palette = 1, first_row = 0, reserved[14] = {};
  std::uint16_t bytes[16] = {};
  std::uint8_t rows[16] = {};

  void set(int tile, std::size_t its_rows, std::size_t its_bytes = row_bytes) {
    rows[tile] = static_cast<std::uint8_t>(its_rows);
    bytes[tile] = static_cast<std::uint16_t>(its_bytes);
  }
};

/// For this thread, until `release`; all tiles are zero then.
[[gnu::always_inline]] inline void shape(const Shapes& shapes) { asm volatile("ldtilecfg %0" ::"m"(shapes)); }
/// What a thread that has no more to multiply spares the system to save.
[[gnu::always_inline]] inline void release() { asm volatile("tilerelease"); }

template <int tile>
[[gnu::always_inline]] inline void clear() {
  asm volatile("tilezero %%tmm%c0" ::"i"(tile));
}
/// The rows of a tile from memory, `pitch` bytes apart.
template <int tile>
[[gnu::always_inline]] inline void load(const void* from, std::size_t pitch) {
  asm volatile("tileloadd (%0,%1,1), %%tmm%c2" ::"r"(from), "r"(pitch), "i"(tile) : "memory");
}
/// In the order of the rows.
template <int tile>
[[gnu::always_inline]] inline void store(void* to, std::size_t pitch) {
  asm volatile("tilestored %%tmm%c2, (%0,%1,1)" ::"r"(to), "r"(pitch), "i"(tile) : "memory");
}
/// sum[r][n] += left[r][2k] * right[k][2n] + left[r][2k + 1] * right[k][2n + 1], the factors being bf16 and the sum float.
template <int sum, int left, int right>
[[gnu::always_inline]] inline void add_products() {
  asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" ::"i"(sum), "i"(left), "i"(right));
}

}  // namespace word2vec::amx
#endif
