// Decimals as floats. Knows arithmetic; no files, no formats.
#pragma once

namespace word2vec {

/// Reads the decimal that starts at `at` and returns where it ends; nullptr when it is one that std::from_chars has to judge:
/// long, far from 1, halfway between two floats, or none. What it reads it reads as std::from_chars does: the nearest float.
/// `end` bounds the reading alone; the decimal ends at the first byte that cannot belong to it.
const char* read_decimal(const char* at, const char* end, float* value);

}  // namespace word2vec
