// The page's data: the evaluation's JSON and the words, whatever their bytes.
#include "eval/evaluation_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

nlohmann::json data_of(const std::string& page) {
  const std::string start = "<script id=\"data\" type=\"application/json\">";
  const std::size_t from = page.find(start) + start.size();
  return nlohmann::json::parse(page.substr(from, page.find("</script", from) - from));
}

std::string page_of(const Embeddings& embeddings, const AnalogySection& section) {
  Evaluation evaluation;
  evaluation.questions.analogies.push_back({"q.txt", {section}});
  evaluation.files.push_back(evaluate(evaluation.questions, "v.txt", embeddings));
  return to_page(evaluation, compare(evaluation), {view_words(evaluation.questions, embeddings)});
}

TEST(EvaluationPage, HoldsTheFiguresAndTheWords) {
  const auto data = data_of(page_of(random_embeddings(9, 3, 1), {"s", {{"w0", "w1", "w2", "w3"}}}));
  EXPECT_EQ(data["evaluation"]["vectors"], "v.txt");
  EXPECT_EQ(data["evaluation"]["analogies"][0]["total"]["asked"], 1);
  const auto& views = data["views"][0];
  EXPECT_EQ(views["words"].size(), 9U);
  EXPECT_EQ(views["map"]["points"].size(), 9U);
  EXPECT_EQ(views["relations"][0]["section"], "s");
  EXPECT_EQ(views["relations"][0]["pairs"].size(), 2U);
  EXPECT_EQ(views["words"][0]["neighbors"].size(), WordViews::neighbors);
}

TEST(EvaluationPage, WordsAreTextWhateverTheyHold) {
  const std::string hostile = "</script><img src=x onerror=alert(1)>";
  const Embeddings embeddings({hostile, "caf\xC3\xA9", "cut\xE2\x82", "\"quoted\"", "\xE2\x80\xA8"}, random_matrix(5, 3, 1));
  const std::string page = page_of(embeddings, {hostile, {{hostile, "\"quoted\"", "caf\xC3\xA9", "cut\xE2\x82"}}});
  EXPECT_EQ(page.find("<img"), std::string::npos);
  const auto data = data_of(page);
  EXPECT_EQ(data["views"][0]["relations"][0]["section"], hostile);
  std::vector<std::string> words;
  for (const auto& word : data["views"][0]["words"]) words.push_back(word["word"]);
  std::sort(words.begin(), words.end());
  std::vector<std::string> expected = {hostile, "caf\xC3\xA9", "cut\xEF\xBF\xBD", "\"quoted\"", "\xE2\x80\xA8"};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(words, expected);
}

}  // namespace
}  // namespace word2vec
