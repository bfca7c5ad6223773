// The ids of a corpus, handed to threads piece by piece in each epoch. Knows places; refuses to know what becomes of a piece.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "trainer/reach.h"

namespace word2vec {

/// A piece of the ids, with its neighbours on both sides. One thread's; its memory serves from piece to piece.
struct IdPiece {
  /// All pieces but the last are of this size, which depends on nothing, so that neither does what is drawn in them.
  static constexpr std::uint64_t most_ids = 8192;
  static std::uint64_t count(std::uint64_t ids) { return (ids + most_ids - 1) / most_ids; }

  /// Sets the number and the places, of so many ids; false when there is no such piece.
  bool set(std::uint64_t its_number, std::uint64_t all_ids) {
    if (its_number >= count(all_ids)) return false;
    number = its_number;
    begin = number * most_ids;
    end = std::min(begin + most_ids, all_ids);
    return true;
  }

  std::uint64_t number = 0;          ///< 0, 1, ... in the order of the corpus
  std::uint64_t begin = 0, end = 0;  ///< its places among all ids
  IdStretch ids;                     ///< these places, and as far around them as Reach says, or further
  std::vector<WordId> memory;        ///< of `ids`, when they are kept nowhere else
};

class IdSource {
 public:
  virtual ~IdSource() = default;

  /// Ids of an epoch: word ids, and a `sentence_end` after each sentence.
  virtual std::uint64_t size() const = 0;
  /// XXH3 of them all.
  virtual std::uint64_t hash() const = 0;
  std::uint64_t pieces() const { return IdPiece::count(size()); }

  /// Makes next() give the pieces of that epoch, from number `piece` on. Not while another thread is in next(). Throws Error.
  virtual void start(std::uint32_t epoch, std::uint64_t piece, const Reach& reach) = 0;
  /// The next piece; false behind the last. Thread-safe. Throws Error.
  virtual bool next(IdPiece& piece) = 0;
};

/// Ids that are in memory, or mapped, and outlive this.
class CachedIds : public IdSource {
 public:
  explicit CachedIds(std::span<const WordId> ids) : ids_(ids) {}

  std::uint64_t size() const override { return ids_.size(); }
  std::uint64_t hash() const override;
  void start(std::uint32_t, std::uint64_t piece, const Reach&) override { next_ = piece; }
  bool next(IdPiece& piece) override {
    piece.ids = {ids_, 0};
    return piece.set(next_.fetch_add(1), ids_.size());
  }

 private:
  std::span<const WordId> ids_;
  std::atomic<std::uint64_t> next_{0};
};

}  // namespace word2vec
