#include "eval/word_views.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

#include "eval/search.h"
#include "eval/word_lookup.h"

namespace word2vec {
namespace {

using RowPair = std::pair<std::size_t, std::size_t>;

/// Different rows, numbered as they come.
class Numbered {
 public:
  std::size_t number(std::size_t row) {
    const auto [at, added] = numbers_.emplace(row, rows_.size());
    if (added) rows_.push_back(row);
    return at->second;
  }
  const std::vector<std::size_t>& rows() const { return rows_; }

 private:
  std::vector<std::size_t> rows_;
  std::unordered_map<std::size_t, std::size_t> numbers_;
};

/// The section's different pairs of known words. `in_all` counts those with unknown words too.
std::vector<RowPair> known_pairs(const AnalogySection& section, WordLookup& lookup, std::uint64_t& in_all) {
  std::set<std::pair<std::string, std::string>> seen;
  std::set<RowPair> known;
  for (const auto& [a, b, c, d] : section.questions) {
    for (const auto& pair : {std::pair(a, b), std::pair(c, d)}) {
      if (!seen.insert(pair).second) continue;
      const auto left = lookup.find(pair.first), right = lookup.find(pair.second);
      if (left && right && *left != *right) known.emplace(*left, *right);
    }
  }
  in_all = seen.size();
  std::vector<RowPair> pairs(known.begin(), known.end());
  std::stable_sort(pairs.begin(), pairs.end(), [](const RowPair& left, const RowPair& right) {
    return std::max(left.first, left.second) < std::max(right.first, right.second);
  });
  return pairs;
}

WordPlane place(const std::vector<std::size_t>& rows, const Matrix& vectors, Numbered& all) {
  WordPlane placed{{}, principal_plane(vectors, rows)};
  for (const std::size_t row : rows) placed.words.push_back(all.number(row));
  return placed;
}

std::vector<ViewedWord> with_neighbors(const Embeddings& embeddings, const std::vector<std::size_t>& rows, std::size_t among) {
  const Search search(embeddings.vectors(), Metric::cosine, among);
  Matrix queries(rows.size(), embeddings.dim());
  std::vector<std::vector<std::size_t>> themselves;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    write_unit(embeddings.vectors().values(rows[i]), queries.values(i));
    themselves.push_back({rows[i]});
  }
  std::vector<ViewedWord> words;
  for (const auto& found : search.nearest(queries, WordViews::neighbors, themselves)) {
    words.push_back({embeddings.words()[rows[words.size()]], {}});
    for (const Neighbor& neighbor : found) words.back().neighbors.emplace_back(embeddings.words()[neighbor.row], neighbor.score);
  }
  return words;
}

}  // namespace

WordViews view_words(const Questions& questions, const Embeddings& embeddings) {
  WordViews views;
  WordLookup lookup(embeddings, questions.options.restrict_rows, questions.options.letter_case);
  Numbered all;
  for (const AnalogyFile& file : questions.analogies) {
    for (const AnalogySection& section : file.sections) {
      if (views.relations.size() == WordViews::most_relations) break;
      Relation relation{file.path, section.name, 0, {}, {}};
      std::vector<RowPair> pairs = known_pairs(section, lookup, relation.pairs_in_all);
      if (pairs.empty()) continue;
      pairs.resize(std::min(pairs.size(), WordViews::most_pairs));
      Numbered here;
      for (const auto& [left, right] : pairs) {
        const std::size_t first = here.number(left);
        relation.pairs.emplace_back(first, here.number(right));
      }
      relation.words = place(here.rows(), embeddings.vectors(), all);
      views.relations.push_back(std::move(relation));
    }
  }
  std::vector<std::size_t> frequent(std::min(lookup.rows(), WordViews::most_in_map));
  std::iota(frequent.begin(), frequent.end(), 0);
  views.map = place(frequent, embeddings.vectors(), all);
  views.words = with_neighbors(embeddings, all.rows(), lookup.rows());
  return views;
}

}  // namespace word2vec
