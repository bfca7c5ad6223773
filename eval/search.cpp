// Exact search: a panel of rows is met by all queries while it is in the cache. Refuses to know words.
#include "eval/search.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include "eval/byte_filter.h"

namespace word2vec {
namespace {

constexpr std::size_t most_in_batch = 1024;  // whose floats, at 100 a query, and bytes fit a level 2 cache beside a panel
constexpr std::size_t most_in_group = 128;   // whose scores with a panel fit a level 1 cache
constexpr std::size_t panels_at_once = 16;   // by one thread, then it looks up how far the others have raised the bars
constexpr std::size_t fewest_filtered = 16;  // for 8, to round the rows to bytes costs more than it saves
// For more neighbours, keeping them takes longer than scoring the rows, and the best of all queries no longer fit the caches.
constexpr std::size_t most_by_panels = 128;

std::size_t clamp_rows(std::size_t rows, std::size_t all) { return rows == 0 ? all : std::min(rows, all); }

bool any_reaches(const float* scores, std::size_t count, float bar) {
  int reached = 0;
#pragma omp simd reduction(+ : reached)
  for (std::size_t r = 0; r < count; ++r) reached += scores[r] >= bar ? 1 : 0;
  return reached != 0;
}

/// Queries that meet the rows together.
struct Batch {
  const RowPanels& panels;
  Score kind;
  std::vector<const float*> queries;
  std::optional<ByteQueries> bytes;      ///< if there is a filter
  std::vector<std::atomic<float>> bars;  ///< what `k` rows of each query have reached, as far as threads have told

