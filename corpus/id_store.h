// A long sequence of word ids, in memory or, past a bound, in a file without a name that vanishes with the process.
// Knows ids as numbers; refuses to know words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

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

  /// Throws Error when the disk is full.
  void append(WordId id);

  /// Replaces every id that is not `sentence_end` by `map[id]`, drops those that map to `dropped_word`, and drops the
  /// `sentence_end` of sentences left empty. In place. An empty `map` changes no id. Ends appending. Returns the ids
  /// left, sentence ends not counted.
  std::uint64_t remap(std::span<const WordId> map);

  /// After remap(): the ids, mapped from the file when they were spilled. Valid while the store lives.
  std::span<const WordId> ids() const;
  bool spilled() const { return descriptor_ >= 0; }

 private:
  void flush();
  std::uint64_t remap_file(std::span<const WordId> map);
  void freeze();
  [[noreturn]] void fail() const;
  void release();

  std::string folder_;
  std::uint64_t memory_ids_ = 0;
  std::vector<WordId> memory_;  // all ids, or when spilled the tail not yet written
  int descriptor_ = -1;
  std::uint64_t spilled_ids_ = 0;
  const WordId* mapped_ = nullptr;
  std::uint64_t mapped_ids_ = 0;
};

}  // namespace word2vec
