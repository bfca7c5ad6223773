// Tables of several vector files side by side. Refuses to know how figures were computed.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "eval/evaluation_table.h"
#include "eval/report_words.h"

namespace word2vec {
namespace {

constexpr std::size_t files_beside = 5;  // as many as 100 columns hold
constexpr std::size_t name_width = 32;
constexpr double significant = 0.05;

/// One line of cells, one for each file from `first` to `last`; a mark stands behind a cell that differs from file 1's.
std::string cells(std::size_t first, std::size_t last, const std::function<std::string(std::size_t)>& cell,
                  const std::function<bool(std::size_t)>& marked) {
  std::string line;
  for (std::size_t file = first; file < last; ++file) line += fmt::format("{:>11}{}", cell(file), marked(file) ? "*" : " ");
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

bool unmarked(std::size_t) { return false; }

/// How file 1 compares with another, or nullptr for itself. Pairs are in order, so file 1's come first.
template <class Pair>
const Pair* against_first(const std::vector<Pair>& pairs, std::size_t file) {
  return file == 0 ? nullptr : &pairs[file - 1];
}

/// A line of the analogy table: a section or a sum of them.
struct Line {
  std::string name;
  std::function<const AnalogyTally&(const AnalogyScores&)> tally;
  std::function<const PairedTally&(const AnalogyComparison&)> paired;
};

std::vector<Line> lines_of(const AnalogyFile& file) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < file.sections.size(); ++i) {
    lines.push_back({file.sections[i].name, [i](const AnalogyScores& s) -> const AnalogyTally& { return s.sections[i].second; },
                     [i](const AnalogyComparison& c) -> const PairedTally& { return c.sections[i]; }});
  }
  lines.push_back({"semantic", [](const AnalogyScores& s) -> const AnalogyTally& { return s.semantic; },
                   [](const AnalogyComparison& c) -> const PairedTally& { return c.semantic; }});
  lines.push_back({"syntactic", [](const AnalogyScores& s) -> const AnalogyTally& { return s.syntactic; },
                   [](const AnalogyComparison& c) -> const PairedTally& { return c.syntactic; }});
  lines.push_back({"total", [](const AnalogyScores& s) -> const AnalogyTally& { return s.total; },
                   [](const AnalogyComparison& c) -> const PairedTally& { return c.total; }});
  return lines;
}

/// The analogy table of files first..last-1.
std::string analogy_block(const Evaluation& evaluation, const std::vector<AnalogyComparison>& pairs, std::size_t index,
                          std::size_t first, std::size_t last) {
  const auto scores = [&](std::size_t file) -> const AnalogyScores& { return evaluation.files[file].analogies[index].scores; };
  std::string text = "\n" + in_columns("section", name_width) + fmt::format(" {:>6}", "asked");
  text += cells(
      first, last, [](std::size_t file) { return fmt::format("file {}", file + 1); }, unmarked);
  for (const Line& line : lines_of(evaluation.questions.analogies[index])) {
    text += in_columns(line.name, name_width) + fmt::format(" {:>6}", line.tally(scores(0)).asked);
    text += cells(
        first, last, [&](std::size_t file) { return percent(line.tally(scores(file)).correct, line.tally(scores(file)).asked); },
        [&](std::size_t file) {
          const AnalogyComparison* const pair = against_first(pairs, file);
          return pair != nullptr && line.paired(*pair).p() < significant;
        });
  }
  const auto total_line = [&](const char* name, const std::function<std::string(const AnalogyTally&)>& cell) {
    text += in_columns(name, name_width + 7);
    text += cells(
        first, last, [&](std::size_t file) { return cell(scores(file).total); }, unmarked);
  };
  total_line("  (95 %)", [](const AnalogyTally& t) { return t.asked == 0 ? "n/a" : percent_interval(t.correct, t.asked); });
  total_line("  top 5", [](const AnalogyTally& t) { return percent(t.in_top_5, t.asked); });
  total_line("  (95 %)", [](const AnalogyTally& t) { return t.asked == 0 ? "n/a" : percent_interval(t.in_top_5, t.asked); });
  total_line("  MRR", [](const AnalogyTally& t) { return fixed(ratio(t.reciprocal_ranks, t.asked)); });
  text += in_columns("  questions known to the file", name_width + 7);
  text += cells(
      first, last, [&](std::size_t file) { return fmt::format("{}", evaluation.files[file].analogies[index].known); }, unmarked);
  return text;
}

std::string analogy_comparison(const Evaluation& evaluation, const Comparison& comparison, std::size_t index) {
  const AnalogyFile& file = evaluation.questions.analogies[index];
  const auto& pairs = comparison.analogies[index];
  std::uint64_t most_words = 0;
  for (const VectorsResult& vectors : evaluation.files) most_words = std::max(most_words, vectors.words);
  const AnalogyTally& total = evaluation.files[0].analogies[index].scores.total;
  std::string text = fmt::format("\nanalogies {}\n", file.path) + conditions(evaluation.questions.options, most_words);
  text += fmt::format("  asked    the {} of {} questions whose words all files know\n", total.asked, total.asked + total.skipped);
  text +=
      fmt::format("  95 %     {}\n  *        differs from file 1, p < {}, {}\n", proportion_method, significant, mcnemar_method);
  for (std::size_t first = 0; first < evaluation.files.size(); first += files_beside) {
    text += analogy_block(evaluation, pairs, index, first, std::min(first + files_beside, evaluation.files.size()));
  }
  text += "\n";
  for (const AnalogyComparison& pair : pairs) {
    const PairedTally& tally = pair.total;
    if (tally.asked() == 0) continue;
    text += fmt::format("  file {0} and {1}: {2:+.2f} points, {3} right only in {0}, {4} only in {1}, {5}\n", pair.first + 1,
                        pair.second + 1, 100 * tally.difference(), tally.only_first, tally.only_second, p_value(tally.p()));
  }
  return text;
}

std::string similarity_block(const Evaluation& evaluation, std::size_t index, std::size_t first, std::size_t last) {
  const auto scores = [&](std::size_t file) -> const SimilarityScores& {
    return evaluation.files[file].similarity[index].scores;
  };
  const auto line = [&](const char* name, const std::function<std::string(std::size_t)>& cell) {
    return in_columns(name, 12) + cells(first, last, cell, unmarked);
  };
  const auto interval = [](const std::optional<double>& r, std::optional<Interval> (*of)(double, std::uint64_t),
                           std::uint64_t used) {
    const auto found = r ? of(*r, used) : std::nullopt;
    return found ? fmt::format("{:.2f}..{:.2f}", found->low, found->high) : std::string();
  };
  return "\n" + line("", [](std::size_t file) { return fmt::format("file {}", file + 1); }) +
         line("  spearman", [&](std::size_t file) { return fixed(scores(file).spearman); }) +
         line("  (95 %)", [&](std::size_t f) { return interval(scores(f).spearman, spearman_interval, scores(f).used); }) +
         line("  pearson", [&](std::size_t file) { return fixed(scores(file).pearson); }) +
         line("  (95 %)", [&](std::size_t f) { return interval(scores(f).pearson, pearson_interval, scores(f).used); }) +
         line("  known", [&](std::size_t file) { return fmt::format("{}", evaluation.files[file].similarity[index].known); });
}

std::string similarity_comparison(const Evaluation& evaluation, const Comparison& comparison, std::size_t index) {
  const SimilarityScores& scores = evaluation.files[0].similarity[index].scores;
  std::string text =
      fmt::format("\nsimilarity {}\n  words    all\n  case     {}\n  pairs    {}, used {} that all files know\n  95 %     {}\n",
                  evaluation.questions.similarity[index].path, case_name(evaluation.questions.options.letter_case), scores.pairs,
                  scores.used, correlation_method);
  for (std::size_t first = 0; first < evaluation.files.size(); first += files_beside) {
    text += similarity_block(evaluation, index, first, std::min(first + files_beside, evaluation.files.size()));
  }
  text += fmt::format("\n  spearman by {}\n", bootstrap_method);
  for (const SimilarityComparison& pair : comparison.similarity[index]) {
    if (!pair.difference || !pair.bootstrap) continue;
    text += fmt::format("  file {} and {}: {:+.4f} ({:+.4f} to {:+.4f}), {}\n", pair.first + 1, pair.second + 1, *pair.difference,
                        pair.bootstrap->interval.low, pair.bootstrap->interval.high, p_value(pair.bootstrap->p));
  }
  return text;
}

}  // namespace

std::string comparison_tables(const Evaluation& evaluation, const Comparison& comparison) {
  std::string text = fmt::format("{} vector files on the same questions\n", evaluation.files.size());
  for (std::size_t i = 0; i < evaluation.files.size(); ++i) {
    const VectorsResult& file = evaluation.files[i];
    text += fmt::format("  file {}: {}, {} words, {} dimensions\n", i + 1, file.path, file.words, file.dim);
  }
  for (std::size_t i = 0; i < comparison.analogies.size(); ++i) text += analogy_comparison(evaluation, comparison, i);
  for (std::size_t i = 0; i < comparison.similarity.size(); ++i) text += similarity_comparison(evaluation, comparison, i);
  return text;
}

}  // namespace word2vec
