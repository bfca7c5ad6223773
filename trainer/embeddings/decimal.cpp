// The usual floats in a few multiplications, the others by the standard library. Reading: Clinger, "How to read floating point
// numbers accurately" (1990), in double; printing: Giulietti, "The Schubfach way to render doubles" (2020), where it needs
// no table because 64 bits hold everything exactly.
#include "trainer/embeddings/decimal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
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
constexpr auto five_to = powers<std::uint64_t, 16>(5);

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

/// The reverse of join_eight, as characters.
std::uint64_t split_eight(std::uint64_t number) {
  const std::uint64_t fours = number / 10000 | (number % 10000) << 32;
  const std::uint64_t hundreds = (fours * 10486 >> 20) & 0x0000007F0000007FU;
  const std::uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
  const std::uint64_t tens = (twos * 103 >> 10) & 0x000F000F000F000FU;
  return (tens | (twos - 10 * tens) << 8) + 0x3030303030303030U;
}

/// Of a number from 1 to 10^9 - 1.
int count_digits(std::uint32_t number) {
  const int least = std::bit_width(number) * 1233 >> 12;
  return least + (number >= whole_ten_to[static_cast<std::size_t>(least)]);
}

constexpr int most_digits_printed = 9;

/// Writes the `count` digits of `number` and spoils what follows, nine bytes in all.
void put_digits(char* out, std::uint32_t number, int count) {
  const std::uint64_t nine = number * whole_ten_to[static_cast<std::size_t>(most_digits_printed - count)];
  *out = static_cast<char>('0' + nine / whole_ten_to[8]);
  const std::uint64_t eight = split_eight(nine % whole_ten_to[8]);
  std::memcpy(out + 1, &eight, sizeof eight);
}

/// `digits` x 10^-scale.
struct Decimal {
  std::uint32_t digits;
  int scale;
};

/// The shortest decimal of a positive float from 2^-26 to 2^24, and of those the nearest.
Decimal shortest(std::uint32_t bits) {
  const std::uint32_t fraction = bits & 0x7FFFFFU;
  const std::uint64_t mantissa = fraction | 0x800000U;
  const int exponent = static_cast<int>(bits >> 23) - 150;  // the float is mantissa x 2^exponent
  const bool even = mantissa % 2 == 0, narrow_below = fraction == 0;
  // The unit 10^-scale is the largest that is no larger than the gap between the decimals' bounds: log10(2) and, where the
  // lower neighbour is at half the distance, log10(3/4).
  const int scale = -static_cast<int>((static_cast<std::int64_t>(exponent) * 1262611 - (narrow_below ? 524031 : 0)) >> 22);
  // In quarters of the last bit, times 10^scale / 2^scale: everything is whole, and `shift` bits of it are a fraction of a unit.
  const std::uint64_t five = five_to[static_cast<std::size_t>(scale)];
  const int shift = 2 - exponent - scale;
  const std::uint64_t exact = 4 * mantissa * five;
  // The bounds themselves read back as this float when it is even. What is tested has no branch: it cannot be foreseen.
  const std::uint64_t low = exact - (narrow_below ? 1 : 2) * five + !even, high = exact + 2 * five - !even;
  const std::uint64_t below = exact >> shift, tens = below / 10;
  const bool lower = low <= below << shift, upper = (below + 1) << shift <= high;
  const bool lower_ten = low <= (10 * tens) << shift, upper_ten = (10 * tens + 10) << shift <= high;
  // Both neighbours: the nearer, and the even one when the float is halfway.
  const std::uint64_t twice = exact - (below << shift), half = std::uint64_t{1} << (shift - 1);
  const bool nearer_up = ((twice > half) | ((twice == half) & below)) != 0;
  const bool up = ((lower == upper) & nearer_up) | ((lower != upper) & upper), shorter = lower_ten != upper_ten;
  const std::uint64_t nearest = below + up, short_one = tens + upper_ten, all = -static_cast<std::uint64_t>(shorter);
  Decimal found{static_cast<std::uint32_t>(nearest ^ ((nearest ^ short_one) & all)), scale - shorter};
  for (; found.digits % 10 == 0; found.digits /= 10) --found.scale;
  return found;
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

char* print_decimal(char* out, float value) {
  constexpr std::uint32_t least = (127U - 26U) << 23, beyond = (127U + 24U) << 23;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value), size = bits & 0x7FFFFFFFU;
  char* const room = out + decimal_room;
  if (size < least || size >= beyond) return std::to_chars(out, room, value).ptr;
  const Decimal decimal = shortest(size);
  const int count = count_digits(decimal.digits), before_point = count - decimal.scale;
  // Where scientific notation is shorter, or zeros stand before the point.
  const bool plain = decimal.scale >= 0 && before_point >= (count > 1 ? -3 : -2);
  if (!plain) return std::to_chars(out, room, value).ptr;
  *out = '-';
  out += bits >> 31;
  if (before_point <= 0) {
    std::memcpy(out, "0.000", sizeof "0.000");
    out += 2 - before_point;
    put_digits(out, decimal.digits, count);
    return out + count;
  }
  put_digits(out, decimal.digits, count);
  if (decimal.scale == 0) return out + count;
  std::memmove(out + before_point + 1, out + before_point, static_cast<std::size_t>(decimal.scale));
  out[before_point] = '.';
  return out + count + 1;
}

}  // namespace word2vec
