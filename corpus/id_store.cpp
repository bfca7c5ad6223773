// Ids in memory or in a file without a name. Knows ids as numbers; refuses to know words.
#include "corpus/id_store.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <utility>

#include "corpus/id_mapping.h"
#include "corpus/in_order.h"
#include "corpus/parallel.h"

namespace word2vec {
namespace {

constexpr std::uint32_t segment_ids = std::uint32_t{1} << 15;  // 128 KiB, which stays in a near cache
constexpr std::uint64_t most_ahead = 4;                        // segments a thread
constexpr std::uint64_t growth_bytes = std::uint64_t{1} << 24;

std::span<const char> bytes_of(std::span<const WordId> ids) {
  return {reinterpret_cast<const char*>(ids.data()), ids.size_bytes()};
}

/// A segment's ids after the map. Whether its first sentence has begun before, only the segments before it can tell.
struct MappedSegment {
  std::vector<WordId> ids;         // from number 1 on; number 0 is room for the end of the sentence before
  std::span<const WordId> placed;  // of `ids`, what goes to the result
  std::uint64_t place = 0;         // its place there
  std::size_t size = 0;
  std::uint64_t words = 0;
  bool first_is_end = false;  // a sentence end came before any word
  bool any_end = false;       // a sentence end came
  bool open = false;          // words came behind the last sentence end

  void map(std::span<const WordId> from, const std::vector<WordId>* map, SimdLevel level) {
    ids.resize(segment_ids + 1);
    const MappedIds mapped = map_forward(from, map, ids.data() + 1, true, level);
    size = static_cast<std::size_t>(mapped.end - mapped.begin);
    words = mapped.words;
    first_is_end = mapped.first_is_end;
    any_end = mapped.any_end;
    open = size != 0 && mapped.end[-1] != sentence_end;
  }
};

}  // namespace

/// Where the result of a remapping is written to, segment by segment in their order.
struct IdStore::Remapped {
  std::uint64_t first = 0, written = 0, words = 0;
  bool in_sentence = false;

  /// Finds the segment's place in the result.
  void place(MappedSegment& segment) {
    const bool end = segment.first_is_end && in_sentence;
    if (end) segment.ids[0] = sentence_end;
    segment.placed = {segment.ids.data() + (end ? 0 : 1), segment.size + (end ? 1 : 0)};
    segment.place = written;
    written += segment.placed.size();
    words += segment.words;
    in_sentence = segment.open || (in_sentence && !segment.any_end);
  }
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
  first_ = std::exchange(other.first_, 0);
  size_ = std::exchange(other.size_, 0);
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
}

void IdStore::append_to_memory(std::span<const WordId> ids) {
  const std::uint64_t end = (size_ + ids.size()) * sizeof(WordId);
  // What is not yet written to takes no memory. A last huge page that is not whole would be small ones for good.
  if (end > memory_.size()) memory_.resize((end + end / 4) / growth_bytes * growth_bytes + growth_bytes);
  std::ranges::copy(ids, static_cast<WordId*>(memory_.data()) + size_);
}

void IdStore::spill() {
  file_.append(bytes_of({static_cast<const WordId*>(memory_.data()), size_}));
  memory_.resize(0);
}

std::uint64_t IdStore::remap(const MapOf& map_of, std::uint32_t threads, bool maps_in_order, SimdLevel level) {
  const bool in_place = !spilled() && (threads == 1 || (threads == 2 && !maps_in_order));
  const Remapped result = in_place ? remap_in_place(map_of, threads, level) : remap_by_segments(map_of, threads, level);
  first_ = result.first;
  size_ = result.written;
  segments_ = {};
  freeze();
  return result.words;
}

/// One thread goes from the middle to the back and another from there to the front, so that what they leave lies together, though
/// neither knows how much the other leaves. A single thread goes from the front to the back.
IdStore::Remapped IdStore::remap_in_place(const MapOf& map_of, std::uint32_t threads, SimdLevel level) {
  WordId* const ids = static_cast<WordId*>(memory_.data());
  const std::uint64_t middle = threads == 1 ? 0 : first_kept_word(size_ / 2, map_of);
  const auto part = [&](const Segment& segment, std::uint64_t from, std::uint64_t to) {
    const std::uint64_t begin = std::max(segment.first, from), end = std::min(segment.first + segment.count, to);
    return std::span<const WordId>(ids + begin, end > begin ? end - begin : 0);
  };
  MappedIds back{ids + middle, ids + middle}, front = back;
  std::atomic<bool> failed{false};
  run_threads(threads, failed, [&](std::uint32_t thread) {
    if (thread == 0) {
      bool behind_end = true;
      for (const Segment& segment : segments_) {
        const std::span<const WordId> from = part(segment, middle, size_);
        if (from.empty()) continue;
        const MappedIds mapped = map_forward(from, map_of(segment.table).get(), back.end, behind_end, level);
        if (mapped.end != mapped.begin) behind_end = mapped.end[-1] == sentence_end;
        back.end = mapped.end;
        back.words += mapped.words;
      }
    } else {
      bool before_end = false;
      for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
        const std::span<const WordId> from = part(*segment, 0, middle);
        if (from.empty()) continue;
        const MappedIds mapped = map_backward(from, map_of(segment->table).get(), front.begin, before_end, level);
        if (mapped.end != mapped.begin) before_end = *mapped.begin == sentence_end;
        front.begin = mapped.begin;
        front.words += mapped.words;
      }
    }
  });
  if (front.begin != front.end && *front.begin == sentence_end) ++front.begin;
  Remapped result;
  result.first = static_cast<std::uint64_t>(front.begin - ids);
  result.written = static_cast<std::uint64_t>(back.end - front.begin);
  result.words = front.words + back.words;
  return result;
}

/// The place from `from` on of an id that stays; that behind the last if there is none.
std::uint64_t IdStore::first_kept_word(std::uint64_t from, const MapOf& map_of) const {
  const WordId* const ids = static_cast<const WordId*>(memory_.data());
  for (const Segment& segment : segments_) {
    const std::uint64_t end = segment.first + segment.count;
    if (end <= from) continue;
    const Map map = map_of(segment.table);
    for (std::uint64_t place = std::max(from, segment.first); place < end; ++place) {
      if (ids[place] != sentence_end && (map == nullptr || (*map)[ids[place]] != dropped_word)) return place;
    }
  }
  return size_;
}

IdStore::Remapped IdStore::remap_by_segments(const MapOf& map_of, std::uint32_t threads, SimdLevel level) {
  Remapped result;
  // What has its place may be written there: no further than the segments up to this one reached, all of which have been read.
  InOrder<MappedSegment> order(
      most_ahead * threads, [&](MappedSegment& segment) { result.place(segment); },
      [&](MappedSegment& segment) { store(segment.placed, segment.place); });
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
    std::ranges::copy(ids, static_cast<WordId*>(memory_.data()) + first);
  }
}

void IdStore::freeze() {
  if (!spilled()) {
    memory_.resize((first_ + size_) * sizeof(WordId));
    memory_.give_back(first_ * sizeof(WordId));
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
