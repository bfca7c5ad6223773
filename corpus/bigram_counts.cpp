#include "corpus/bigram_counts.h"

#include <algorithm>
#include <atomic>
#include <queue>
#include <utility>

#include "corpus/parallel.h"

namespace word2vec {
namespace {

constexpr std::size_t most_run_pairs = 4096, least_run_pairs = 32;  // of a run that are in memory while it is merged

std::vector<NumberedPair> sorted_pairs(PairTable& table) {
  std::vector<NumberedPair> pairs = table.take();
  std::ranges::sort(pairs, {}, &NumberedPair::pair);
  return pairs;
}

}  // namespace

struct BigramCounts::Shard {
  std::mutex lock;
  PairTable table;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> runs;  // on the disk: the byte that each begins at, and its pairs
};

/// A sorted run, read from the disk piece by piece.
class BigramCounts::Run {
 public:
  Run(const TemporaryFile& file, std::uint64_t begin, std::uint64_t pairs, std::size_t room)
      : file_(&file), place_(begin), left_(pairs), room_(room) {
    load();
  }
  /// What memory holds already.
  explicit Run(std::vector<NumberedPair> pairs) : pairs_(std::move(pairs)) {}

  bool ended() const { return next_ == pairs_.size(); }
  const NumberedPair& front() const { return pairs_[next_]; }
  void pop() {
    if (++next_ == pairs_.size() && left_ != 0) load();
  }

 private:
  void load() {
    pairs_.resize(std::min<std::uint64_t>(room_, left_));
    const std::size_t bytes = pairs_.size() * sizeof(NumberedPair);
    file_->read({reinterpret_cast<char*>(pairs_.data()), bytes}, place_);
    place_ += bytes;
    left_ -= pairs_.size();
    next_ = 0;
  }

  const TemporaryFile* file_ = nullptr;
  std::uint64_t place_ = 0, left_ = 0;  // of what is not yet read: the byte, and the pairs
  std::size_t room_ = 0, next_ = 0;
  std::vector<NumberedPair> pairs_;
};

BigramCounts::BigramCounts(std::string folder, std::uint64_t memory_bytes)
    : shard_bytes_(memory_bytes / shards),
      shards_(std::make_unique<std::array<Shard, shards>>()),
      file_(std::move(folder), "the corpus's pairs of words") {}

BigramCounts::~BigramCounts() = default;

BigramCounts::Counter::Counter(BigramCounts& counts) : counts_(&counts), pairs_(shards * room) {}

void BigramCounts::Counter::hand_over(std::size_t shard) {
  Shard& its = (*counts_->shards_)[shard];
  const std::span<const WordPair> pairs(pairs_.data() + shard * room, filled_[shard]);
  const std::lock_guard guard(its.lock);
  for (const WordPair pair : pairs) its.table.prefetch(pair);
  for (const WordPair pair : pairs) {
    if (its.table.full() && 2 * its.table.bytes() > counts_->shard_bytes_ && its.table.find(pair) == 0) counts_->spill(its);
    its.table.add(pair);
  }
  added_ += pairs.size();
  filled_[shard] = 0;
}

void BigramCounts::Counter::finish() {
  for (std::size_t shard = 0; shard < shards; ++shard) hand_over(shard);
}

void BigramCounts::spill(Shard& shard) {
  const std::vector<NumberedPair> pairs = sorted_pairs(shard.table);
  const std::lock_guard guard(lock_);
  const std::uint64_t begin = file_.append({reinterpret_cast<const char*>(pairs.data()), pairs.size() * sizeof(NumberedPair)});
  shard.runs.emplace_back(begin, pairs.size());
}

std::uint64_t BigramCounts::spilled() const {
  std::uint64_t runs = 0;
  for (const Shard& shard : *shards_) runs += shard.runs.size();
  return runs;
}

void BigramCounts::for_each(std::uint32_t threads, const std::function<void(std::span<const NumberedPair>)>& visit) {
  std::atomic<bool> failed{false};
  std::atomic<std::size_t> next{0};
  const std::uint64_t thread_bytes = shard_bytes_ * shards / threads;
  run_threads(threads, failed, [&](std::uint32_t) {
    for (std::size_t i; !failed && (i = next.fetch_add(1)) < shards;) {
      Shard& shard = (*shards_)[i];
      if (shard.runs.empty()) {
        visit(shard.table.take());
      } else {
        const std::size_t room = thread_bytes / sizeof(NumberedPair) / (shard.runs.size() + 1);
        merge(shard, std::clamp(room, least_run_pairs, most_run_pairs), visit);
      }
    }
  });
}

void BigramCounts::merge(Shard& shard, std::size_t run_pairs,
                         const std::function<void(std::span<const NumberedPair>)>& visit) const {
  std::vector<Run> runs;
  for (const auto& [begin, pairs] : shard.runs) runs.emplace_back(file_, begin, pairs, run_pairs);
  if (shard.table.size() != 0) runs.emplace_back(sorted_pairs(shard.table));
  const auto later = [&](std::size_t a, std::size_t b) { return runs[a].front().pair > runs[b].front().pair; };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> order(later);
  for (std::size_t i = 0; i < runs.size(); ++i) order.push(i);
  std::vector<NumberedPair> merged;
  while (!order.empty()) {
    const std::size_t first = order.top();
    order.pop();
    const NumberedPair& found = runs[first].front();
    if (!merged.empty() && merged.back().pair == found.pair) {
      merged.back().number += found.number;
    } else {
      // The last one may go on, so it is not shown yet.
      if (merged.size() > most_run_pairs) {
        visit(std::span(merged).first(merged.size() - 1));
        merged.erase(merged.begin(), merged.end() - 1);
      }
      merged.push_back(found);
    }
    runs[first].pop();
    if (!runs[first].ended()) order.push(first);
  }
  visit(merged);
}

}  // namespace word2vec
