// White space by comparing 16, 32 or 64 bytes at once, one bit a byte; then words from the edges between bits.
#include "corpus/tokenizer.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace word2vec {
namespace {

/// Of 64 bytes, which are white space and which are line ends: the first byte's bit is the lowest.
struct Marks {
  std::uint64_t spaces, line_ends;
};

#if defined(__x86_64__)
// Bytes 9 to 13 are those that the subtraction of 9 takes to 0 to 4.
struct BaselineMarks {
  static Marks of(const char* text) {
    Marks marks{0, 0};
    for (unsigned i = 0; i < 4; ++i) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text) + i);
      const __m128i control = _mm_sub_epi8(bytes, _mm_set1_epi8(9));
      const __m128i spaces = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(control, _mm_set1_epi8(4)), control),
                                          _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
      const __m128i line_ends = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
      marks.spaces |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(spaces))} << (16 * i);
      marks.line_ends |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(line_ends))} << (16 * i);
    }
    return marks;
  }
};

struct Avx2Marks {
  WORD2VEC_AVX2 static Marks of(const char* text) {
    Marks marks{0, 0};
    for (unsigned i = 0; i < 2; ++i) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text) + i);
      const __m256i control = _mm256_sub_epi8(bytes, _mm256_set1_epi8(9));
      const __m256i spaces = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(control, _mm256_set1_epi8(4)), control),
                                             _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(' ')));
      const __m256i line_ends = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
      marks.spaces |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(spaces))} << (32 * i);
      marks.line_ends |= std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(line_ends))} << (32 * i);
    }
    return marks;
  }
};

struct Avx512Marks {
  WORD2VEC_AVX512 static Marks of(const char* text) {
    const __m512i bytes = _mm512_loadu_si512(text);
    const __m512i control = _mm512_sub_epi8(bytes, _mm512_set1_epi8(9));
    return {_mm512_cmple_epu8_mask(control, _mm512_set1_epi8(4)) | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(' ')),
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'))};
  }
};

bool has_vbmi2() { return __builtin_cpu_supports("avx512vbmi2"); }
#else
/// Eight bytes at once in a general register, of which a byte's highest bit says whether it is one.
struct BaselineMarks {
  static constexpr std::uint64_t ones = 0x0101010101010101ULL, highest = ones << 7;

  /// Of bytes below 128, those that are `from` or more.
  static std::uint64_t at_least(std::uint64_t bytes, unsigned from) { return bytes + ones * (0x80 - from); }
  static std::uint64_t gather(std::uint64_t bits) { return (bits >> 7) * 0x0102040810204080ULL >> 56; }

  static Marks of(const char* text) {
    Marks marks{0, 0};
    for (unsigned i = 0; i < 8; ++i) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text + 8 * i, sizeof(bytes));
      const std::uint64_t low = bytes & ~highest, ascii = ~bytes & highest;
      const std::uint64_t control = at_least(low, '\t') & ~at_least(low, '\r' + 1);
      const std::uint64_t blank = at_least(low, ' ') & ~at_least(low, ' ' + 1);
      const std::uint64_t line_end = at_least(low, '\n') & ~at_least(low, '\n' + 1);
      marks.spaces |= gather((control | blank) & ascii) << (8 * i);
      marks.line_ends |= gather(line_end & ascii) << (8 * i);
    }
    return marks;
  }
};
using Avx2Marks = BaselineMarks;
using Avx512Marks = BaselineMarks;

bool has_vbmi2() { return false; }
#endif

/// Writes the places of the bits that are set, and more behind them.
struct PlacesOneByOne {
  static void write(std::uint64_t bits, std::uint32_t place, std::uint32_t* out) {
    // Several at once, needed or not, so that the processor need not foresee how many there are.
    while (bits != 0) {
#pragma GCC unroll 8
      for (std::size_t i = 0; i < 8; ++i) {
        *out++ = place + static_cast<std::uint32_t>(std::countr_zero(bits));
        bits &= bits - 1;
      }
    }
  }
};

#if defined(__x86_64__)
// All that WORD2VEC_AVX512 has and more, or what is compiled for that one would be called here, not pulled in.
#define WORD2VEC_VBMI2 [[gnu::target("avx512vbmi2," WORD2VEC_AVX512_FEATURES), gnu::flatten]]

