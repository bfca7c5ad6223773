// The arithmetic of analogies. Knows rows; refuses to know words.
//
// The questions of a file share their words: 19544 of them have 905. So the cosines of each distinct word with a tile of rows
// are computed once, and a question combines three lines of them: a twentieth of the arithmetic of a search for b - a + c.
#include "eval/analogy_answers.h"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>

#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

constexpr std::size_t tile_panels = 8;  // 905 words by 8 panels are 0.9 MB of cosines: they stay in a level 2 or 3 cache
constexpr std::size_t tile_rows = tile_panels * RowPanels::width;

/// The distinct words of the questions as unit rows, and the questions as places among them.
struct DistinctWords {
  std::vector<AnalogyRows> places;
  Matrix units;
};

template <class Questions, class Given>
DistinctWords gather(const Matrix& vectors, const Questions& questions, Given given) {
  std::unordered_map<std::size_t, std::size_t> place_of;
  std::vector<std::size_t> rows;
  const auto place = [&](std::size_t row) {
    const auto [found, added] = place_of.emplace(row, rows.size());
    if (added) rows.push_back(row);
    return found->second;
  };
  DistinctWords words;
  words.places.reserve(questions.size());
  for (const auto& question : questions) {
    const AnalogyRows& q = given(question);
    words.places.push_back({place(q.a), place(q.b), place(q.c)});
  }
  words.units = Matrix(rows.size(), vectors.columns());
  for_rows(rows.size(), [&](std::size_t i) { write_unit(vectors.values(rows[i]), words.units.values(i)); });
  return words;
}

/// The rows of a tile, and the cosines of the distinct words with them: word w's begin at cosines + w * tile_rows.
struct Tile {
  std::size_t first, count;
  const float* cosines;

  bool has(std::size_t row) const { return row >= first && row < first + count; }
  OverBars score(AnalogyMethod method, const AnalogyRows& places, float first_bar, float second_bar, float* scores,
                 SimdLevel level) const {
    const std::size_t padded = (count + RowPanels::width - 1) / RowPanels::width * RowPanels::width;
    return score_tile(method, cosines + places.a * tile_rows, cosines + places.b * tile_rows, cosines + places.c * tile_rows,
                      padded, first_bar, second_bar, scores, level);
  }
};

std::size_t tiles_of(const RowPanels& panels) { return (panels.panels() + tile_panels - 1) / tile_panels; }

/// How many threads work on the tiles.
std::size_t threads_for(const RowPanels& panels) {
  return std::clamp<std::size_t>(tiles_of(panels), 1, static_cast<std::size_t>(omp_get_max_threads()));
}

/// Calls `use(thread, q, tile)` for each question q and each tile; thread < `threads`. Threads share nothing and wait for nobody
/// but at the end, so that one whose processor is busy with other work holds up none. Those of one thread are in ascending order
/// of tiles. `use` does not throw.
template <class Use>
void for_tiles(const RowPanels& panels, const DistinctWords& words, std::size_t threads, Use use) {
  constexpr std::size_t group = 64;  // words that share a panel while it is in the level 1 cache
  const std::vector<const float*> units = row_pointers(words.units, 0, words.units.rows());
  std::vector<std::vector<float>> cosines(threads, std::vector<float>(words.units.rows() * tile_rows));
#pragma omp parallel for schedule(monotonic : dynamic) num_threads(static_cast <int>(threads))
  for (std::size_t index = 0; index < tiles_of(panels); ++index) {
    const auto thread = static_cast<std::size_t>(omp_get_thread_num());
    const std::size_t first = index * tile_panels, last = std::min(first + tile_panels, panels.panels());
    for (std::size_t word = 0; word < words.units.rows(); word += group) {
      const std::span some = std::span(units).subspan(word, std::min(group, units.size() - word));
      for (std::size_t panel = first; panel < last; ++panel) {
        float* const to = cosines[thread].data() + word * tile_rows + (panel - first) * RowPanels::width;
        panels.score(panel, some, Score::dot, to, tile_rows);
      }
    }
    const std::size_t first_row = first * RowPanels::width;
    const Tile tile{first_row, std::min(tile_rows, panels.rows() - first_row), cosines[thread].data()};
    for (std::size_t q = 0; q < words.places.size(); ++q) use(thread, q, tile);
  }
}

std::size_t clamped(std::size_t rows, const Matrix& vectors) {
  return rows == 0 ? vectors.rows() : std::min(rows, vectors.rows());
}

/// What a question's tiles are compared with.
struct Ranking {
  std::vector<std::size_t> excluded;
  Neighbor right{0, worst_score};
  bool has_right = false;

  bool excludes(std::size_t row) const { return std::find(excluded.begin(), excluded.end(), row) != excluded.end(); }
};

Ranking begin_ranking(const RankedQuestion& question) {
  Ranking ranking;
  ranking.excluded = {question.given.a, question.given.b, question.given.c};
  ranking.excluded.insert(ranking.excluded.end(), question.excluded.begin(), question.excluded.end());
  std::sort(ranking.excluded.begin(), ranking.excluded.end());  // each once: they are subtracted from counts
  ranking.excluded.erase(std::unique(ranking.excluded.begin(), ranking.excluded.end()), ranking.excluded.end());
  return ranking;
}

