// The words that a report shows: pairs of a section, frequent words, true neighbours.
#include "eval/word_views.h"

#include <gtest/gtest.h>

#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

Questions questions_of(std::vector<AnalogySection> sections, std::uint64_t restrict_rows = 0) {
  Questions questions;
  questions.analogies.push_back({"q.txt", std::move(sections)});
  questions.options.restrict_rows = restrict_rows;
  return questions;
}

std::vector<std::pair<std::string, std::string>> pairs_of(const WordViews& views, const Relation& relation) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [a, b] : relation.pairs) {
    pairs.emplace_back(views.words[relation.words.words[a]].word, views.words[relation.words.words[b]].word);
  }
  return pairs;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(WordViews, ARelationHasItsKnownPairsOnceMostFrequentFirst) {
  const Embeddings embeddings = random_embeddings(20, 5, 1);
  const WordViews views =
      view_words(questions_of({{"s", {{"w9", "w1", "w2", "w3"}, {"w2", "w3", "w9", "w1"}, {"w2", "w3", "none", "w1"}}},
                               {"unknown", {{"x", "y", "z", "u"}}}}),
                 embeddings);
  ASSERT_EQ(views.relations.size(), 1U);
  EXPECT_EQ(views.relations[0].section, "s");
  EXPECT_EQ(views.relations[0].file, "q.txt");
  EXPECT_EQ(views.relations[0].pairs_in_all, 3U);
  EXPECT_EQ(pairs_of(views, views.relations[0]), (Pairs{{"w2", "w3"}, {"w9", "w1"}}));
  EXPECT_EQ(views.relations[0].words.plane.points.size(), 4U);
}

TEST(WordViews, OnlyWordsThatMayAnswerAreShown) {
  const Embeddings embeddings = random_embeddings(20, 5, 1);
  const WordViews views = view_words(questions_of({{"s", {{"w9", "w1", "w2", "w3"}}}}, 8), embeddings);
  EXPECT_EQ(pairs_of(views, views.relations.at(0)), (Pairs{{"w2", "w3"}}));
  ASSERT_EQ(views.map.words.size(), 8U);
  for (const ViewedWord& word : views.words) {
    for (const auto& [neighbor, cosine] : word.neighbors) EXPECT_LT(embeddings.find(neighbor).value(), 8U);
  }
}

TEST(WordViews, NeighboursAreTheNearestByCosineWithoutTheWordItself) {
  const Embeddings embeddings = random_embeddings(60, 4, 2);
  const WordViews views = view_words(questions_of({}), embeddings);
  ASSERT_EQ(views.words.size(), 60U);
  const Matrix& vectors = embeddings.vectors();
  for (const ViewedWord& word : views.words) {
    const std::size_t row = embeddings.find(word.word).value();
    std::vector<std::pair<double, std::string>> best;
    for (std::size_t other = 0; other < 60; ++other) {
      if (other != row) best.emplace_back(-exact_cosine(vectors.values(row), vectors.values(other)), embeddings.words()[other]);
    }
    std::sort(best.begin(), best.end());
    ASSERT_EQ(word.neighbors.size(), WordViews::neighbors);
    for (std::size_t i = 0; i < WordViews::neighbors; ++i) {
      EXPECT_EQ(word.neighbors[i].first, best[i].second) << word.word;
      EXPECT_NEAR(static_cast<double>(word.neighbors[i].second), -best[i].first, 1e-5);
    }
  }
}

TEST(WordViews, HugeQuestionFilesAndVocabulariesAreCut) {
  const Embeddings embeddings = random_embeddings(700, 4, 2);
  std::vector<AnalogySection> sections(WordViews::most_relations + 5);
  for (std::size_t i = 0; i + 3 < 700; ++i) {
    sections[0].questions.push_back({"w" + std::to_string(i), "w" + std::to_string(i + 1), "w" + std::to_string(i + 2), "w0"});
  }
  for (std::size_t s = 1; s < sections.size(); ++s) sections[s].questions.push_back({"w0", "w1", "w2", "w3"});
  const WordViews views = view_words(questions_of(sections), embeddings);
  EXPECT_EQ(views.relations.size(), WordViews::most_relations);
  EXPECT_EQ(views.relations[0].pairs.size(), WordViews::most_pairs);
  EXPECT_EQ(views.map.words.size(), WordViews::most_in_map);
}

}  // namespace
}  // namespace word2vec
