// Two-dimensional arrays of numbers as other programs store them, made a Matrix. Knows number types and orders; no file formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "trainer/embeddings/matrix.h"

namespace word2vec {

/// IEEE 754 binary16, the upper half of a binary32, binary32, binary64.
enum class NumberType { f16, bf16, f32, f64 };

std::size_t number_bytes(NumberType type);

struct RawArray {
  NumberType type = NumberType::f32;
  bool big_endian = false;
  bool by_columns = false;  ///< Fortran's order
  std::uint64_t rows = 0, columns = 0;
  std::string_view data;   ///< not yet compared with the shape
  std::size_t offset = 0;  ///< of `data` in its file, bytes
};

/// Throws Error (path, byte, row) when the data's size is not the shape's, a side is 0, or a number is not finite or does not fit
/// a float; numbers too small for one become 0. Allocates only for data that is there.
Matrix to_matrix(const RawArray& array, const std::string& path);

}  // namespace word2vec
