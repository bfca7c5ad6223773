// Ids in memory or in a file without a name. Knows ids as numbers; refuses to know words.
#include "corpus/id_store.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <limits>
#include <utility>

#include "corpus/in_order.h"
#include "corpus/parallel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace word2vec {
namespace {

constexpr std::uint32_t segment_ids = std::uint32_t{1} << 15;  // 128 KiB, which stays in a near cache
constexpr std::uint64_t most_ahead = 4;                        // segments a thread
constexpr std::uint64_t growth_bytes = std::uint64_t{1} << 24;

std::span<const char> bytes_of(std::span<const WordId> ids) {
  return {reinterpret_cast<const char*>(ids.data()), ids.size_bytes()};
}

/// Copies to memory that nothing reads soon, past the caches: so it need not be read first, and pushes nothing out of them.
void copy_far(std::span<const WordId> from, WordId* to) {
#if defined(__x86_64__)
  constexpr std::size_t width = sizeof(__m128i), ids = width / sizeof(WordId);
  const std::size_t to_boundary = -reinterpret_cast<std::uintptr_t>(to) % width / sizeof(WordId);
  const std::size_t before = std::min(from.size(), to_boundary);
  to = std::ranges::copy(from.first(before), to).out;
  for (from = from.subspan(before); from.size() >= ids; from = from.subspan(ids), to += ids) {
    _mm_stream_si128(reinterpret_cast<__m128i*>(to), _mm_loadu_si128(reinterpret_cast<const __m128i*>(from.data())));
  }
  _mm_sfence();  // such stores keep no order with those that tell another thread of them
#endif
  std::ranges::copy(from, to);
}

/// Writes what the ids of words become, but for those that are dropped, and sentence ends as they are. `to`: where `from` begins,
/// or before, or elsewhere. Returns what is behind the last.
WordId* keep_mapped(std::span<const WordId> from, const WordId* map, WordId* to) {
  for (const WordId id : from) {
    *to = id == sentence_end ? id : map[id];
    to += *to != dropped_word;
  }
  return to;
}

#if defined(__x86_64__)
/// The same, 16 at a time. Ids must be below 2^31.
WORD2VEC_AVX512 WordId* keep_mapped_avx512(std::span<const WordId> from, const WordId* map, WordId* to) {
  const __m512i end = _mm512_set1_epi32(static_cast<int>(sentence_end));
  const __m512i dropped = _mm512_set1_epi32(static_cast<int>(dropped_word));
  for (std::size_t i = 0; i < from.size(); i += 16) {
    __builtin_prefetch(from.data() + i + 256);
    const std::size_t left = from.size() - i;
    const auto these = static_cast<__mmask16>(left < 16 ? (1U << left) - 1 : 0xFFFFU);
    const __m512i ids = _mm512_maskz_loadu_epi32(these, from.data() + i);
    const __mmask16 words = _mm512_mask_cmpneq_epi32_mask(these, ids, end);
    const __m512i mapped = _mm512_mask_i32gather_epi32(ids, words, ids, map, sizeof(WordId));
    const __mmask16 kept = _mm512_mask_cmpneq_epi32_mask(these, mapped, dropped);
    const int count = std::popcount(kept);
    // No more than are kept: behind them may be ids that are still to be read.
    _mm512_mask_storeu_epi32(to, static_cast<__mmask16>((1U << count) - 1), _mm512_maskz_compress_epi32(kept, mapped));
    to += count;
  }
  return to;
}
#else
WordId* keep_mapped_avx512(std::span<const WordId> from, const WordId* map, WordId* to) { return keep_mapped(from, map, to); }
#endif

/// A segment's ids after the map. Whether its first sentence has begun before, only the segments before it can tell.
struct MappedSegment {
  std::vector<WordId> ids;  // from number 1 on; number 0 is room for the end of the sentence before; none when mapped in place
  std::size_t size = 0;
  std::uint64_t words = 0;
  bool first_is_end = false;  // a sentence end came before any word
  bool any_end = false;       // a sentence end came
  bool open = false;          // words came behind the last sentence end

  void map(std::span<const WordId> from, const std::vector<WordId>* map, SimdLevel level) {
    ids.resize(segment_ids + 1);
    map_to(ids.data() + 1, from, map, false, level);
  }

