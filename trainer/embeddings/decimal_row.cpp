// The usual floats in a few multiplications, many at once in the lanes of a register, the others by the standard library.
// Giulietti, "The Schubfach way to render doubles" (2020), where it needs no table of powers because 52 bits hold everything
// exactly. Which digits there are, and where they go, is told by tables and not by branches: it cannot be foreseen.
#include "trainer/embeddings/decimal_row.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace word2vec {
namespace {

static_assert(std::endian::native == std::endian::little, "the last of eight digits is the lowest byte");

// Floats from 2^-13 to 2^14. They have no more than four zeros before their digits and no more than five digits before their
// point, so nearly all are shortest in plain notation.
constexpr int exponent_bias = 150, least_exponent = -36, beyond_exponent = -9;  // of the mantissa as a whole number
constexpr std::uint32_t least_bits = (least_exponent + exponent_bias) << 23, beyond_bits = (beyond_exponent + exponent_bias)
                                                                                           << 23;
constexpr std::size_t most_zeros = 3, most_before_point = 5;
// Powers of five for all their scales, 10^-4 to 10^-11.
constexpr std::uint64_t least_scale = 4;
constexpr std::array<std::uint64_t, 8> fives = {625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125};

// A decimal as two words: eight digits with the last in the lowest byte; then the digit before these, the characters that may
// stand around them, and at last the decimal's shape: where its point is and whether it is negative, times `shape_step`.
enum Byte : std::uint8_t {
  last_digit = 0,
  first_digit = 8,
  zero = 9,
  point = 10,
  minus = 11,
  separator_byte = 12,
  shape_bytes = 14
};
constexpr std::uint64_t eight_zeros = 0x3030303030303030U;
constexpr std::size_t shapes = 2 * (most_zeros + 1 + most_before_point), shape_step = 16, no_shape = shapes * shape_step;

constexpr int before_point(std::size_t shape) {
  return static_cast<int>(shape / (2 * shape_step)) - static_cast<int>(most_zeros);
}
constexpr bool is_negative(std::size_t shape) { return shape / shape_step % 2 == 1; }

/// Which byte of the two words goes where, by shape.
constexpr auto orders = [] {
  std::array<std::uint8_t, (shapes + 1) * shape_step> all{};
  for (std::size_t shape = 0; shape < no_shape; shape += shape_step) {
    std::size_t at = shape;
    const auto put = [&](int byte) {
      if (at < shape + shape_step) all[at++] = static_cast<std::uint8_t>(byte);
    };
    put(separator_byte);
    if (is_negative(shape)) put(minus);
    const int whole = before_point(shape);
    if (whole <= 0) {
      put(zero);
      put(point);
      for (int i = whole; i < 0; ++i) put(zero);
    }
    for (int digit = 0; digit < 9; ++digit) {
      if (digit == whole && digit != 0) put(point);
      put(first_digit - digit);
    }
  }
  return all;
}();

/// How many characters that is, by shape and by how many of the eight digits are zeros at the end; 0 where another notation is
/// the shorter.
constexpr auto lengths = [] {
  std::array<std::uint8_t, (shapes + 1) * shape_step> all{};
  for (std::size_t shape = 0; shape < no_shape; shape += shape_step) {
    const int whole = before_point(shape), before = is_negative(shape) ? 2 : 1;
    for (int zeros = 0; zeros <= 8; ++zeros) {
      const int digits = 9 - zeros, plain = whole <= 0 ? 2 - whole + digits : digits > whole ? digits + 1 : whole;
      const bool scientific = digits == 1 && shape < 2 * shape_step;
      all[shape + static_cast<std::size_t>(zeros)] = static_cast<std::uint8_t>(scientific ? 0 : before + plain);
    }
  }
  return all;
}();

/// One float at a time, in what every machine has.
struct OneLane {
  using Pack = std::uint64_t;
  static constexpr std::size_t count = 1;

  static void load(Pack& bits, const float* values) { bits = std::bit_cast<std::uint32_t>(*values); }
  static void multiply(Pack& product, const Pack& a, const Pack& b) { product = a * b; }
  static void set_where_less(Pack& to, const Pack& a, const Pack& b, const Pack& value) { to = a < b ? value : to; }
  static void to_fives(Pack& scale) { scale = fives[scale]; }
  /// Of four digits each, to two, to one.
  static void split_fours(Pack& fours) {
    const Pack hundreds = (fours * 10486 >> 20) & 0x0000007F0000007FU;
    const Pack twos = fours + hundreds * ((1U << 16) - 100);
    fours = twos + ((twos * 103 >> 10) & 0x000F000F000F000FU) * ((1U << 8) - 10);
  }
  static void store(std::uint64_t* words, const Pack& digits, const Pack& rest) {
    words[0] = digits;
    words[1] = rest;
  }

