// Clinger, "How to read floating point numbers accurately" (1990), in double: one division or multiplication.
#include "trainer/embeddings/decimal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "the first of eight digits is the lowest byte");

template <class Number, std::size_t count>
constexpr std::array<Number, count> powers(Number base) {
  std::array<Number, count> all{1};
  for (std::size_t i = 1; i < count; ++i) all[i] = all[i - 1] * base;
  return all;
}

constexpr std::size_t exact_powers = 23;  // of ten in a double
constexpr auto ten_to = powers<double, exact_powers>(10);
constexpr auto whole_ten_to = powers<std::uint64_t, 10>(10);

/// The number that eight digits are; byte 0 of `values` (each 0 to 9) is the first digit.
std::uint64_t join_eight(std::uint64_t values) {
  values = values * 10 + (values >> 8);
  const std::uint64_t low = values & 0x000000FF000000FFU, high = (values >> 16) & 0x000000FF000000FFU;
  return (low * 0x000F424000000064U + high * 0x0000271000000001U) >> 32;
}

/// Appends the digits at `at` to `number`, which wraps when they are more than 19; returns where they end.
inline const char* read_digits(const char* at, const char* end, std::uint64_t& number) {
  constexpr std::uint64_t zeros = 0x3030303030303030U, above_nine = 0x7676767676767676U, tops = 0x8080808080808080U;
  // Without a branch on how many of the eight are digits: that is the one thing that cannot be foreseen.
  while (end - at >= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    const std::uint64_t values = eight ^ zeros;
    // A byte above nine sets its top bit. A carry out of it spoils only bytes behind it.
    const std::uint64_t others = ((values + above_nine) | values) & tops;
    const int digits = std::countr_zero(others) / 8;  // 64 / 8 when all are
    const int half_shift = 32 - 4 * digits;           // in halves: one shift may not be by 64
    number = number * whole_ten_to[static_cast<std::size_t>(digits)] + join_eight(values << half_shift << half_shift);
    at += digits;
    if (digits < 8) return at;
  }
  for (; at != end && *at >= '0' && *at <= '9'; ++at) number = number * 10 + static_cast<std::uint64_t>(*at - '0');
  return at;
}

/// At an `e`. Returns where the exponent ends; nullptr when there is none.
const char* read_exponent(const char* at, const char* end, int& exponent) {
  ++at;
  const bool negative = at != end && *at == '-';
  if (at != end && (*at == '-' || *at == '+')) ++at;
  const char* const digits = at;
  int given = 0;
  for (; at != end && *at >= '0' && *at <= '9' && given < 1000; ++at) given = given * 10 + (*at - '0');
  exponent += negative ? -given : given;
  return at == digits || given >= 1000 ? nullptr : at;
}

}  // namespace

const char* read_decimal(const char* at, const char* end, float* value) {
  constexpr std::uint64_t exact_whole = std::uint64_t{1} << 53;
  constexpr std::ptrdiff_t most_digits = 19;  // in 64 bits
  const bool negative = at != end && *at == '-';
  at += negative;
  std::uint64_t number = 0;
  const char* stop = at;
  if (end - at > 2 && at[1] == '.' && at[0] >= '0' && at[0] <= '9') {
    number = static_cast<std::uint64_t>(*stop++ - '0');  // as nearly all are
  } else {
    stop = read_digits(at, end, number);
  }
  std::ptrdiff_t digits = stop - at;
  int exponent = 0;
  if (stop != end && *stop == '.') {
    const char* const point = stop + 1;
    stop = read_digits(point, end, number);
    digits += stop - point;
    exponent = static_cast<int>(std::max<std::ptrdiff_t>(point - stop, -most_digits - 1));
  }
  if (digits == 0 || digits > most_digits) return nullptr;
  if (stop != end && (*stop == 'e' || *stop == 'E')) stop = read_exponent(stop, end, exponent);
  constexpr int most = static_cast<int>(exact_powers) - 1;
  if (stop == nullptr || number > exact_whole || exponent < -most || exponent > most) return nullptr;
  // Both factors are exact, so this is the double nearest to the decimal; the float nearest to that is the nearest to the
  // decimal too, unless the double is halfway between two.
  const double whole = static_cast<double>(number), wide = exponent < 0 ? whole / ten_to[static_cast<std::size_t>(-exponent)]
                                                                        : whole * ten_to[static_cast<std::size_t>(exponent)];
  constexpr std::uint64_t dropped = (std::uint64_t{1} << 29) - 1, halfway = std::uint64_t{1} << 28;
  if ((std::bit_cast<std::uint64_t>(wide) & dropped) == halfway) return nullptr;
  if (number != 0 && (wide < 2 * std::numeric_limits<float>::min() || wide > std::numeric_limits<float>::max() / 2))
    return nullptr;
  *value =
      static_cast<float>(std::bit_cast<double>(std::bit_cast<std::uint64_t>(wide) | static_cast<std::uint64_t>(negative) << 63));
  return stop;
}

}  // namespace word2vec