struct PlacesCompressed {
  WORD2VEC_VBMI2 static void write(std::uint64_t bits, std::uint32_t place, std::uint32_t* out) {
    alignas(64) static constexpr auto numbers = [] {
      std::array<std::uint8_t, 64> made{};
      for (std::size_t i = 0; i < made.size(); ++i) made[i] = static_cast<std::uint8_t>(i);
      return made;
    }();
    const __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(numbers.data()));
    const __m512i base = _mm512_set1_epi32(static_cast<int>(place));
    // With masks of all, since g++ 12 warns of its own unmasked forms (its bug 105593).
    widen(_mm512_maskz_extracti32x4_epi32(0xF, places, 0), base, out);
    widen(_mm512_maskz_extracti32x4_epi32(0xF, places, 1), base, out + 16);
    if (std::popcount(bits) > 32) [[unlikely]] {
      widen(_mm512_maskz_extracti32x4_epi32(0xF, places, 2), base, out + 32);
      widen(_mm512_maskz_extracti32x4_epi32(0xF, places, 3), base, out + 48);
    }
  }
  WORD2VEC_VBMI2 static void widen(__m128i places, __m512i base, std::uint32_t* out) {
    _mm512_storeu_si512(out, _mm512_add_epi32(base, _mm512_maskz_cvtepu8_epi32(0xFFFF, places)));
  }
};
#endif

}  // namespace

Tokenizer::Tokenizer(SimdLevel level, bool newest) : look_(&Tokenizer::look_baseline) {
  if (level == SimdLevel::avx2) look_ = &Tokenizer::look_avx2;
  if (level >= SimdLevel::avx512) look_ = newest && has_vbmi2() ? &Tokenizer::look_vbmi2 : &Tokenizer::look_avx512;
}

void Tokenizer::start(const char* text, std::size_t size) {
  text_ = text;
  size_ = size;
  place_ = in_word_ = edge_count_ = line_end_count_ = 0;
}

bool Tokenizer::step() {
  if (place_ == size_) return false;
  // A word that began in the step before, and ends in this one or later.
  edges_[0] = edges_[edge_count_ & ~std::size_t{1}];
  edge_count_ &= 1;
  line_end_count_ = 0;
  (this->*look_)(std::min(size_, place_ + step_bytes));
  return true;
}

[[gnu::always_inline]] inline void Tokenizer::note_line_ends(std::uint64_t line_ends, std::uint64_t edges, std::size_t place,
                                                             std::size_t edges_before) {
  for (; line_ends != 0; line_ends &= line_ends - 1) {
    const int bit = std::countr_zero(line_ends);
    // A word that ends here ends before the line does.
    const std::uint64_t before = edges << (63 - bit);
    line_ends_[line_end_count_++] = {
        static_cast<std::uint32_t>(place) + static_cast<std::uint32_t>(bit),
        static_cast<std::uint32_t>((edges_before + static_cast<std::size_t>(std::popcount(before))) / 2)};
  }
}

template <class Marking, class Placing>
void Tokenizer::look(std::size_t end) {
  for (; place_ < end; place_ += 64) {
    Marks marks = Marking::of(text_ + place_);
    if (end - place_ < 64) {
      marks.spaces |= ~std::uint64_t{0} << (end - place_);
      marks.line_ends &= ~(~std::uint64_t{0} << (end - place_));
    }
    const std::uint64_t in_words = ~marks.spaces;
    const std::uint64_t edges = in_words ^ (in_words << 1 | in_word_);
    in_word_ = in_words >> 63;
    if (marks.line_ends != 0) [[unlikely]]
      note_line_ends(marks.line_ends, edges, place_, edge_count_);
    Placing::write(edges, static_cast<std::uint32_t>(place_), edges_.data() + edge_count_);
    edge_count_ += static_cast<std::size_t>(std::popcount(edges));
  }
  place_ = end;
}

void Tokenizer::look_baseline(std::size_t end) { look<BaselineMarks, PlacesOneByOne>(end); }
WORD2VEC_AVX2 void Tokenizer::look_avx2(std::size_t end) { look<Avx2Marks, PlacesOneByOne>(end); }
WORD2VEC_AVX512 void Tokenizer::look_avx512(std::size_t end) { look<Avx512Marks, PlacesOneByOne>(end); }
#if defined(__x86_64__)
WORD2VEC_VBMI2 void Tokenizer::look_vbmi2(std::size_t end) { look<Avx512Marks, PlacesCompressed>(end); }
#else
void Tokenizer::look_vbmi2(std::size_t end) { look_baseline(end); }
#endif

}  // namespace word2vec
