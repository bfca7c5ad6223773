// The best few of many scored rows. Knows scores and rows; refuses to know where scores come from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace word2vec {

/// What nothing scores less than, and what is no number counts as.
inline constexpr float worst_score = -std::numeric_limits<float>::infinity();

struct Neighbor {
  std::size_t row;
  float score;
  bool operator==(const Neighbor&) const = default;
};

/// Higher scores first; of equal ones the lower row, which is the more frequent word.
inline bool is_better(const Neighbor& left, const Neighbor& right) {
  return left.score != right.score ? left.score > right.score : left.row < right.row;
}

/// Keeps the `k` best of the rows offered, each offered once, in any order. For one thread at a time.
class TopK {
 public:
  /// Takes all its memory now, so that offering, inside a parallel loop, cannot throw.
  TopK(std::size_t k, std::vector<std::size_t> excluded) : k_(k), excluded_(std::move(excluded)) { heap_.reserve(k); }

  /// Scores below this cannot enter: the reader of many scores compares with it before it offers.
  float bar() const { return bar_; }

  /// A NaN, as overflowing scores may give, counts as the worst score.
  void offer(std::size_t row, float score) {
    if (!(score == score)) score = worst_score;
    const Neighbor candidate{row, score};
    if (k_ == 0 || (heap_.size() == k_ && !is_better(candidate, heap_.front()))) return;
    if (std::find(excluded_.begin(), excluded_.end(), row) != excluded_.end()) return;
    if (heap_.size() == k_) {
      std::pop_heap(heap_.begin(), heap_.end(), is_better);
      heap_.pop_back();
    }
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), is_better);
    if (heap_.size() == k_) bar_ = heap_.front().score;
  }

  /// Best first. Leaves nothing behind.
  std::vector<Neighbor> take() {
    std::sort(heap_.begin(), heap_.end(), is_better);
    return std::move(heap_);
  }

 private:
  std::size_t k_;
  std::vector<std::size_t> excluded_;  // a few rows, so looked through in line
  std::vector<Neighbor> heap_;         // the worst of the best in front
  float bar_ = worst_score;
};

/// Of what two have kept, each sorted, the `most` best into `best`.
inline void add_best(const std::vector<Neighbor>& more, std::size_t most, std::vector<Neighbor>& best) {
  const auto middle = best.insert(best.end(), more.begin(), more.end());
  std::inplace_merge(best.begin(), middle, best.end(), is_better);
  best.resize(std::min(best.size(), most));
}

}  // namespace word2vec
