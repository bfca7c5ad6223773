// Converting arrays row by row, on all threads.
#include "trainer/embeddings/raw_array.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they are, or turned round");

/// A number of `Bits`' size.
template <class Bits>
Bits load(const char* at, bool big_endian) {
  char bytes[sizeof(Bits)];
  std::memcpy(bytes, at, sizeof bytes);
  if (big_endian) std::ranges::reverse(bytes);
  return std::bit_cast<Bits>(bytes);
}

float from_half(std::uint16_t half) {
  constexpr float subnormal_unit = 0x1p-24F;
  const std::uint32_t sign = (half & 0x8000U) << 16, exponent = (half >> 10) & 0x1FU, fraction = half & 0x3FFU;
  if (exponent == 0) return std::copysign(static_cast<float>(fraction) * subnormal_unit, sign != 0 ? -1.0F : 1.0F);
  const std::uint32_t wide_exponent = exponent == 0x1F ? 0xFF : exponent + 112;  // the biases, 127 and 15, differ by 112
  return std::bit_cast<float>(sign | wide_exponent << 23 | fraction << 13);
}

double load_number(const char* at, NumberType type, bool big_endian) {
  switch (type) {
    case NumberType::f16:
      return from_half(load<std::uint16_t>(at, big_endian));
    case NumberType::bf16:
      return std::bit_cast<float>(static_cast<std::uint32_t>(load<std::uint16_t>(at, big_endian)) << 16);
    case NumberType::f32:
      return load<float>(at, big_endian);
    default:
      return load<double>(at, big_endian);
  }
}

void check_size(const RawArray& array, const std::string& path) {
  const std::size_t bytes = number_bytes(array.type), held = array.data.size() / bytes;
  if (array.rows == 0 || array.columns == 0) {
    throw Error(fmt::format("{}: its array is {} x {}; expected a row of numbers for each word, get the file anew", path,
                            array.rows, array.columns));
  }
  const bool fits = array.columns <= held && array.rows <= held / array.columns;
  if (fits && array.data.size() == array.rows * array.columns * bytes) return;
  throw Error(fmt::format("{}: {}: expected {} x {} numbers of {} bytes, found {} bytes from byte {} on; get the file anew", path,
                          fits ? "has more numbers than its header says" : "cut short, or its header lies", array.rows,
                          array.columns, bytes, array.data.size(), array.offset));
}

}  // namespace

std::size_t number_bytes(NumberType type) { return type == NumberType::f64 ? 8 : type == NumberType::f32 ? 4 : 2; }

Matrix to_matrix(const RawArray& array, const std::string& path) {
  check_size(array, path);
  const auto rows = static_cast<std::size_t>(array.rows), columns = static_cast<std::size_t>(array.columns);
  const std::size_t bytes = number_bytes(array.type);
  const std::size_t row_step = array.by_columns ? bytes : columns * bytes, column_step = array.by_columns ? rows * bytes : bytes;
  const bool as_it_is = array.type == NumberType::f32 && !array.by_columns && !array.big_endian;
  constexpr std::size_t small_array = 10'000;  // numbers, which one thread has done before others wake
  Matrix matrix(rows, columns);
  for_rows(
      rows,
      [&](std::size_t row) {
        const char* const start = array.data.data() + row * row_step;
        const std::span<float> values = matrix.values(row);
        if (as_it_is) std::memcpy(values.data(), start, values.size_bytes());
        for (std::size_t i = 0; i < columns; ++i) {
          const char* const at = start + i * column_step;
          if (!as_it_is) values[i] = static_cast<float>(load_number(at, array.type, array.big_endian));
          if (std::isfinite(values[i])) continue;
          const double wide = load_number(at, array.type, array.big_endian);
          throw Error(fmt::format("{}: byte {}: found {} in row {}, expected a finite number{}; mend it or get the file anew",
                                  path, array.offset + static_cast<std::size_t>(at - array.data.data()), wide, row + 1,
                                  std::isfinite(wide) ? " that fits 32 bits" : ""));
        }
      },
      small_array / columns);
  return matrix;
}

}  // namespace word2vec
