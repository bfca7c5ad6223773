#include "trainer/id_stream.h"

#include <algorithm>

namespace word2vec {
namespace {

constexpr std::uint64_t most_ahead = std::uint64_t{1} << 20;  // ids

}  // namespace

bool IdStream::put(std::span<const WordId> ids) {
  std::unique_lock guard(lock_);
  // Who lacks something gets one block more, however much is here: the neighbours of a piece may be far away.
  changed_.wait(guard, [&] { return cancelled_ || lacking_ || here().end() < next_ * IdPiece::most_ids + most_ahead; });
  lacking_ = false;
  ids_.insert(ids_.end(), ids.begin(), ids.end());
  changed_.notify_all();
  return !cancelled_;
}

void IdStream::end(std::exception_ptr failure) {
  const std::lock_guard guard(lock_);
  ended_ = true;
  failure_ = std::move(failure);
  changed_.notify_all();
}

void IdStream::cancel() {
  const std::lock_guard guard(lock_);
  cancelled_ = true;
  changed_.notify_all();
}

std::uint64_t IdStream::next_piece() const {
  const std::lock_guard guard(lock_);
  return next_;
}

bool IdStream::take(IdPiece& piece) {
  std::unique_lock guard(lock_);
  for (;;) {
    if (failure_) std::rethrow_exception(failure_);
    if (!piece.set(next_, size_)) return false;
    const IdStretch all = here();
    if (next_ < first_piece_ && all.end() >= piece.end) {
      ++next_;
      forget(reach_.before(all, piece.end));
    } else if (next_ >= first_piece_ && is_whole(piece)) {
      ++next_;
      const std::uint64_t from = reach_.before(all, piece.begin), to = reach_.behind(all, piece.end);
      const std::span<const WordId> ids = all.ids.subspan(from - all.first, to - from);
      piece.memory.assign(ids.begin(), ids.end());
      piece.ids = {piece.memory, from};
      forget(reach_.before(all, piece.end));
      return true;
    } else {
      lacking_ = true;
      changed_.notify_all();
      changed_.wait(guard);
    }
  }
}

/// Whether the piece is here with its neighbours.
bool IdStream::is_whole(const IdPiece& piece) const {
  if (ended_) return true;
  const IdStretch all = here();
  return all.end() > piece.end && reach_.behind(all, piece.end) < all.end();
}

/// What is before `place` is no piece's neighbour any more.
void IdStream::forget(std::uint64_t place) {
  gone_ += place - first_;
  first_ = place;
  if (2 * gone_ >= ids_.size()) {
    ids_.erase(ids_.begin(), ids_.begin() + static_cast<std::ptrdiff_t>(gone_));
    gone_ = 0;
  }
  changed_.notify_all();
}

}  // namespace word2vec