  Batch(const RowPanels& rows, Score score, const Matrix& all, std::size_t first, std::size_t last)
      : panels(rows), kind(score), queries(row_pointers(all, first, last)), bars(last - first) {
    for (auto& bar : bars) bar.store(worst_score, std::memory_order_relaxed);
  }
};

/// What one thread works with.
struct Worker {
  std::span<TopK> best;     ///< of each query, among the rows that it has met here
  std::vector<float> bars;  ///< of all threads a moment ago
  std::vector<float> scores = std::vector<float>(most_in_group * RowPanels::width);
  std::vector<const float*> chosen = std::vector<const float*>(most_in_group);
  std::vector<std::uint32_t> all;  ///< places of queries
  std::optional<ByteFilter> filter;
  bool passes = false;  ///< whether the filter let most queries through when it was last asked
};

Worker make_worker(std::size_t queries, bool filtered, std::size_t dim) {
  Worker worker;
  worker.bars.resize(queries);
  worker.all.resize(queries);
  std::iota(worker.all.begin(), worker.all.end(), 0);
  if (filtered) worker.filter.emplace(dim, queries);
  return worker;
}

/// Takes over what other threads have reached, and tells what this one has. That another may overwrite it costs only time.
void share_bars(Batch& batch, Worker& worker) {
  for (std::size_t q = 0; q < batch.queries.size(); ++q) {
    const float others = batch.bars[q].load(std::memory_order_relaxed);
    if (worker.bars[q] > others) batch.bars[q].store(worker.bars[q], std::memory_order_relaxed);
    worker.bars[q] = std::max(worker.bars[q], others);
  }
}

/// Offers a query's scores with a panel's rows, signed so that more is better. Rows below the bar are not among the best of all.
void offer(const float* scores, Score kind, std::size_t first_row, std::size_t rows, TopK& best, float& bar) {
  float signed_scores[RowPanels::width];
  const float sign = kind == Score::dot ? 1.0F : -1.0F;
  for (std::size_t r = 0; r < RowPanels::width; ++r) signed_scores[r] = sign * scores[r];
  if (bar > worst_score && !any_reaches(signed_scores, RowPanels::width, bar)) return;
  for (std::size_t r = 0; r < rows; ++r) {
    if (signed_scores[r] < bar) continue;
    best.offer(first_row + r, signed_scores[r]);
    bar = std::max(bar, best.bar());
  }
}

/// Scores the queries at these places, and offers what they find.
void score(const Batch& batch, std::size_t panel, std::span<const std::uint32_t> places, Worker& worker) {
  for (std::size_t first = 0; first < places.size(); first += most_in_group) {
    const auto group = places.subspan(first, std::min(most_in_group, places.size() - first));
    for (std::size_t i = 0; i < group.size(); ++i) worker.chosen[i] = batch.queries[group[i]];
    const std::span<const float* const> chosen(worker.chosen.data(), group.size());
    batch.panels.score(panel, chosen, batch.kind, worker.scores.data(), RowPanels::width);
    for (std::size_t i = 0; i < group.size(); ++i) {
      offer(worker.scores.data() + i * RowPanels::width, batch.kind, panel * RowPanels::width, batch.panels.rows_in(panel),
            worker.best[group[i]], worker.bars[group[i]]);
    }
  }
}

/// The queries to score with a panel: all while the filter, asked now and then, lets most of them through anyway, as it does at
/// first, when bars are low, and where all rows are much alike.
std::span<const std::uint32_t> choose(const Batch& batch, std::size_t panel, Worker& worker) {
  const std::span all(worker.all.data(), batch.queries.size());
  if (!worker.filter || (worker.passes && panel % 8 != 0)) return all;
  worker.filter->take(batch.panels.panel(panel));
  const auto some = worker.filter->may_reach(*batch.bytes, batch.kind, worker.bars);
  worker.passes = some.size() > all.size() / 2;
  return some;
}

/// Each thread takes some queries to all panels.
void search_by_queries(const Batch& batch, std::vector<Worker>& workers) {
  const std::size_t queries = batch.queries.size(), threads = workers.size();
  const std::size_t group = std::min((queries + threads - 1) / threads, most_in_group);
#pragma omp parallel for schedule(dynamic) num_threads(static_cast <int>(threads))
  for (std::size_t first = 0; first < queries; first += group) {
    Worker& worker = workers[static_cast<std::size_t>(omp_get_thread_num())];
    const auto places = std::span<const std::uint32_t>(worker.all).subspan(first, std::min(group, queries - first));
    for (std::size_t panel = 0; panel < batch.panels.panels(); ++panel) score(batch, panel, places, worker);
  }
}

/// Each thread takes all queries to some panels.
void search_by_panels(Batch& batch, std::vector<Worker>& workers) {
  const std::size_t panels = batch.panels.panels();
#pragma omp parallel for schedule(dynamic) num_threads(static_cast <int>(workers.size()))
  for (std::size_t first = 0; first < panels; first += panels_at_once) {
    Worker& worker = workers[static_cast<std::size_t>(omp_get_thread_num())];
    share_bars(batch, worker);
    for (std::size_t panel = first; panel < std::min(first + panels_at_once, panels); ++panel) {
      score(batch, panel, choose(batch, panel, worker), worker);
    }
  }
}

/// The `k` best of each query of the batch.
std::vector<std::vector<Neighbor>> search(Batch& batch, std::size_t k, std::span<const std::vector<std::size_t>> excluded,
                                          std::vector<Worker>& workers) {
  const bool by_panels = k <= most_by_panels || batch.queries.size() < workers.size();
  std::vector<std::vector<TopK>> kept(by_panels ? workers.size() : 1);
  for (auto& some : kept) {
    some.reserve(excluded.size());
    for (const auto& rows : excluded) some.emplace_back(k, rows);
  }
  for (std::size_t thread = 0; thread < workers.size(); ++thread) {
    workers[thread].best = kept[by_panels ? thread : 0];
    std::fill(workers[thread].bars.begin(), workers[thread].bars.end(), worst_score);
    workers[thread].passes = false;
  }
  by_panels ? search_by_panels(batch, workers) : search_by_queries(batch, workers);
  std::vector<std::vector<Neighbor>> best(batch.queries.size());
  for (auto& some : kept) {
    for (std::size_t q = 0; q < best.size(); ++q) add_best(some[q].take(), k, best[q]);
  }
  return best;
}

}  // namespace

Search::Search(const Matrix& matrix, Metric metric, std::size_t rows, SimdLevel level)
    : metric_(metric), panels_(matrix, clamp_rows(rows, matrix.rows()), metric == Metric::cosine, level) {}

std::vector<std::vector<Neighbor>> Search::nearest(const Matrix& queries, std::size_t k,
                                                   const std::vector<std::vector<std::size_t>>& excluded) const {
  const std::size_t count = queries.rows(), batches = (count + most_in_batch - 1) / most_in_batch;
  const std::size_t in_batch = batches == 0 ? 0 : (count + batches - 1) / batches;
  const std::size_t most = std::min(k, rows());
  const bool filtered = most <= most_by_panels && in_batch >= fewest_filtered && can_filter(panels_.level(), panels_.dim());
  std::vector<Worker> workers;
  workers.reserve(static_cast<std::size_t>(omp_get_max_threads()));
  for (int thread = 0; thread < omp_get_max_threads(); ++thread) {
    workers.push_back(make_worker(in_batch, filtered, panels_.dim()));
  }
  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(count);
  for (std::size_t first = 0; first < count; first += in_batch) {
    const std::size_t last = std::min(first + in_batch, count);
    Batch batch(panels_, metric_ == Metric::euclidean ? Score::squared_distance : Score::dot, queries, first, last);
    if (filtered) batch.bytes.emplace(batch.queries, panels_.dim());
    for (auto& best : search(batch, most, std::span(excluded).subspan(first, last - first), workers)) {
      answers.push_back(std::move(best));
    }
  }
  if (metric_ != Metric::euclidean) return answers;
  for (auto& answer : answers) {
    for (Neighbor& neighbor : answer) neighbor.score = std::sqrt(std::max(0.0F, -neighbor.score));
  }
  return answers;
}

}  // namespace word2vec