/// Finds the best of the right rows, whose score the others are compared with, by the kernels that will score all rows.
void find_right(const RankedQuestion& question, const AnalogyRows& places, const RowPanels& panels, const Matrix& units,
                AnalogyMethod method, SimdLevel level, Ranking& ranking) {
  for (const std::size_t row : question.right) {
    if (row >= panels.rows() || ranking.excludes(row)) continue;
    float cosines[3][RowPanels::width], scores[RowPanels::width];
    std::size_t line = 0;
    for (const std::size_t word : {places.a, places.b, places.c}) {
      const float* const unit = units.row(word);
      panels.score(row / RowPanels::width, {&unit, 1}, Score::dot, cosines[line++], RowPanels::width);
    }
    score_tile(method, cosines[0], cosines[1], cosines[2], RowPanels::width, worst_score, worst_score, scores, level);
    const Neighbor candidate{row, scores[row % RowPanels::width]};
    if (!ranking.has_right || is_better(candidate, ranking.right)) ranking.right = candidate;
    ranking.has_right = true;
  }
}

/// What one thread has seen of a question's rows.
struct Seen {
  Neighbor best{0, worst_score};
  bool has_best = false;
  std::uint64_t better = 0;  ///< rows than the right one

  void add(const Seen& other) {
    better += other.better;
    if (!other.has_best || (has_best && !is_better(other.best, best))) return;
    best = other.best;
    has_best = true;
  }
};

/// Counts what is better than the right row in one tile, and keeps the best.
void rank_tile(const Tile& tile, const AnalogyRows& places, AnalogyMethod method, SimdLevel level, const Ranking& ranking,
               Seen& seen) {
  float scores[tile_rows];
  // In the rows before the right one, those with its very score are better too.
  const bool before = tile.first + tile.count <= ranking.right.row;
  const float bar = before ? std::nextafter(ranking.right.score, worst_score) : ranking.right.score;
  const OverBars over = tile.score(method, places, seen.best.score, bar, scores, level);
  seen.better += over.second;
  for (std::size_t r = tile.count; r % RowPanels::width != 0; ++r) seen.better -= scores[r] > bar ? 1 : 0;  // padding
  for (const std::size_t row : ranking.excluded) {
    if (tile.has(row) && scores[row - tile.first] > bar) --seen.better;
  }
  if (tile.has(ranking.right.row)) {
    for (std::size_t r = 0; tile.first + r < ranking.right.row; ++r) {
      if (scores[r] == bar && !ranking.excludes(tile.first + r)) ++seen.better;
    }
  }
  if (over.first == 0) return;
  for (std::size_t r = 0; r < tile.count; ++r) {
    if (!(scores[r] > seen.best.score) || ranking.excludes(tile.first + r)) continue;
    seen.best = {tile.first + r, scores[r]};
    seen.has_best = true;
  }
}

}  // namespace

std::vector<std::vector<Neighbor>> answer_analogies(const Matrix& vectors, const RowPanels& units,
                                                    const std::vector<AnalogyRows>& questions, AnalogyMethod method,
                                                    std::size_t k, SimdLevel level) {
  const DistinctWords words = gather(vectors, questions, [](const AnalogyRows& q) -> const AnalogyRows& { return q; });
  const std::size_t threads = threads_for(units), most = std::min(k, units.rows());
  std::vector<std::vector<TopK>> kept(threads);
  for (std::vector<TopK>& of_thread : kept) {
    of_thread.reserve(questions.size());
    for (const AnalogyRows& q : questions) of_thread.emplace_back(most, std::vector{q.a, q.b, q.c});
  }
  for_tiles(units, words, threads, [&](std::size_t thread, std::size_t q, const Tile& tile) {
    float scores[tile_rows];
    TopK& best = kept[thread][q];
    // Rows come in ascending order, so that a score which only equals the worst kept cannot enter.
    if (tile.score(method, words.places[q], best.bar(), 0, scores, level).first == 0) return;
    for (std::size_t r = 0; r < tile.count; ++r) {
      if (scores[r] > best.bar()) best.offer(tile.first + r, scores[r]);
    }
  });
  std::vector<std::vector<Neighbor>> answers(questions.size());
  for (std::vector<TopK>& of_thread : kept) {
    for (std::size_t q = 0; q < questions.size(); ++q) add_best(of_thread[q].take(), most, answers[q]);
  }
  return answers;
}

std::vector<AnalogyRanking> rank_analogies(const Matrix& vectors, const std::vector<RankedQuestion>& questions,
                                           AnalogyMethod method, std::size_t rows, SimdLevel level) {
  const RowPanels panels(vectors, clamped(rows, vectors), true, level);
  const DistinctWords words = gather(vectors, questions, [](const RankedQuestion& q) -> const AnalogyRows& { return q.given; });
  std::vector<Ranking> rankings(questions.size());
  for_rows(questions.size(), [&](std::size_t q) {
    rankings[q] = begin_ranking(questions[q]);
    find_right(questions[q], words.places[q], panels, words.units, method, level, rankings[q]);
  });
  const std::size_t threads = threads_for(panels);
  std::vector<std::vector<Seen>> seen(threads, std::vector<Seen>(questions.size()));
  for_tiles(panels, words, threads, [&](std::size_t thread, std::size_t q, const Tile& tile) {
    rank_tile(tile, words.places[q], method, level, rankings[q], seen[thread][q]);
  });
  std::vector<AnalogyRanking> ranked(questions.size());
  for (std::size_t q = 0; q < questions.size(); ++q) {
    for (std::size_t thread = 1; thread < threads; ++thread) seen[0][q].add(seen[thread][q]);
    if (seen[0][q].has_best) ranked[q].answer = seen[0][q].best;
    if (!rankings[q].has_right) continue;
    ranked[q].right = rankings[q].right;
    ranked[q].rank = seen[0][q].better + 1;
  }
  return ranked;
}

}  // namespace word2vec
