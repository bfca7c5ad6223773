// Exact search, by groups of queries that share each panel of rows while it is in the cache. Refuses to know words.
#include "eval/search.h"

#include <omp.h>

#include <algorithm>
#include <cmath>

namespace word2vec {
namespace {

constexpr std::size_t most_in_group = 128;  // 128 queries of 100 floats are 50 kB: with a panel they fit a level 2 cache

std::size_t clamp_rows(std::size_t rows, std::size_t all) { return rows == 0 ? all : std::min(rows, all); }

/// Queries first_query..last_query-1 against panels first_panel..last_panel-1: what one thread does at a time.
struct Job {
  std::size_t first_query, last_query, first_panel, last_panel;
  std::vector<TopK> best;  ///< of each of these queries among these panels
};

/// Few queries are split by rows, so that every thread has work; many by groups that share a panel while it is in the cache.
std::vector<Job> plan(std::size_t queries, std::size_t panels, std::size_t threads) {
  const std::size_t group = std::clamp<std::size_t>((queries + threads - 1) / threads, 1, most_in_group);
  const std::size_t groups = (queries + group - 1) / group;
  const std::size_t parts = std::clamp<std::size_t>(groups == 0 ? 1 : threads / groups, 1, std::max<std::size_t>(panels, 1));
  std::vector<Job> jobs;
  for (std::size_t first = 0; first < queries; first += group) {
    for (std::size_t part = 0; part < parts; ++part) {
      jobs.push_back({first, std::min(first + group, queries), panels * part / parts, panels * (part + 1) / parts, {}});
    }
  }
  return jobs;
}

bool any_reaches(const float* scores, std::size_t count, float bar) {
  int reached = 0;
#pragma omp simd reduction(+ : reached)
  for (std::size_t r = 0; r < count; ++r) reached += scores[r] >= bar ? 1 : 0;
  return reached != 0;
}

/// `scores` has room for `most_in_group` x RowPanels::width.
void run(const RowPanels& panels, const Matrix& queries, Score kind, Job& job, float* scores) {
  const float sign = kind == Score::dot ? 1.0F : -1.0F;  // so that for all metrics more is better
  for (std::size_t panel = job.first_panel; panel < job.last_panel; ++panel) {
    panels.score(panel, queries, job.first_query, job.last_query, kind, scores, RowPanels::width);
    const std::size_t count = panels.rows_in(panel);
    for (std::size_t q = 0; q < job.best.size(); ++q) {
      float row_scores[RowPanels::width];
      for (std::size_t r = 0; r < RowPanels::width; ++r) row_scores[r] = sign * scores[q * RowPanels::width + r];
      TopK& best = job.best[q];
      if (best.full() && !any_reaches(row_scores, RowPanels::width, best.bar())) continue;
      for (std::size_t r = 0; r < count; ++r) {
        if (!(row_scores[r] < best.bar())) best.offer(panel * RowPanels::width + r, row_scores[r]);
      }
    }
  }
}

}  // namespace

Search::Search(const Matrix& matrix, Metric metric, std::size_t rows, SimdLevel level)
    : metric_(metric), panels_(matrix, clamp_rows(rows, matrix.rows()), metric == Metric::cosine, level) {}

std::vector<std::vector<Neighbor>> Search::nearest(const Matrix& queries, std::size_t k,
                                                   const std::vector<std::vector<std::size_t>>& excluded) const {
  const auto threads = static_cast<std::size_t>(omp_get_max_threads());
  const std::size_t most = std::min(k, rows());
  std::vector<Job> jobs = plan(queries.rows(), panels_.panels(), threads);
  for (Job& job : jobs) {
    job.best.reserve(job.last_query - job.first_query);
    const std::size_t rows_of_job = (job.last_panel - job.first_panel) * RowPanels::width;
    for (std::size_t q = job.first_query; q < job.last_query; ++q)
      job.best.emplace_back(std::min(most, rows_of_job), excluded[q]);
  }
  const Score kind = metric_ == Metric::euclidean ? Score::squared_distance : Score::dot;
  std::vector<std::vector<float>> scratch(threads, std::vector<float>(most_in_group * RowPanels::width));
#pragma omp parallel for schedule(dynamic) num_threads(static_cast <int>(threads))
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    run(panels_, queries, kind, jobs[i], scratch[static_cast<std::size_t>(omp_get_thread_num())].data());
  }

  std::vector<std::vector<Neighbor>> answers(queries.rows());
  for (Job& job : jobs) {
    for (std::size_t q = job.first_query; q < job.last_query; ++q) {
      add_best(job.best[q - job.first_query].take(), most, answers[q]);
    }
  }
  if (metric_ == Metric::euclidean) {
    for (auto& answer : answers) {
      for (Neighbor& neighbor : answer) neighbor.score = std::sqrt(std::max(0.0F, -neighbor.score));
    }
  }
  return answers;
}

}  // namespace word2vec
