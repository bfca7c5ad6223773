// Pairs of files, question by question. Refuses to know tables.
#include "eval/comparison.h"

namespace word2vec {
namespace {

AnalogyComparison compare_analogies(const std::vector<AnalogySection>& sections, const std::vector<bool>& common,
                                    const std::vector<AnalogyOutcome>& first, const std::vector<AnalogyOutcome>& second) {
  AnalogyComparison comparison{};
  std::size_t next = 0;
  for (const AnalogySection& section : sections) {
    PairedTally tally;
    for (std::size_t q = 0; q < section.questions.size(); ++q, ++next) {
      if (!common[next]) continue;
      const bool left = first[next].right(), right = second[next].right();
      ++(left && right ? tally.both : left ? tally.only_first : right ? tally.only_second : tally.neither);
    }
    (is_syntactic(section.name) ? comparison.syntactic : comparison.semantic) += tally;
    comparison.total += tally;
    comparison.sections.push_back(tally);
  }
  return comparison;
}

/// Calls `add(first, second)` for every pair of `count` files.
template <class Add>
void for_pairs(std::size_t count, Add add) {
  for (std::size_t first = 0; first < count; ++first) {
    for (std::size_t second = first + 1; second < count; ++second) add(first, second);
  }
}

std::vector<SimilarityComparison> compare_similarity(const Evaluation& evaluation, std::size_t index) {
  const auto& pairs = evaluation.questions.similarity[index].pairs;
  const std::vector<bool> common = common_pairs(evaluation, index);
  std::vector<double> human;
  std::vector<std::vector<double>> models(evaluation.files.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!common[i]) continue;
    human.push_back(pairs[i].score);
    for (std::size_t m = 0; m < models.size(); ++m) {
      models[m].push_back(evaluation.files[m].similarity[index].cosines[i].value());
    }
  }
  std::vector<SimilarityComparison> comparisons;
  const auto rhos = bootstrap_spearman(human, models);
  for_pairs(models.size(), [&](std::size_t first, std::size_t second) {
    const auto left = evaluation.files[first].similarity[index].scores.spearman;
    const auto right = evaluation.files[second].similarity[index].scores.spearman;
    SimilarityComparison& added = comparisons.emplace_back(SimilarityComparison{first, second, {}, {}});
    if (!left || !right) return;
    added.difference = *right - *left;
    added.bootstrap = bootstrap_difference(rhos[first], rhos[second]);
  });
  return comparisons;
}

}  // namespace

double PairedTally::difference() const {
  if (asked() == 0) return 0;
  return (static_cast<double>(only_second) - static_cast<double>(only_first)) / static_cast<double>(asked());
}

PairedTally& PairedTally::operator+=(const PairedTally& other) {
  both += other.both;
  only_first += other.only_first;
  only_second += other.only_second;
  neither += other.neither;
  return *this;
}

Comparison compare(const Evaluation& evaluation) {
  Comparison comparison;
  if (evaluation.files.size() < 2) return comparison;
  const Questions& questions = evaluation.questions;
  for (std::size_t i = 0; i < questions.analogies.size(); ++i) {
    const std::vector<bool> common = common_questions(evaluation, i);
    auto& pairs = comparison.analogies.emplace_back();
    for_pairs(evaluation.files.size(), [&](std::size_t first, std::size_t second) {
      pairs.push_back(compare_analogies(questions.analogies[i].sections, common, evaluation.files[first].analogies[i].outcomes,
                                        evaluation.files[second].analogies[i].outcomes));
      pairs.back().first = first;
      pairs.back().second = second;
    });
  }
  for (std::size_t i = 0; i < questions.similarity.size(); ++i) {
    comparison.similarity.push_back(compare_similarity(evaluation, i));
  }
  return comparison;
}

}  // namespace word2vec