  /// `to`: where `from` begins, or before. `in_sentence`: whether a sentence goes on there, which may be found out later.
  void map_to(WordId* to, std::span<const WordId> from, const std::vector<WordId>* map, bool in_sentence, SimdLevel level) {
    constexpr std::size_t most_gathered = std::size_t{1} << 31U;
    if (map == nullptr) {
      leave_out_empty(to, std::ranges::copy(from, to).out, in_sentence);
    } else if (level >= SimdLevel::avx512 && map->size() <= most_gathered) {
      map_avx512(to, from, map->data(), in_sentence);
    } else {
      leave_out_empty(to, keep_mapped(from, map->data(), to), in_sentence);
    }
  }

 private:
  WORD2VEC_AVX512 void map_avx512(WordId* to, std::span<const WordId> from, const WordId* map, bool in_sentence) {
    leave_out_empty(to, keep_mapped_avx512(from, map, to), in_sentence);
  }
  /// Of the ids from `begin` to before `end`, the ends of sentences that have no word.
  [[gnu::always_inline]] void leave_out_empty(WordId* const begin, WordId* end, bool in_sentence) {
    const auto before = static_cast<std::size_t>(end - begin);
    first_is_end = !in_sentence && before != 0 && *begin == sentence_end;
    std::uint32_t ends = before != 0 && *begin == sentence_end ? 1 : 0, empty = first_is_end ? 1 : 0;
    for (std::size_t i = 1; i < before; ++i) {
      const std::uint32_t is_end = begin[i] == sentence_end ? 1 : 0, behind_end = begin[i - 1] == sentence_end ? 1 : 0;
      ends += is_end;
      empty += is_end & behind_end;
    }
    if (empty != 0) [[unlikely]] {
      WordId* kept = begin;
      bool has_word = in_sentence;
      for (const WordId* at = begin; at != end; ++at) {
        const bool is_word = *at != sentence_end;
        *kept = *at;
        kept += is_word || has_word ? 1 : 0;
        has_word = is_word;
      }
      end = kept;
    }
    any_end = ends != 0;
    size = static_cast<std::size_t>(end - begin);
    words = before - ends;
    open = size == 0 ? in_sentence : end[-1] != sentence_end;
  }
};

}  // namespace

/// Where the result of a remapping is written to, segment by segment in their order.
struct IdStore::Remapped {
  std::uint64_t written = 0, words = 0;
  bool in_sentence = false;

  /// Takes the segment's place in the result; returns its ids.
  std::span<const WordId> place(MappedSegment& segment) {
    const bool end = segment.first_is_end && in_sentence;
    if (end) segment.ids[0] = sentence_end;
    const std::span<const WordId> ids(segment.ids.data() + (end ? 0 : 1), segment.size + (end ? 1 : 0));
    written += ids.size();
    words += segment.words;
    in_sentence = segment.open || (in_sentence && !segment.any_end);
    return ids;
  }
  /// Maps a segment's ids; `to`: where they begin, or before.
  void map(std::span<const WordId> ids, const Map& map, WordId* to, MappedSegment& segment, SimdLevel level) {
    segment.map_to(to, ids, map.get(), in_sentence, level);
    written += segment.size;
    words += segment.words;
    in_sentence = segment.open;
  }
};

/// Whether a sentence goes on where a segment begins, by the ids before it as they are before they are mapped.
class IdStore::OpenSentences {
 public:
  OpenSentences(const IdStore& store, const std::function<Map(std::uint32_t)>& map_of) : store_(store), map_of_(map_of) {}

  /// `segment`: no higher than in the call before.
  bool before(std::size_t segment) {
    // What tells it may be many segments back: it is looked for but once.
    if (segment >= known_from_) return open_;
    open_ = false;
    for (known_from_ = segment; known_from_ > 0; --known_from_) {
      if (tells(store_.segments_[known_from_ - 1])) break;
    }
    return open_;
  }

