// Exact search, by groups of queries that share each panel of rows while it is in the cache. Refuses to know words.
#include "eval/search.h"

#include <omp.h>

#include <algorithm>
#include <cmath>

namespace word2vec {
namespace {

constexpr std::size_t most_in_group = 128;  // 128 queries of 100 floats are 50 kB: with a panel they fit a level 2 cache

std::size_t clamp_rows(std::size_t rows, std::size_t all) { return rows == 0 ? all : std::min(rows, all); }

/// One group of queries against all rows. `scores` has room for `most_in_group` x RowPanels::width.
void search_group(const RowPanels& panels, const Matrix& queries, std::size_t first, std::size_t last, Score kind,
                  std::vector<TopK>& best, float* scores) {
  const float sign = kind == Score::dot ? 1.0F : -1.0F;  // so that for all metrics more is better
  for (std::size_t panel = 0; panel < panels.panels(); ++panel) {
    panels.score(panel, queries, first, last, kind, scores, RowPanels::width);
    const std::size_t count = panels.rows_in(panel);
    for (std::size_t q = first; q < last; ++q) {
      const float* const row_scores = scores + (q - first) * RowPanels::width;
      for (std::size_t r = 0; r < count; ++r) {
        const float score = sign * row_scores[r];
        if (!(score < best[q].bar())) best[q].offer(panel * RowPanels::width + r, score);
      }
    }
  }
}

}  // namespace

Search::Search(const Matrix& matrix, Metric metric, std::size_t rows, SimdLevel level)
    : metric_(metric), panels_(matrix, clamp_rows(rows, matrix.rows()), metric == Metric::cosine, level) {}

std::vector<std::vector<Neighbor>> Search::nearest(const Matrix& queries, std::size_t k,
                                                   const std::vector<std::vector<std::size_t>>& excluded) const {
  const std::size_t count = queries.rows();
  std::vector<TopK> best;
  best.reserve(count);
  for (std::size_t q = 0; q < count; ++q) best.emplace_back(std::min(k, rows()), excluded[q]);

  // A single query is not split: reading the vectors took far longer than the one pass over them that it needs.
  const auto threads = static_cast<std::size_t>(omp_get_max_threads());
  const std::size_t group = std::clamp<std::size_t>((count + threads - 1) / threads, 1, most_in_group);
  const Score kind = metric_ == Metric::euclidean ? Score::squared_distance : Score::dot;
  std::vector<std::vector<float>> scratch(threads, std::vector<float>(group * RowPanels::width));
#pragma omp parallel for schedule(dynamic) num_threads(static_cast <int>(threads))
  for (std::size_t first = 0; first < count; first += group) {
    float* const scores = scratch[static_cast<std::size_t>(omp_get_thread_num())].data();
    search_group(panels_, queries, first, std::min(first + group, count), kind, best, scores);
  }

  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(count);
  for (TopK& kept : best) answers.push_back(kept.take());
  if (metric_ == Metric::euclidean) {
    for (auto& answer : answers) {
      for (Neighbor& neighbor : answer) neighbor.score = std::sqrt(std::max(0.0F, -neighbor.score));
    }
  }
  return answers;
}

}  // namespace word2vec
