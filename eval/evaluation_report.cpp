// Layout of the evaluation. Refuses to know how figures were computed.
#include "eval/evaluation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* case_rule = "exact, then case-folded";

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "n/a" : fmt::format("{:.2f}%", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string fixed(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "n/a"; }

std::string tally_line(const std::string& name, const AnalogyTally& tally, std::size_t width) {
  // Padded by hand: a width taken from an argument makes g++ 12 warn inside fmt at -O3.
  std::string line = name;
  line.resize(std::max(line.size(), width), ' ');
  return line + fmt::format(" {:>9} {:>9} {:>9} {:>9}\n", tally.correct, tally.asked, tally.skipped,
                            percent(tally.correct, tally.asked));
}

std::string analogy_table(const AnalogyReport& report, std::uint64_t words) {
  const AnalogyScores& scores = report.scores;
  const AnalogyTally& total = scores.total;
  const bool cut = report.restrict_rows != 0 && report.restrict_rows < words;
  std::string text = fmt::format("\nanalogies {}\n  method   {}\n", report.file, method_name(report.method));
  text += cut ? fmt::format("  words    the first {} of {}\n", report.restrict_rows, words)
              : fmt::format("  words    all {}\n", words);
  text += fmt::format("  case     {}\n  coverage {} of {} questions ({})\n\n", case_rule, total.asked,
                      total.asked + total.skipped, percent(total.asked, total.asked + total.skipped));
  std::size_t width = 9;
  for (const auto& [name, tally] : scores.sections) width = std::max(width, std::min<std::size_t>(name.size(), 40));
  std::string heads = "section";
  heads.resize(width, ' ');
  text += heads + fmt::format(" {:>9} {:>9} {:>9} {:>9}\n", "correct", "asked", "skipped", "percent");
  for (const auto& [name, tally] : scores.sections) text += tally_line(name, tally, width);
  return text + tally_line("semantic", scores.semantic, width) + tally_line("syntactic", scores.syntactic, width) +
         tally_line("total", total, width);
}

std::string similarity_table(const SimilarityReport& report) {
  const SimilarityScores& scores = report.scores;
  return fmt::format(
      "\nsimilarity {}\n  words    all\n  case     {}\n  spearman {}\n  pearson  {}\n  pairs    {}, used {} ({}), skipped {}\n",
      report.file, case_rule, fixed(scores.spearman), fixed(scores.pearson), scores.pairs, scores.used,
      percent(scores.used, scores.pairs), scores.skipped);
}

Json ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? Json() : Json(static_cast<double>(part) / static_cast<double>(whole));
}

void add_tally(Json& object, const AnalogyTally& tally) {
  object["correct"] = tally.correct;
  object["asked"] = tally.asked;
  object["skipped"] = tally.skipped;
  object["accuracy"] = ratio(tally.correct, tally.asked);
}

Json analogy_json(const AnalogyReport& report) {
  const AnalogyScores& scores = report.scores;
  const AnalogyTally& total = scores.total;
  Json json = {{"file", report.file},
               {"method", method_name(report.method)},
               {"restrict", report.restrict_rows},
               {"case", case_rule},
               {"coverage", ratio(total.asked, total.asked + total.skipped)},
               {"sections", Json::array()}};
  for (const auto& [name, tally] : scores.sections) {
    Json section = {{"name", name}};
    add_tally(section, tally);
    json["sections"].push_back(section);
  }
  add_tally(json["semantic"], scores.semantic);
  add_tally(json["syntactic"], scores.syntactic);
  add_tally(json["total"], total);
  return json;
}

Json similarity_json(const SimilarityReport& report) {
  const auto number = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
  const SimilarityScores& scores = report.scores;
  return {{"file", report.file},
          {"pairs", scores.pairs},
          {"used", scores.used},
          {"skipped", scores.skipped},
          {"case", case_rule},
          {"spearman", number(scores.spearman)},
          {"pearson", number(scores.pearson)}};
}

}  // namespace

const char* method_name(AnalogyMethod method) { return method == AnalogyMethod::cos_add ? "3cosadd" : "3cosmul"; }

std::string to_table(const EvaluationReport& report) {
  std::string text = fmt::format("{}: {} words, {} dimensions\n", report.vectors, report.words, report.dim);
  for (const AnalogyReport& part : report.analogies) text += analogy_table(part, report.words);
  for (const SimilarityReport& part : report.similarity) text += similarity_table(part);
  return text;
}

std::string to_json(const EvaluationReport& report) {
  Json json = {{"vectors", report.vectors},
               {"words", report.words},
               {"dim", report.dim},
               {"analogies", Json::array()},
               {"similarity", Json::array()}};
  for (const AnalogyReport& part : report.analogies) json["analogies"].push_back(analogy_json(part));
  for (const SimilarityReport& part : report.similarity) json["similarity"].push_back(similarity_json(part));
  // File and section names may be any bytes; JSON is UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace word2vec