  static std::size_t zeros_at_end(std::uint64_t word) { return static_cast<std::size_t>(std::countr_zero(word)); }
  /// By two copies of the digits, one before the point and one behind it.
  static void arrange(char* out, const std::uint64_t* words, std::size_t shape) {
    char digits[16] = {};
    digits[0] = static_cast<char>(words[1] & 0xFF);
    const std::uint64_t eight = __builtin_bswap64(words[0]);
    std::memcpy(digits + 1, &eight, sizeof eight);
    *out++ = static_cast<char>(words[1] >> (8 * (separator_byte - first_digit)));
    *out = '-';
    out += is_negative(shape) ? 1 : 0;
    const int whole = before_point(shape);
    constexpr std::array zeros = {'0', '.', '0', '0', '0'};
    std::memcpy(out, zeros.data(), zeros.size());
    if (whole > 0) {
      std::memcpy(out, digits, most_before_point);
      out[whole] = '.';
      std::memcpy(out + whole + 1, digits + whole, 9);
    } else {
      std::memcpy(out + 2 - whole, digits, 9);
    }
  }
};

#if defined(__x86_64__)

/// What the registers below share: all but the instructions that the compilers' vector extension has no word for.
template <class Halves, class Quarters, class Pack>
[[gnu::always_inline]] inline void split_fours_in(Pack& fours) {
  Halves pairs;
  Quarters twos;
  std::memcpy(&pairs, &fours, sizeof fours);
  pairs += (pairs * 10486 >> 20) * ((1U << 16) - 100);
  std::memcpy(&twos, &pairs, sizeof pairs);
  twos += (twos * 103 >> 10) * ((1U << 8) - 10);
  std::memcpy(&fours, &twos, sizeof twos);
}

struct FourLanes {
  using Pack [[gnu::vector_size(32)]] = std::uint64_t;
  using Halves [[gnu::vector_size(32)]] = std::uint32_t;
  using Quarters [[gnu::vector_size(32)]] = std::uint16_t;
  static constexpr std::size_t count = 4;

  WORD2VEC_AVX2 static void load(Pack& bits, const float* values) {
    bits = reinterpret_cast<Pack>(_mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(values))));
  }
  WORD2VEC_AVX2 static void multiply(Pack& product, const Pack& a, const Pack& b) {
    product = reinterpret_cast<Pack>(_mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
  }
  WORD2VEC_AVX2 static void set_where_less(Pack& to, const Pack& a, const Pack& b, const Pack& value) {
    const __m256i less = _mm256_cmpgt_epi64(reinterpret_cast<__m256i>(b), reinterpret_cast<__m256i>(a));
    to = reinterpret_cast<Pack>(_mm256_blendv_epi8(reinterpret_cast<__m256i>(to), reinterpret_cast<__m256i>(value), less));
  }
  WORD2VEC_AVX2 static void to_fives(Pack& scale) {
    const __m256i index = reinterpret_cast<__m256i>(scale);
    scale = reinterpret_cast<Pack>(_mm256_i64gather_epi64(reinterpret_cast<const long long*>(fives.data()), index, 8));
  }
  WORD2VEC_AVX2 static void split_fours(Pack& fours) { split_fours_in<Halves, Quarters>(fours); }
  WORD2VEC_AVX2 static void store(std::uint64_t* words, const Pack& digits, const Pack& rest) {
    for (std::size_t i = 0; i < count; ++i) {
      words[2 * i] = digits[i];
      words[2 * i + 1] = rest[i];
    }
  }
  WORD2VEC_AVX2 static std::size_t zeros_at_end(std::uint64_t word) { return static_cast<std::size_t>(_tzcnt_u64(word)); }
  WORD2VEC_AVX2 static void arrange(char* out, const std::uint64_t* words, std::size_t shape) {
    const __m128i bytes = _mm_load_si128(reinterpret_cast<const __m128i*>(words));
    const __m128i order = _mm_loadu_si128(reinterpret_cast<const __m128i*>(orders.data() + shape));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(bytes, order));
  }
};

