// A long sequence of word ids, in memory or, past a bound, in a file without a name that vanishes with the process.
// Knows ids as numbers; refuses to know words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "corpus/io/pages.h"
#include "corpus/io/temporary_file.h"
#include "corpus/simd.h"
#include "corpus/word_table.h"

namespace word2vec {

/// Append, then remap() once, then read ids() from any number of threads. Movable, not copyable.
class IdStore {
 public:
  /// `spill_folder`: where the file goes when more than `memory_bytes` of ids come.
  explicit IdStore(std::string spill_folder = ".", std::uint64_t memory_bytes = std::uint64_t{1} << 30);
  ~IdStore();
  IdStore(IdStore&& other) noexcept;
  IdStore& operator=(IdStore&& other) noexcept;
  IdStore(const IdStore&) = delete;
  IdStore& operator=(const IdStore&) = delete;

  /// `table`: of which words these are the ids. `others_bytes`: what else the bound has to hold now. Throws Error when the disk
  /// is full.
  void append(std::span<const WordId> ids, std::uint32_t table = 0, std::uint64_t others_bytes = 0);

  /// What becomes of a table's ids: the new id or `dropped_word`, by id. Empty: they stay.
  using Map = std::shared_ptr<const std::vector<WordId>>;
  using MapOf = std::function<Map(std::uint32_t table)>;

  /// Replaces every id that is not `sentence_end` by that which its table's map gives, drops those that map to `dropped_word`,
  /// and drops the `sentence_end` of sentences left empty. In place, on `threads` threads. `maps_in_order`: each of these asks
  /// `map_of` for tables in the order in which they were appended; or else perhaps from a place in the middle on, either way.
  /// Ends appending. Returns the ids left, sentence ends not counted. `level`: the instructions to use; the result is the same
  /// with any.
  std::uint64_t remap(const MapOf& map_of, std::uint32_t threads = 1, bool maps_in_order = false, SimdLevel level = best_simd());

  /// After remap(): the ids, mapped from the file when they were spilled. Valid while the store lives.
  std::span<const WordId> ids() const;
  bool spilled() const { return file_.made(); }

 private:
  /// Consecutive ids of one table.
  struct Segment {
    std::uint64_t first;
    std::uint32_t count, table;
  };

  struct Remapped;

  Remapped remap_in_place(const MapOf& map_of, std::uint32_t threads, SimdLevel level);
  Remapped remap_by_segments(const MapOf& map_of, std::uint32_t threads, SimdLevel level);
  std::uint64_t first_kept_word(std::uint64_t from, const MapOf& map_of) const;
  void note_segment(std::uint32_t count, std::uint32_t table);
  void append_to_memory(std::span<const WordId> ids);
  void spill();
  std::span<const WordId> load(const Segment& segment, std::vector<WordId>& buffer) const;
  void store(std::span<const WordId> ids, std::uint64_t first);
  void freeze();
  void release();

  std::uint64_t memory_bytes_ = 0;
  Pages memory_;
  TemporaryFile file_;
  std::uint64_t first_ = 0, size_ = 0;  // ids, and where they begin in memory
  std::vector<Segment> segments_;
  const WordId* mapped_ = nullptr;
};

}  // namespace word2vec
