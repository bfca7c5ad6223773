// Layout of neighbours. Refuses to know how they were found.
#include "eval/neighbor_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

std::string table_of(const std::vector<std::string>& words, const std::vector<Neighbor>& neighbors) {
  std::size_t width = 0;
  for (const Neighbor& neighbor : neighbors) width = std::max(width, std::min<std::size_t>(words[neighbor.row].size(), 40));
  std::string text;
  for (std::size_t rank = 0; rank < neighbors.size(); ++rank) {
    std::string word = words[neighbors[rank].row];
    word.resize(std::max(word.size(), width), ' ');
    text += fmt::format("{:>4}  {}  {:.6f}\n", rank + 1, word, neighbors[rank].score);
  }
  return text;
}

std::string json_of(const std::vector<std::string>& words, const std::string& query, const std::vector<Neighbor>& neighbors) {
  Json list = Json::array();
  for (const Neighbor& neighbor : neighbors) {
    list.push_back({{"word", words[neighbor.row]}, {"score", static_cast<double>(neighbor.score)}});
  }
  const Json json = {{"query", query}, {"neighbors", list}};
  // Words may be any bytes; JSON is UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string format_neighbors(NeighborFormat format, const std::vector<std::string>& words, const std::vector<Query>& queries,
                             const std::vector<std::vector<Neighbor>>& answers) {
  std::string text;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const std::string& query = queries[q].text;
    if (format == NeighborFormat::json) {
      text += (q == 0 ? "[" : ",\n ") + json_of(words, query, answers[q]);
    } else if (format == NeighborFormat::tsv) {
      std::string cell = query;
      std::replace(cell.begin(), cell.end(), '\t', ' ');
      for (const Neighbor& neighbor : answers[q]) text += fmt::format("{}\t{}\t{}\n", cell, words[neighbor.row], neighbor.score);
    } else {
      if (queries.size() > 1) text += fmt::format("{}{}\n", q == 0 ? "" : "\n", query);
      text += table_of(words, answers[q]);
    }
  }
  if (format == NeighborFormat::json) text += queries.empty() ? "[]\n" : "]\n";
  return text;
}

}  // namespace word2vec