struct EightLanes {
  using Pack [[gnu::vector_size(64)]] = std::uint64_t;
  using Halves [[gnu::vector_size(64)]] = std::uint32_t;
  using Quarters [[gnu::vector_size(64)]] = std::uint16_t;
  static constexpr std::size_t count = 8;
  // With a mask, though of all lanes: what the others leave in lanes without one GCC takes for uninitialized.
  static constexpr __mmask8 all = 0xFF;

  WORD2VEC_AVX512 static void load(Pack& bits, const float* values) {
    bits = reinterpret_cast<Pack>(_mm512_maskz_cvtepu32_epi64(all, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values))));
  }
  WORD2VEC_AVX512 static void multiply(Pack& product, const Pack& a, const Pack& b) {
    product = reinterpret_cast<Pack>(_mm512_maskz_mul_epu32(all, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
  }
  WORD2VEC_AVX512 static void set_where_less(Pack& to, const Pack& a, const Pack& b, const Pack& value) {
    const __mmask8 less = _mm512_cmplt_epu64_mask(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b));
    to = reinterpret_cast<Pack>(_mm512_mask_mov_epi64(reinterpret_cast<__m512i>(to), less, reinterpret_cast<__m512i>(value)));
  }
  WORD2VEC_AVX512 static void to_fives(Pack& scale) {
    scale = reinterpret_cast<Pack>(
        _mm512_maskz_permutexvar_epi64(all, reinterpret_cast<__m512i>(scale), _mm512_loadu_si512(fives.data())));
  }
  WORD2VEC_AVX512 static void split_fours(Pack& fours) { split_fours_in<Halves, Quarters>(fours); }
  WORD2VEC_AVX512 static void store(std::uint64_t* words, const Pack& digits, const Pack& rest) {
    const __m512i low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11), high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    const __m512i a = reinterpret_cast<__m512i>(digits), b = reinterpret_cast<__m512i>(rest);
    _mm512_store_si512(words, _mm512_permutex2var_epi64(a, low, b));
    _mm512_store_si512(words + count, _mm512_permutex2var_epi64(a, high, b));
  }
  WORD2VEC_AVX512 static std::size_t zeros_at_end(std::uint64_t word) { return FourLanes::zeros_at_end(word); }
  WORD2VEC_AVX512 static void arrange(char* out, const std::uint64_t* words, std::size_t shape) {
    FourLanes::arrange(out, words, shape);
  }
};

#endif