 private:
  /// Whether the segment has a sentence end or a word that is kept, of which the last one counts.
  bool tells(const Segment& segment) {
    const Map map = map_of_(segment.table);
    const WordId* const ids = static_cast<const WordId*>(store_.memory_.data()) + segment.first;
    for (std::size_t i = segment.count; i-- > 0;) {
      if (ids[i] != sentence_end && map != nullptr && (*map)[ids[i]] == dropped_word) continue;
      open_ = ids[i] != sentence_end;
      return true;
    }
    return false;
  }

  const IdStore& store_;
  const std::function<Map(std::uint32_t)>& map_of_;
  std::size_t known_from_ = std::numeric_limits<std::size_t>::max();
  bool open_ = false;
};

IdStore::IdStore(std::string spill_folder, std::uint64_t memory_bytes)
    : memory_bytes_(memory_bytes), file_(std::move(spill_folder), "the corpus's word ids") {}

IdStore::~IdStore() { release(); }

IdStore::IdStore(IdStore&& other) noexcept : file_({}, {}) { *this = std::move(other); }

IdStore& IdStore::operator=(IdStore&& other) noexcept {
  if (this == &other) return *this;
  release();
  memory_bytes_ = other.memory_bytes_;
  memory_ = std::move(other.memory_);
  file_ = std::move(other.file_);
  size_ = std::exchange(other.size_, 0);
  tables_ = std::exchange(other.tables_, 0);
  first_ = std::exchange(other.first_, 0);
  segments_ = std::exchange(other.segments_, {});
  mapped_ = std::exchange(other.mapped_, nullptr);
  return *this;
}

void IdStore::append(std::span<const WordId> ids, std::uint32_t table, std::uint64_t others_bytes) {
  if (!spilled() && (size_ + ids.size()) * sizeof(WordId) + others_bytes > memory_bytes_ && !ids.empty()) spill();
  if (spilled()) {
    file_.append(bytes_of(ids));
  } else {
    append_to_memory(ids);
  }
  for (std::size_t done = 0; done < ids.size();) {
    const std::uint32_t count = static_cast<std::uint32_t>(std::min<std::size_t>(ids.size() - done, segment_ids));
    note_segment(count, table);
    done += count;
  }
}

void IdStore::note_segment(std::uint32_t count, std::uint32_t table) {
  if (!segments_.empty() && segments_.back().table == table && segments_.back().count + count <= segment_ids) {
    segments_.back().count += count;
  } else {
    segments_.push_back({size_, count, table});
  }
  size_ += count;
  tables_ = std::max(tables_, table + 1);
}

void IdStore::append_to_memory(std::span<const WordId> ids) {
  const std::uint64_t end = (size_ + ids.size()) * sizeof(WordId);
  // What is not yet written to takes no memory. A last huge page that is not whole would be small ones for good.
  if (end > memory_.size()) memory_.resize((end + end / 4) / growth_bytes * growth_bytes + growth_bytes);
  copy_far(ids, static_cast<WordId*>(memory_.data()) + size_);
}

void IdStore::spill() {
  file_.append(bytes_of({static_cast<const WordId*>(memory_.data()), size_}));
  memory_.resize(0);
}

std::uint64_t IdStore::remap(const std::function<Map(std::uint32_t)>& map_of, std::uint32_t threads, SimdLevel level) {
  const bool in_place = threads == 1 && !spilled();
  const bool outwards = threads == 2 && !spilled() && tables_ <= 2;  // of more, maps may have to be made anew for each segment
  const Remapped result = in_place   ? remap_in_place(map_of, level)
                          : outwards ? remap_outwards(map_of, level)
                                     : remap_by_segments(map_of, threads, level);
  size_ = result.written;
  segments_ = {};
  freeze();
  return result.words;
}

IdStore::Remapped IdStore::remap_in_place(const std::function<Map(std::uint32_t)>& map_of, SimdLevel level) {
  Remapped result;
  WordId* const ids = static_cast<WordId*>(memory_.data());
  MappedSegment mapped;
  for (const Segment& segment : segments_) {
    result.map({ids + segment.first, segment.count}, map_of(segment.table), ids + result.written, mapped, level);
  }
  return result;
}

