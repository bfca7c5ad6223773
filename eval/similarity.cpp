// Pairs read, looked up and correlated. Refuses to know options and tables.
#include "eval/similarity.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "corpus/io/error.h"
#include "eval/correlation.h"
#include "eval/text_lines.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/selection.h"

namespace word2vec {
namespace {

std::string_view trimmed(std::string_view field) {
  const std::size_t start = field.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view() : trimmed_end(field.substr(start));
}

std::vector<std::string_view> split_at(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find(separator);
    fields.push_back(trimmed(line.substr(0, end)));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

/// Three fields by the strongest separator that gives three: fields may hold the weaker ones ("Human (mean)").
std::vector<std::string_view> split_fields(std::string_view line) {
  for (const char separator : {'\t', ','}) {
    auto fields = split_at(line, separator);
    if (fields.size() == 3) return fields;
  }
  return split_at_space(line);
}

std::optional<double> parse_score(std::string_view field) {
  field = without_plus(field);
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc() || end != field.data() + field.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

double cosine(const Matrix& vectors, std::size_t left, std::size_t right) {
  const auto a = vectors.values(left), b = vectors.values(right);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  const double lengths = norm(a) * norm(b);
  return lengths > 0 ? sum / lengths : 0;
}

}  // namespace

std::vector<SimilarityPair> parse_similarity(std::string_view content, const std::string& path) {
  std::vector<SimilarityPair> pairs;
  bool may_be_header = true;
  for_lines(content, [&](std::string_view line, std::size_t number) {
    const std::string_view text = trimmed(line);
    if (text.empty() || text.front() == '#') return;
    const auto fields = split_fields(text);
    const std::optional<double> score = fields.size() == 3 ? parse_score(fields[2]) : std::nullopt;
    const bool words = fields.size() == 3 && !fields[0].empty() && !fields[1].empty();
    // A title, and no number that cannot be a score, such as nan.
    const bool header = may_be_header && words && !is_decimal(without_plus(fields[2]));
    may_be_header = false;
    if (header) return;
    if (!words || !score) {
      throw Error(fmt::format("not a word, a word and a number, {}: {}; set three fields apart by tabs, commas or spaces",
                              place(path, number), shown(line)));
    }
    pairs.push_back({std::string(fields[0]), std::string(fields[1]), *score});
  });
  if (pairs.empty()) throw Error(fmt::format("no word pair, {}; give a word, a word and a number on each line", path));
  return pairs;
}

std::vector<std::optional<double>> pair_cosines(const Embeddings& embeddings, const std::vector<SimilarityPair>& pairs,
                                                CaseRule rule) {
  std::vector<std::optional<double>> cosines;
  cosines.reserve(pairs.size());
  WordLookup lookup(embeddings, 0, rule);
  for (const SimilarityPair& pair : pairs) {
    const auto left = lookup.find(pair.left), right = lookup.find(pair.right);
    cosines.push_back(left && right ? std::optional(cosine(embeddings.vectors(), *left, *right)) : std::nullopt);
  }
  return cosines;
}

SimilarityScores correlate(const std::vector<SimilarityPair>& pairs, const std::vector<std::optional<double>>& cosines) {
  std::vector<double> human, model;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!cosines[i]) continue;
    human.push_back(pairs[i].score);
    model.push_back(*cosines[i]);
  }
  return {pairs.size(), human.size(), pairs.size() - human.size(), spearman(human, model), pearson(human, model)};
}

}  // namespace word2vec
