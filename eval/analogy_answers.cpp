// The arithmetic of analogies. Knows rows; refuses to know words.
//
// The questions of a file share their words: 19544 of them have 905. So the cosines of each distinct word with a tile of rows
// are computed once, and a question combines three lines of them: a twentieth of the arithmetic of a search for b - a + c.
#include <algorithm>
#include <unordered_map>

#include "eval/analogies.h"
#include "eval/row_panels.h"

namespace word2vec {
namespace {

constexpr std::size_t tile_panels = 8;  // 905 words by 8 panels are 0.9 MB of cosines: they stay in a level 2 or 3 cache
constexpr std::size_t tile_rows = tile_panels * RowPanels::width;

/// The distinct words of the questions as unit rows, and the questions as places among them.
struct DistinctWords {
  std::vector<AnalogyRows> places;
  Matrix units;
};

DistinctWords gather(const Matrix& vectors, const std::vector<AnalogyRows>& questions) {
  std::unordered_map<std::size_t, std::size_t> place_of;
  std::vector<std::size_t> rows;
  const auto place = [&](std::size_t row) {
    const auto [found, added] = place_of.emplace(row, rows.size());
    if (added) rows.push_back(row);
    return found->second;
  };
  DistinctWords words;
  words.places.reserve(questions.size());
  for (const AnalogyRows& q : questions) words.places.push_back({place(q.a), place(q.b), place(q.c)});
  words.units = Matrix(rows.size(), vectors.columns());
  for (std::size_t i = 0; i < rows.size(); ++i) write_unit(vectors.values(rows[i]), words.units.values(i));
  return words;
}

/// scores[r] for the rows of a tile, from the cosines of a, b and c with them.
void combine(AnalogyMethod method, const float* a, const float* b, const float* c, std::size_t count, float* scores) {
  constexpr float epsilon = 0.001F;  // Levy and Goldberg's, against a division by zero
  if (method == AnalogyMethod::cos_add) {
#pragma omp simd
    for (std::size_t r = 0; r < count; ++r) scores[r] = b[r] - a[r] + c[r];
  } else {
#pragma omp simd
    for (std::size_t r = 0; r < count; ++r) {
      scores[r] = ((b[r] + 1) / 2) * ((c[r] + 1) / 2) / ((a[r] + 1) / 2 + epsilon);
    }
  }
}

/// One question's scores in one tile, offered to its best.
void offer_tile(AnalogyMethod method, const AnalogyRows& words, const float* cosines, std::size_t first_row, std::size_t count,
                TopK& best) {
  float scores[tile_rows];
  combine(method, cosines + words.a * tile_rows, cosines + words.b * tile_rows, cosines + words.c * tile_rows, count, scores);
  for (std::size_t r = 0; r < count; ++r) {
    if (!(scores[r] < best.bar())) best.offer(first_row + r, scores[r]);
  }
}

}  // namespace

std::vector<std::vector<Neighbor>> answer_analogies(const Matrix& vectors, const std::vector<AnalogyRows>& questions,
                                                    AnalogyMethod method, std::size_t k, std::size_t rows, SimdLevel level) {
  const RowPanels panels(vectors, rows == 0 ? vectors.rows() : std::min(rows, vectors.rows()), true, level);
  const DistinctWords words = gather(vectors, questions);
  std::vector<TopK> best;
  best.reserve(questions.size());
  for (const AnalogyRows& q : questions) best.emplace_back(std::min(k, panels.rows()), std::vector{q.a, q.b, q.c});

  std::vector<float> cosines(words.units.rows() * tile_rows);
  constexpr std::size_t group = 64;  // words that share a panel while it is in the level 1 cache
#pragma omp parallel
  for (std::size_t first = 0; first < panels.panels(); first += tile_panels) {
    const std::size_t last = std::min(first + tile_panels, panels.panels());
    const std::size_t count = std::min(tile_rows, panels.rows() - first * RowPanels::width);
    // Each loop ends with all threads waiting: the cosines are whole before they are used, and used before they are replaced.
#pragma omp for schedule(dynamic) collapse(2)
    for (std::size_t panel = first; panel < last; ++panel) {
      for (std::size_t word = 0; word < words.units.rows(); word += group) {
        float* const to = cosines.data() + word * tile_rows + (panel - first) * RowPanels::width;
        panels.score(panel, words.units, word, std::min(word + group, words.units.rows()), Score::dot, to, tile_rows);
      }
    }
#pragma omp for schedule(static)
    for (std::size_t q = 0; q < questions.size(); ++q) {
      offer_tile(method, words.places[q], cosines.data(), first * RowPanels::width, count, best[q]);
    }
  }

  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(questions.size());
  for (TopK& kept : best) answers.push_back(kept.take());
  return answers;
}

}  // namespace word2vec