/// The two words of each of `Lanes::count` floats. All that is compared is below 2^63, all that is multiplied below 2^32.
template <class Lanes>
[[gnu::always_inline]] inline void to_words(const float* values, char separator, std::uint64_t* words) {
  using Pack = typename Lanes::Pack;
  const Pack none{}, one = none + 1;
  Pack bits;
  Lanes::load(bits, values);
  const Pack given = bits & 0x7FFFFFFFU, above_least = (given - least_bits) & 0xFFFFFFFFU;
  const Pack usual = none + (beyond_bits - least_bits);
  Pack size = none + least_bits;
  Lanes::set_where_less(size, above_least, usual, given);
  // The float is mantissa x 2^-exponent.
  const Pack fraction = size & 0x7FFFFFU, mantissa = fraction | 0x800000U, exponent = exponent_bias - (size >> 23);
  // The unit 10^-scale is the largest that is no larger than the gap between the decimals' bounds: log10(2) and, where the
  // lower neighbour is at half the distance, log10(3/4).
  Pack scale, narrower = none;
  Lanes::multiply(scale, exponent, none + 1262611);
  Lanes::set_where_less(narrower, fraction, one, none + 524031);
  scale = (scale + narrower + ((1U << 22) - 1)) >> 22;
  Pack five = scale - least_scale;
  Lanes::to_fives(five);
  // In quarters of the last bit, times 10^scale / 2^scale: everything is whole, and `shift` bits of it are a fraction of a unit.
  Pack exact;
  Lanes::multiply(exact, mantissa << 2, five);
  const Pack shift = exponent + 2 - scale, unit = one << shift;
  const Pack below = exact >> shift, part = exact & (unit - 1);
  // The bounds themselves read back as this float when it is even.
  const Pack reach_up = (five << 1) - (mantissa & 1);
  Pack reach_down = reach_up;
  Lanes::set_where_less(reach_down, fraction, one, five);
  // The nearer neighbour, and the even one when the float is halfway; the upper one when the lower is out of reach.
  Pack number = below;
  Lanes::set_where_less(number, unit >> 1, part + (below & 1), below + 1);
  Lanes::set_where_less(number, reach_down, part, below + 1);
  // A multiple of ten, if one is in reach: two never are.
  Pack ten;
  Lanes::multiply(ten, below, none + 0xCCCCCCCDU);
  Lanes::multiply(ten, ten >> 35, none + 10);
  const Pack above_ten = part + ((below - ten) << shift), below_next = (unit << 3) + (unit << 1) - above_ten;
  Lanes::set_where_less(number, above_ten, reach_down + 1, ten);
  Lanes::set_where_less(number, below_next, reach_up + 1, ten + 10);
  // It has seven to nine digits.
  Pack factor = one, whole = 9 - scale;  // digits before the point
  Lanes::set_where_less(factor, number, none + 100'000'000, none + 10);
  Lanes::set_where_less(whole, number, none + 100'000'000, 8 - scale);
  Lanes::set_where_less(factor, number, none + 10'000'000, none + 100);
  Lanes::set_where_less(whole, number, none + 10'000'000, 7 - scale);
  Pack shape = none + no_shape;
  Lanes::set_where_less(shape, above_least, usual, (((whole + most_zeros) << 1) + (bits >> 31)) << 4);

  // Division by multiplication, exact for these sizes: by 10^8, by 10^4.
  Pack nine, first, upper_four, product;
  Lanes::multiply(nine, number, factor);
  Lanes::multiply(product, nine, none + 1441151881);
  first = product >> 57;
  Lanes::multiply(product, first, none + 100'000'000);
  Pack digits = nine - product;
  Lanes::multiply(product, digits, none + 3518437209);
  upper_four = product >> 45;
  Lanes::multiply(product, upper_four, none + 10'000);
  digits += (upper_four << 32) - product;
  Lanes::split_fours(digits);
  const auto byte = [](char c, Byte place) {
    return std::uint64_t{static_cast<unsigned char>(c)} << (8 * (place - first_digit));
  };
  const std::uint64_t around =
      byte('0', first_digit) | byte('0', zero) | byte('.', point) | byte('-', minus) | byte(separator, separator_byte);
  Lanes::store(words, digits + eight_zeros, first + around + (shape << (8 * (shape_bytes - first_digit))));
}

[[gnu::noinline, gnu::cold]] char* print_by_library(char* out, float value, char separator) {
  *out = separator;
  return std::to_chars(out + 1, out + decimal_room, value).ptr;
}

template <class Lanes>
[[gnu::always_inline]] inline char* print_all(char* out, std::span<const float> values, char separator) {
  constexpr std::size_t most = 64;  // at once: by way of memory, in which a lane is found faster than in a register
  alignas(64) std::uint64_t words[2 * most];
  while (!values.empty()) {
    const std::size_t count = std::min(most, values.size()), whole = count / Lanes::count * Lanes::count;
    for (std::size_t i = 0; i < whole; i += Lanes::count) to_words<Lanes>(values.data() + i, separator, words + 2 * i);
    if (whole != count) {
      float last[Lanes::count] = {};
      std::copy_n(values.data() + whole, count - whole, last);
      to_words<Lanes>(last, separator, words + 2 * whole);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t shape = words[2 * i + 1] >> (8 * (shape_bytes - first_digit));
      const std::size_t length = lengths[shape + Lanes::zeros_at_end(words[2 * i] ^ eight_zeros) / 8];
      if (length == 0) [[unlikely]] {
        out = print_by_library(out, values[i], separator);
      } else {
        Lanes::arrange(out, words + 2 * i, shape);
        out += length;
      }
    }
    values = values.subspan(count);
  }
  return out;
}

#if defined(__x86_64__)
WORD2VEC_AVX2 char* print_avx2(char* out, std::span<const float> values, char separator) {
  return print_all<FourLanes>(out, values, separator);
}
WORD2VEC_AVX512 char* print_avx512(char* out, std::span<const float> values, char separator) {
  return print_all<EightLanes>(out, values, separator);
}
#endif

}  // namespace

char* print_decimals(char* out, std::span<const float> values, char separator, SimdLevel level) {
#if defined(__x86_64__)
  if (level >= SimdLevel::avx512) return print_avx512(out, values, separator);
  if (level == SimdLevel::avx2) return print_avx2(out, values, separator);
#endif
  static_cast<void>(level);
  return print_all<OneLane>(out, values, separator);
}

}  // namespace word2vec
