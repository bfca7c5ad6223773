// Ids that one thread brings in order and others take piece by piece. Knows places; refuses to know where ids come from.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <span>
#include <vector>

#include "trainer/id_source.h"

namespace word2vec {

/// Holds what is between the two: at most a million ids and what one put() brings, or as many as the neighbours of one piece
/// take.
class IdStream {
 public:
  /// Of `size` ids, of which the pieces before number `first` are left out. `reach`: which neighbours a piece comes with.
  IdStream(std::uint64_t size, std::uint64_t first, const Reach& reach) : size_(size), first_piece_(first), reach_(reach) {}

  /// Appends ids; waits while there is enough. False when nobody will take them.
  bool put(std::span<const WordId> ids);
  /// No more will come: all were put, or the reading failed. Only then is the last piece given.
  void end(std::exception_ptr failure = nullptr);
  /// Nobody will take any more.
  void cancel();

  /// The next piece, with its places set; waits for it. Rethrows what the reading failed with. False behind the last.
  bool take(IdPiece& piece);
  std::uint64_t next_piece() const;

 private:
  IdStretch here() const { return {std::span(ids_).subspan(gone_), first_}; }
  bool is_whole(const IdPiece& piece) const;
  void forget(std::uint64_t place);

  std::uint64_t size_, first_piece_;
  Reach reach_;
  mutable std::mutex lock_;  // of all that follows
  std::condition_variable changed_;
  std::vector<WordId> ids_;  // with `gone_` at their front that were taken
  std::size_t gone_ = 0;
  std::uint64_t first_ = 0;  // the place of the first that is not gone
  std::uint64_t next_ = 0;   // piece
  bool lacking_ = false;     // a thread found no whole piece since the last put()
  bool ended_ = false, cancelled_ = false;
  std::exception_ptr failure_;
};

}  // namespace word2vec
