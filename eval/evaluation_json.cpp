// Keys of the evaluation's JSON. Refuses to know how figures were computed.
#include "eval/evaluation_json.h"

#include <nlohmann/json.hpp>

#include "eval/report_words.h"

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json interval_json(const std::optional<Interval>& interval) { return interval ? Json{interval->low, interval->high} : Json(); }

void add_tally(Json& object, const AnalogyTally& tally) {
  object["correct"] = tally.correct;
  object["asked"] = tally.asked;
  object["skipped"] = tally.skipped;
  object["accuracy"] = number(ratio(static_cast<double>(tally.correct), tally.asked));
  object["accuracy_interval"] = interval_json(proportion_interval(tally.correct, tally.asked));
  object["top5"] = tally.in_top_5;
  object["top5_accuracy"] = number(ratio(static_cast<double>(tally.in_top_5), tally.asked));
  object["top5_interval"] = interval_json(proportion_interval(tally.in_top_5, tally.asked));
  object["mrr"] = number(ratio(tally.reciprocal_ranks, tally.asked));
}

Json analogy_json(const AnalogyFile& file, const AnalogyOptions& options, const AnalogyResult& result) {
  const AnalogyTally& total = result.scores.total;
  Json json = {{"file", file.path},
               {"method", method_name(options.method)},
               {"restrict", options.restrict_rows},
               {"case", case_name(options.letter_case)},
               {"coverage", number(ratio(static_cast<double>(total.asked), total.asked + total.skipped))},
               {"known", result.known},
               {"intervals", proportion_method},
               {"sections", Json::array()}};
  for (const auto& [name, tally] : result.scores.sections) {
    Json section = {{"name", name}};
    add_tally(section, tally);
    json["sections"].push_back(section);
  }
  add_tally(json["semantic"], result.scores.semantic);
  add_tally(json["syntactic"], result.scores.syntactic);
  add_tally(json["total"], total);
  return json;
}

Json similarity_json(const SimilarityFile& file, const AnalogyOptions& options, const SimilarityResult& result) {
  const SimilarityScores& scores = result.scores;
  const auto& [spearman, pearson] = std::tie(scores.spearman, scores.pearson);
  const auto p = [&](const std::optional<double>& r) { return r ? number(correlation_p(*r, scores.used)) : Json(); };
  return {{"file", file.path},
          {"pairs", scores.pairs},
          {"used", scores.used},
          {"skipped", scores.skipped},
          {"coverage", number(ratio(static_cast<double>(scores.used), scores.pairs))},
          {"known", result.known},
          {"case", case_name(options.letter_case)},
          {"intervals", correlation_method},
          {"spearman", number(spearman)},
          {"spearman_interval", spearman ? interval_json(spearman_interval(*spearman, scores.used)) : Json()},
          {"spearman_p", p(spearman)},
          {"pearson", number(pearson)},
          {"pearson_interval", pearson ? interval_json(pearson_interval(*pearson, scores.used)) : Json()},
          {"pearson_p", p(pearson)}};
}

Json file_json(const Questions& questions, const VectorsResult& file) {
  Json json = {{"vectors", file.path},
               {"words", file.words},
               {"dim", file.dim},
               {"analogies", Json::array()},
               {"similarity", Json::array()}};
  for (std::size_t i = 0; i < file.analogies.size(); ++i) {
    json["analogies"].push_back(analogy_json(questions.analogies[i], questions.options, file.analogies[i]));
  }
  for (std::size_t i = 0; i < file.similarity.size(); ++i) {
    json["similarity"].push_back(similarity_json(questions.similarity[i], questions.options, file.similarity[i]));
  }
  return json;
}

void add_paired(Json& object, const PairedTally& tally) {
  object["only_first"] = tally.only_first;
  object["only_second"] = tally.only_second;
  object["asked"] = tally.asked();
  object["difference"] = tally.asked() == 0 ? Json() : Json(tally.difference());
  object["p"] = tally.asked() == 0 ? Json() : Json(tally.p());
}

Json comparison_json(const AnalogyFile& file, const std::vector<AnalogyComparison>& pairs) {
  Json json = {{"file", file.path}, {"test", mcnemar_method}, {"pairs", Json::array()}};
  for (const AnalogyComparison& pair : pairs) {
    Json added = {{"first", pair.first}, {"second", pair.second}, {"sections", Json::array()}};
    for (std::size_t i = 0; i < pair.sections.size(); ++i) {
      Json section = {{"name", file.sections[i].name}};
      add_paired(section, pair.sections[i]);
      added["sections"].push_back(section);
    }
    add_paired(added["semantic"], pair.semantic);
    add_paired(added["syntactic"], pair.syntactic);
    add_paired(added["total"], pair.total);
    json["pairs"].push_back(added);
  }
  return json;
}

Json comparison_json(const SimilarityFile& file, const std::vector<SimilarityComparison>& pairs) {
  Json json = {{"file", file.path}, {"test", bootstrap_method}, {"pairs", Json::array()}};
  for (const SimilarityComparison& pair : pairs) {
    const auto& found = pair.bootstrap;
    json["pairs"].push_back({{"first", pair.first},
                             {"second", pair.second},
                             {"difference", number(pair.difference)},
                             {"interval", interval_json(found ? std::optional(found->interval) : std::nullopt)},
                             {"p", found ? Json(found->p) : Json()}});
  }
  return json;
}

Json whole_json(const Evaluation& evaluation, const Comparison& comparison) {
  const Questions& questions = evaluation.questions;
  if (evaluation.files.size() == 1) return file_json(questions, evaluation.files[0]);
  Json json = {{"files", Json::array()}, {"comparison", {{"analogies", Json::array()}, {"similarity", Json::array()}}}};
  for (const VectorsResult& file : evaluation.files) json["files"].push_back(file_json(questions, file));
  for (std::size_t i = 0; i < comparison.analogies.size(); ++i) {
    json["comparison"]["analogies"].push_back(comparison_json(questions.analogies[i], comparison.analogies[i]));
  }
  for (std::size_t i = 0; i < comparison.similarity.size(); ++i) {
    json["comparison"]["similarity"].push_back(comparison_json(questions.similarity[i], comparison.similarity[i]));
  }
  return json;
}

}  // namespace

std::string to_json(const Evaluation& evaluation, const Comparison& comparison) {
  // File and section names may be any bytes; JSON is UTF-8.
  return whole_json(evaluation, comparison).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace word2vec
