// Tables of one vector file. Refuses to know how figures were computed.
#include "eval/evaluation_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "eval/report_words.h"

namespace word2vec {
namespace {

constexpr std::size_t widest_name = 32;  // what the figures leave of 100 columns

bool continues_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t letters_of(const std::string& text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_letter));
}

std::string tally_line(const std::string& name, const AnalogyTally& tally, std::size_t width) {
  return in_columns(name, width) + fmt::format(" {:>7} {:>6} {:>7} {:>7} {:>10} {:>7} {:>10} {:>6}\n", tally.correct, tally.asked,
                                               tally.skipped, percent(tally.correct, tally.asked),
                                               percent_interval(tally.correct, tally.asked), percent(tally.in_top_5, tally.asked),
                                               percent_interval(tally.in_top_5, tally.asked),
                                               fixed(ratio(tally.reciprocal_ranks, tally.asked)));
}

std::string analogy_table(const AnalogyFile& file, const AnalogyOptions& options, const AnalogyResult& result,
                          std::uint64_t words) {
  const AnalogyScores& scores = result.scores;
  const AnalogyTally& total = scores.total;
  std::string text = fmt::format("\nanalogies {}\n", file.path) + conditions(options, words);
  text += fmt::format("  coverage {} of {} questions ({})\n  95 %     {}\n\n", total.asked, total.asked + total.skipped,
                      percent(total.asked, total.asked + total.skipped), proportion_method);
  std::size_t width = 9;
  for (const auto& [name, tally] : scores.sections) width = std::max(width, std::min(letters_of(name), widest_name));
  text += in_columns("section", width) + fmt::format(" {:>7} {:>6} {:>7} {:>7} {:>10} {:>7} {:>10} {:>6}\n", "correct", "asked",
                                                     "skipped", "percent", "(95 %)", "top 5", "(95 %)", "MRR");
  for (const auto& [name, tally] : scores.sections) text += tally_line(name, tally, width);
  return text + tally_line("semantic", scores.semantic, width) + tally_line("syntactic", scores.syntactic, width) +
         tally_line("total", total, width);
}

std::string correlation(const std::optional<double>& value, std::optional<Interval> (*interval)(double, std::uint64_t),
                        std::uint64_t pairs) {
  if (!value) return pairs < 2 ? "n/a (fewer than two pairs)" : "n/a (the scores or the cosines are all the same)";
  std::string text = fmt::format("{:.4f}", *value);
  if (const auto found = interval(*value, pairs)) text += fmt::format(" ({:.4f} to {:.4f})", found->low, found->high);
  if (const auto p = correlation_p(*value, pairs)) text += ", " + p_value(*p);
  return text;
}

std::string similarity_table(const SimilarityFile& file, const AnalogyOptions& options, const SimilarityResult& result) {
  const SimilarityScores& scores = result.scores;
  return fmt::format(
      "\nsimilarity {}\n  words    all\n  case     {}\n  spearman {}\n  pearson  {}\n  pairs    {}, used {} ({}), skipped {}\n"
      "  95 %     {}\n",
      file.path, case_name(options.letter_case), correlation(scores.spearman, spearman_interval, scores.used),
      correlation(scores.pearson, pearson_interval, scores.used), scores.pairs, scores.used, percent(scores.used, scores.pairs),
      scores.skipped, correlation_method);
}

}  // namespace

std::string in_columns(const std::string& name, std::size_t width) {
  const std::size_t letters = letters_of(name);
  if (letters <= width) return name + std::string(width - letters, ' ');
  std::size_t end = 0;
  for (std::size_t kept = 0; end < name.size() && kept + 3 < width; ++end) {
    if (end + 1 >= name.size() || !continues_letter(name[end + 1])) ++kept;
  }
  return name.substr(0, end) + "...";
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  const auto share = ratio(static_cast<double>(part), whole);
  return share ? fmt::format("{:.2f}%", 100 * *share) : "n/a";
}

std::string percent_interval(std::uint64_t part, std::uint64_t whole) {
  const auto interval = proportion_interval(part, whole);
  return interval ? fmt::format("{:.1f}-{:.1f}", 100 * interval->low, 100 * interval->high) : "";
}

std::string fixed(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "n/a"; }

std::string p_value(double p) { return p < 1e-300 ? "p < 1e-300" : fmt::format("p = {:.2g}", p); }

std::string conditions(const AnalogyOptions& options, std::uint64_t most_words) {
  const bool cut = options.restrict_rows != 0 && options.restrict_rows < most_words;
  return fmt::format("  method   {}\n  words    {} {}\n  case     {}\n", method_name(options.method),
                     cut ? fmt::format("the first {} of", options.restrict_rows) : "all", most_words,
                     case_name(options.letter_case));
}

std::string to_table(const Evaluation& evaluation, const Comparison& comparison) {
  if (evaluation.files.size() > 1) return comparison_tables(evaluation, comparison);
  const VectorsResult& vectors = evaluation.files[0];
  const Questions& questions = evaluation.questions;
  std::string text = fmt::format("{}: {} words, {} dimensions\n", vectors.path, vectors.words, vectors.dim);
  for (std::size_t i = 0; i < vectors.analogies.size(); ++i) {
    text += analogy_table(questions.analogies[i], questions.options, vectors.analogies[i], vectors.words);
  }
  for (std::size_t i = 0; i < vectors.similarity.size(); ++i) {
    text += similarity_table(questions.similarity[i], questions.options, vectors.similarity[i]);
  }
  return text;
}

}  // namespace word2vec
