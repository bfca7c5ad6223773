// Asking, and scoring on common ground. Refuses to know options and tables.
#include "eval/evaluation.h"

namespace word2vec {
namespace {

/// For each of the items that `items_of(file)` lists, whether `known(item)` holds in all files.
template <class ItemsOf, class Known>
std::vector<bool> known_to_all(const Evaluation& evaluation, ItemsOf items_of, Known known) {
  std::vector<bool> common;
  for (const VectorsResult& file : evaluation.files) {
    const auto& items = items_of(file);
    common.resize(items.size(), true);
    for (std::size_t i = 0; i < items.size(); ++i) common[i] = common[i] && known(items[i]);
  }
  return common;
}

}  // namespace

VectorsResult evaluate(const Questions& questions, const std::string& path, const Embeddings& embeddings) {
  VectorsResult result{path, embeddings.size(), embeddings.dim(), {}, {}};
  for (const AnalogyFile& file : questions.analogies) {
    AnalogyResult& added = result.analogies.emplace_back();
    added.outcomes = ask_analogies(embeddings, file.sections, questions.options);
    added.scores = tally_analogies(file.sections, added.outcomes, std::vector<bool>(added.outcomes.size(), true));
    added.known = added.scores.total.asked;
  }
  for (const SimilarityFile& file : questions.similarity) {
    SimilarityResult& added = result.similarity.emplace_back();
    added.cosines = pair_cosines(embeddings, file.pairs, questions.options.letter_case);
    added.scores = correlate(file.pairs, added.cosines);
    added.known = added.scores.used;
  }
  return result;
}

std::vector<bool> common_questions(const Evaluation& evaluation, std::size_t index) {
  return known_to_all(
      evaluation, [&](const VectorsResult& file) -> const auto& { return file.analogies[index].outcomes; },
      [](const AnalogyOutcome& outcome) { return outcome.asked(); });
}

std::vector<bool> common_pairs(const Evaluation& evaluation, std::size_t index) {
  return known_to_all(
      evaluation, [&](const VectorsResult& file) -> const auto& { return file.similarity[index].cosines; },
      [](const std::optional<double>& cosine) { return cosine.has_value(); });
}

void score_common(Evaluation& evaluation) {
  const Questions& questions = evaluation.questions;
  for (std::size_t i = 0; i < questions.analogies.size(); ++i) {
    const std::vector<bool> common = common_questions(evaluation, i);
    for (VectorsResult& file : evaluation.files) {
      AnalogyResult& result = file.analogies[i];
      result.scores = tally_analogies(questions.analogies[i].sections, result.outcomes, common);
    }
  }
  for (std::size_t i = 0; i < questions.similarity.size(); ++i) {
    const std::vector<bool> common = common_pairs(evaluation, i);
    for (VectorsResult& file : evaluation.files) {
      SimilarityResult& result = file.similarity[i];
      std::vector<std::optional<double>> cosines = result.cosines;
      for (std::size_t pair = 0; pair < cosines.size(); ++pair) {
        if (!common[pair]) cosines[pair].reset();
      }
      result.scores = correlate(questions.similarity[i].pairs, cosines);
    }
  }
}

}  // namespace word2vec
