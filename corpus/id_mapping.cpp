// Going through ids from either side, 16 at a time where the processor can.
#include "corpus/id_mapping.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <type_traits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace word2vec {
namespace {

/// What is left of ids, gone through from the front or from the back: `At` is a pointer or a reverse iterator.
template <class At>
struct Kept {
  At end;                  // what is behind the last
  std::uint64_t ends = 0;  // sentence ends among them
  bool any_empty = false;  // one of these comes behind another, without a word
};

/// Writes what the ids of words become, but for those that are dropped, and sentence ends as they are. `to`: where `from` begins,
/// or before, or elsewhere. `map`: nullptr if the ids stay. `behind_end`: a sentence end was the last id, or none.
template <class From, class At>
Kept<At> keep_mapped(From from, From last, const WordId* map, At to, bool behind_end) {
  Kept<At> kept{to};
  for (; from != last; ++from) {
    const WordId mapped = *from == sentence_end || map == nullptr ? *from : map[*from];
    if (mapped == dropped_word) continue;
    const bool is_end = mapped == sentence_end;
    kept.ends += is_end ? 1 : 0;
    kept.any_empty |= is_end && behind_end;
    behind_end = is_end;
    *kept.end++ = mapped;
  }
  return kept;
}

#if defined(__x86_64__)
/// The same, 16 at a time. Ids must be below 2^31, and have a map.
template <class From, class At>
WORD2VEC_AVX512 Kept<At> keep_mapped_avx512(From from, From last, const WordId* map, At to, bool behind_end) {
  constexpr bool forward = std::is_pointer_v<At>;
  const auto lowest = [](auto at, [[maybe_unused]] std::ptrdiff_t count) {
    if constexpr (forward) {
      return at;
    } else {
      return at.base() - count;
    }
  };
  const __m512i end = _mm512_set1_epi32(static_cast<int>(sentence_end));
  const __m512i dropped = _mm512_set1_epi32(static_cast<int>(dropped_word));
  Kept<At> kept{to};
  std::uint32_t neighbours = behind_end ? 1 : 0, empty = 0;
  while (from != last) {
    const std::ptrdiff_t taken = std::min<std::ptrdiff_t>(last - from, 16);
    __builtin_prefetch(lowest(from, taken) + (forward ? 256 : -256));
    const auto these = static_cast<__mmask16>((1U << taken) - 1);
    const __m512i ids = _mm512_maskz_loadu_epi32(these, lowest(from, taken));
    const __mmask16 words = _mm512_mask_cmpneq_epi32_mask(these, ids, end);
    const __m512i mapped = _mm512_mask_i32gather_epi32(ids, words, ids, map, sizeof(WordId));
    const __mmask16 chosen = _mm512_mask_cmpneq_epi32_mask(these, mapped, dropped);
    const int count = std::popcount(chosen);
    const __m512i together = _mm512_maskz_compress_epi32(chosen, mapped);
    // No more than are kept: behind them may be ids that are still to be read.
    _mm512_mask_storeu_epi32(lowest(kept.end, count), static_cast<__mmask16>((1U << count) - 1), together);
    from += taken;
    kept.end += count;
    // Bits by ids, with that of the id that came last on the side where it is.
    const std::uint32_t ends = _mm512_cmpeq_epi32_mask(together, end);
    if constexpr (forward) {
      neighbours |= ends << 1;
      empty |= ends & neighbours;
      neighbours >>= count;
    } else {
      neighbours = neighbours << count | ends;
      empty |= ends & neighbours >> 1;
      neighbours &= 1;
    }
    kept.ends += static_cast<std::uint64_t>(std::popcount(ends));
  }
  kept.any_empty = empty != 0;
  return kept;
}
#else
template <class From, class At>
Kept<At> keep_mapped_avx512(From from, From last, const WordId* map, At to, bool behind_end) {
  return keep_mapped(from, last, map, to, behind_end);
}
#endif

/// Of these ids, leaves out the ends of sentences that have no word. Returns what is behind the last.
template <class At>
At leave_out_empty(At first, At last, bool behind_end) {
  At kept = first;
  for (; first != last; ++first) {
    const bool is_end = *first == sentence_end;
    *kept = *first;
    kept += is_end && behind_end ? 0 : 1;
    behind_end = is_end;
  }
  return kept;
}

template <class From, class At>
Kept<At> keep_at_level(From from, From last, const std::vector<WordId>* map, At to, bool behind_end, SimdLevel level) {
  constexpr std::size_t most_gathered = std::size_t{1} << 31U;
  if (map == nullptr) return keep_mapped(from, last, nullptr, to, behind_end);
  if (level < SimdLevel::avx512 || map->size() > most_gathered) return keep_mapped(from, last, map->data(), to, behind_end);
  return keep_mapped_avx512(from, last, map->data(), to, behind_end);
}

}  // namespace

MappedIds map_forward(std::span<const WordId> from, const std::vector<WordId>* map, WordId* to, bool behind_end,
                      SimdLevel level) {
  Kept<WordId*> kept = keep_at_level(from.data(), from.data() + from.size(), map, to, behind_end, level);
  MappedIds mapped{to, kept.end};
  mapped.words = static_cast<std::uint64_t>(kept.end - to) - kept.ends;
  mapped.any_end = kept.ends != 0;
  mapped.first_is_end = kept.end != to && *to == sentence_end;
  if (kept.any_empty) [[unlikely]]
    mapped.end = leave_out_empty(to, kept.end, behind_end);
  return mapped;
}

MappedIds map_backward(std::span<const WordId> from, const std::vector<WordId>* map, WordId* to, bool before_end,
                       SimdLevel level) {
  const std::reverse_iterator back(to);
  const std::reverse_iterator first(from.data() + from.size()), last(from.data());
  auto kept = keep_at_level(first, last, map, back, before_end, level);
  MappedIds mapped{kept.end.base(), to};
  mapped.words = static_cast<std::uint64_t>(kept.end - back) - kept.ends;
  if (kept.any_empty) [[unlikely]]
    mapped.begin = leave_out_empty(back, kept.end, before_end).base();
  return mapped;
}

}  // namespace word2vec
