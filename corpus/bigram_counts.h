// Exact counts of pairs of words in bounded memory, from any number of threads. Knows ids; refuses to know words and text.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "corpus/io/temporary_file.h"
#include "corpus/pair_table.h"

namespace word2vec {

/// The pairs are dealt out to shards by their hashes, each a table under a lock. A shard that its part of the memory does not
/// hold is written to the disk, sorted, and begun anew; at the end its runs are merged.
class BigramCounts {
 public:
  static constexpr std::size_t shards = 256;

  /// `folder`: where runs go, in a file without a name. `memory_bytes`: of all tables together.
  BigramCounts(std::string folder, std::uint64_t memory_bytes);
  ~BigramCounts();
  BigramCounts(const BigramCounts&) = delete;
  BigramCounts& operator=(const BigramCounts&) = delete;

  /// One thread's. Gathers pairs until it pays to take a shard's lock. Throws Error when the disk is full.
  class Counter {
   public:
    explicit Counter(BigramCounts& counts);
    void add(WordPair pair) {
      const std::size_t shard = hash_of(pair) % shards;
      pairs_[shard * room + filled_[shard]++] = pair;
      if (filled_[shard] == room) hand_over(shard);
    }
    /// Counts what is gathered: once, last.
    void finish();
    /// Pairs added.
    std::uint64_t added() const { return added_; }

   private:
    static constexpr std::size_t room = 128;  // pairs a shard: 256 KiB in all, which stay in a near cache
    void hand_over(std::size_t shard);

    BigramCounts* counts_;
    std::vector<WordPair> pairs_;
    std::array<std::uint32_t, shards> filled_{};
    std::uint64_t added_ = 0;
  };

  /// Runs written to the disk so far.
  std::uint64_t spilled() const;

  /// When all counters have finished: calls `visit` with pairs and their counts until each was in one call, on all of `threads`
  /// threads and in no order. Once. Throws Error, and what `visit` throws.
  void for_each(std::uint32_t threads, const std::function<void(std::span<const NumberedPair>)>& visit);

 private:
  struct Shard;
  class Run;

  void spill(Shard& shard);
  void merge(Shard& shard, std::size_t run_pairs, const std::function<void(std::span<const NumberedPair>)>& visit) const;

  std::uint64_t shard_bytes_;
  std::unique_ptr<std::array<Shard, shards>> shards_;
  std::mutex lock_;  // of the file's end
  TemporaryFile file_;
};

}  // namespace word2vec
