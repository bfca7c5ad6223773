// Rows of floats as decimals: of each float the shortest that reads back to it. Knows arithmetic and registers; no files, no
// formats.
#pragma once

#include <cstddef>
#include <span>

#include "corpus/simd.h"

namespace word2vec {

/// Bytes that `print_decimals` may touch for a float, the separator and what it spoils behind a short one included.
inline constexpr std::size_t decimal_room = 24;

/// Writes the separator and then the same characters as std::to_chars does, for each of `values`, which are finite: the fewest
/// digits that read back to the float, in the shorter of plain and scientific notation. Returns where they end; `out` has
/// `decimal_room` bytes for each value, those behind the end are spoilt. `level` is one that this machine has and changes no
/// byte.
char* print_decimals(char* out, std::span<const float> values, char separator, SimdLevel level = best_simd());

}  // namespace word2vec
