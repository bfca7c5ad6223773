#include "eval/evaluation_page.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "corpus/page/page.h"
#include "eval/evaluation_json.h"
#include "eval/evaluation_page_js.h"

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

/// As far as a plot shows it: a page of numbers in full would be twice as long.
double rounded(double value) { return std::round(value * 1e4) / 1e4; }

Json plane_json(const WordPlane& plane) {
  Json points = Json::array();
  for (const auto& [x, y] : plane.plane.points) points.push_back({rounded(x), rounded(y)});
  return {{"words", plane.words}, {"points", points}, {"shares", plane.plane.shares}};
}

Json relation_json(const Relation& relation) {
  return {{"file", relation.file},
          {"section", relation.section},
          {"pairs_in_all", relation.pairs_in_all},
          {"pairs", relation.pairs},
          {"plane", plane_json(relation.words)}};
}

Json views_json(const WordViews& views) {
  Json words = Json::array(), relations = Json::array();
  for (const ViewedWord& word : views.words) {
    Json neighbors = Json::array();
    for (const auto& [neighbor, cosine] : word.neighbors) neighbors.push_back({neighbor, rounded(static_cast<double>(cosine))});
    words.push_back({{"word", word.word}, {"neighbors", neighbors}});
  }
  for (const Relation& relation : views.relations) relations.push_back(relation_json(relation));
  return {{"words", words}, {"relations", relations}, {"map", plane_json(views.map)}};
}

}  // namespace

std::string to_page(const Evaluation& evaluation, const Comparison& comparison, const std::vector<WordViews>& views) {
  Json all = Json::array();
  for (const WordViews& one : views) all.push_back(views_json(one));
  // Words may be any bytes; JSON is UTF-8.
  const std::string shown = all.dump(-1, ' ', false, Json::error_handler_t::replace);
  return to_html({"Evaluation of word vectors", evaluation_page_js},
                 "{\"evaluation\":" + to_json(evaluation, comparison) + ",\"views\":" + shown + "}");
}

}  // namespace word2vec
