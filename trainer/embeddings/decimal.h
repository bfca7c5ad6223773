// Floats as decimals: the nearest float of a decimal, and the shortest decimal of a float. Knows arithmetic; no files, no
// formats.
#pragma once

#include <cstddef>

namespace word2vec {

/// Bytes that `print_decimal` may touch: the longest decimal, "-1.17549435e-38", and what it spoils behind a shorter one.
inline constexpr std::size_t decimal_room = 24;

/// Reads the decimal that starts at `at` and returns where it ends; nullptr when it is one that std::from_chars has to judge:
/// long, far from 1, halfway between two floats, or none. What it reads it reads as std::from_chars does: the nearest float.
/// `end` bounds the reading alone; the decimal ends at the first byte that cannot belong to it.
const char* read_decimal(const char* at, const char* end, float* value);

/// Writes the same characters as std::to_chars does for a finite float: the fewest digits that read back to it, in the shorter
/// of plain and scientific notation. Returns where they end; `out` has `decimal_room` bytes, those behind the end are spoilt.
char* print_decimal(char* out, float value);

}  // namespace word2vec