// One thread closes the ids before the middle up to the right, the other those behind it to the left: so what is left lies
// together, and nothing is moved once more.
IdStore::Remapped IdStore::remap_outwards(const std::function<Map(std::uint32_t)>& map_of, SimdLevel level) {
  WordId* const ids = static_cast<WordId*>(memory_.data());
  const std::size_t middle = segments_.size() / 2;
  const std::uint64_t joint = middle < segments_.size() ? segments_[middle].first : 0;
  OpenSentences open(*this, map_of);
  Remapped before, behind;
  behind.in_sentence = open.before(middle);
  std::atomic<bool> failed{false};
  run_threads(2, failed, [&](std::uint32_t thread) {
    MappedSegment mapped;
    for (std::size_t i = middle; thread == 0 && i < segments_.size() && !failed; ++i) {
      const Segment& segment = segments_[i];
      behind.map({ids + segment.first, segment.count}, map_of(segment.table), ids + joint + behind.written, mapped, level);
    }
    for (std::size_t i = middle; thread == 1 && i-- > 0 && !failed;) {
      const Segment& segment = segments_[i];
      WordId* const own = ids + segment.first;
      before.in_sentence = open.before(i);
      before.map({own, segment.count}, map_of(segment.table), own, mapped, level);
      std::copy_backward(own, own + mapped.size, ids + joint - before.written + mapped.size);
    }
  });
  first_ = joint - before.written;
  return {before.written + behind.written, before.words + behind.words, behind.in_sentence};
}

IdStore::Remapped IdStore::remap_by_segments(const std::function<Map(std::uint32_t)>& map_of, std::uint32_t threads,
                                             SimdLevel level) {
  Remapped result;
  InOrder<MappedSegment> order(most_ahead * threads, [&](MappedSegment& segment) {
    const std::uint64_t first = result.written;
    // No longer than the segments up to this one, all of which have been read.
    store(result.place(segment), first);
  });
  std::atomic<bool> failed{false};
  std::atomic<std::size_t> next{0};
  run_threads(std::min<std::uint32_t>(threads, static_cast<std::uint32_t>(segments_.size()) + 1), failed, [&](std::uint32_t) {
    const InOrder<MappedSegment>::Guard guard(order);
    std::vector<WordId> buffer;
    for (std::size_t i; !failed && (i = next.fetch_add(1)) < segments_.size();) {
      auto mapped = order.fresh();
      const Map map = map_of(segments_[i].table);
      mapped->map(load(segments_[i], buffer), map.get(), level);
      if (!order.put(i, std::move(mapped))) return;
    }
  });
  return result;
}

std::span<const WordId> IdStore::load(const Segment& segment, std::vector<WordId>& buffer) const {
  if (!spilled()) return {static_cast<const WordId*>(memory_.data()) + segment.first, segment.count};
  buffer.resize(segment.count);
  file_.read({reinterpret_cast<char*>(buffer.data()), segment.count * sizeof(WordId)}, segment.first * sizeof(WordId));
  return buffer;
}

void IdStore::store(std::span<const WordId> ids, std::uint64_t first) {
  if (spilled()) {
    file_.write(bytes_of(ids), first * sizeof(WordId));
  } else {
    copy_far(ids, static_cast<WordId*>(memory_.data()) + first);
  }
}

void IdStore::freeze() {
  if (!spilled()) {
    memory_.resize((first_ + size_) * sizeof(WordId));
    memory_.forget(first_ * sizeof(WordId));
    return;
  }
  file_.truncate(size_ * sizeof(WordId));
  if (size_ == 0) return;  // there is no empty mapping
  void* const address = ::mmap(nullptr, size_ * sizeof(WordId), PROT_READ, MAP_SHARED, file_.descriptor(), 0);
  if (address == MAP_FAILED) file_.fail();
  // Every thread reads its part from front to back.
  ::madvise(address, size_ * sizeof(WordId), MADV_SEQUENTIAL);
  mapped_ = static_cast<const WordId*>(address);
}

std::span<const WordId> IdStore::ids() const {
  assert(segments_.empty());  // ids() before remap()
  return {spilled() ? mapped_ : static_cast<const WordId*>(memory_.data()) + first_, size_};
}

void IdStore::release() {
  if (mapped_ != nullptr) ::munmap(const_cast<WordId*>(mapped_), size_ * sizeof(WordId));
}

}  // namespace word2vec
