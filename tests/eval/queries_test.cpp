#include "eval/queries.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"
#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

class QueriesTest : public Scratch {
 protected:
  std::vector<Neighbor> answer(const Query& query, const NeighborOptions& options) {
    return answers_.answer({query}, options)[0];
  }

  Embeddings embeddings_ = random_embeddings(60, 7, 11);
  QueryAnswers answers_{embeddings_};
};

TEST_F(QueriesTest, AnExpressionIsTheSignedSumOfUnitRows) {
  const auto got = answer(expression_query("w1 - W2 + w3"), {4, Metric::cosine, 0});
  std::vector<float> sum(7);
  const auto unit = [&](std::size_t row) {
    std::vector<float> values(7);
    write_unit(embeddings_.vectors().values(row), values);
    return values;
  };
  const auto a = unit(1), b = unit(2), c = unit(3);
  for (std::size_t d = 0; d < 7; ++d) sum[d] = a[d] - b[d] + c[d];
  std::vector<std::pair<double, std::size_t>> want;
  for (std::size_t row = 0; row < 60; ++row) {
    if (row < 1 || row > 3) want.emplace_back(-exact_cosine(sum, embeddings_.vectors().values(row)), row);
  }
  std::sort(want.begin(), want.end());
  ASSERT_EQ(got.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(got[i].row, want[i].second);
    EXPECT_NEAR(got[i].score, -want[i].first, 1e-5);
  }
}

TEST_F(QueriesTest, AWordAloneIsItsRowForMetricsThatKnowLengths) {
  const auto& vectors = embeddings_.vectors();
  const auto dot = answer(expression_query("w5"), {1, Metric::dot, 0})[0];
  EXPECT_NEAR(dot.score, exact_dot(vectors.values(5), vectors.values(dot.row)), 1e-4);
  const auto near = answer(expression_query("w5"), {1, Metric::euclidean, 0})[0];
  EXPECT_NEAR(near.score, exact_distance(vectors.values(5), vectors.values(near.row)), 1e-4);
}

TEST_F(QueriesTest, RestrictCutsAnswersNotQueries) {
  const auto got = answer(expression_query("w50"), {100, Metric::cosine, 10});
  EXPECT_EQ(got.size(), 10U);
  for (const Neighbor& neighbor : got) EXPECT_LT(neighbor.row, 10U);
}

TEST_F(QueriesTest, AnAnalogyRanksAsItsExpression) {
  const Query analogy = analogy_query("w1", "w2", "w3");
  EXPECT_EQ(analogy.text, "w2 - w1 + w3");
  const NeighborOptions options{5, Metric::cosine, 0};
  EXPECT_EQ(answer(analogy, options), answer(expression_query(analogy.text), options));
  const RowPanels units(embeddings_.vectors(), 60, true);
  EXPECT_EQ(answer(analogy, {5, Metric::cosine, 0, AnalogyMethod::cos_mul}),
            answer_analogies(embeddings_.vectors(), units, {{1, 2, 3}}, AnalogyMethod::cos_mul, 5)[0]);
}

/// What is kept between batches must be made anew when the options want another.
TEST_F(QueriesTest, OptionsMayChangeBetweenBatches) {
  const Query analogy = analogy_query("w1", "w2", "w3");
  for (int round = 0; round < 2; ++round) {
    for (const NeighborOptions& options :
         {NeighborOptions{5, Metric::cosine, 0}, NeighborOptions{3, Metric::dot, 0}, NeighborOptions{3, Metric::dot, 20},
          NeighborOptions{4, Metric::cosine, 20, AnalogyMethod::cos_mul}, NeighborOptions{5, Metric::euclidean, 20}}) {
      EXPECT_EQ(answer(analogy, options), QueryAnswers(embeddings_).answer({analogy}, options)[0]);
    }
  }
}

TEST_F(QueriesTest, RefusesUnknownWordsAndNoDirection) {
  const Embeddings small({"king", "queen", "zero"}, matrix_of({{1, 2}, {2, 1}, {0, 0}}));
  const auto refusal = [&](const Query& query) { return message_of<Error>([&] { QueryAnswers(small).answer({query}, {}); }); };
  expect_has(refusal(expression_query("queen + kign")), "'kign'");
  expect_has(refusal(expression_query("kign")), "did you mean 'king'?");
  expect_has(refusal(expression_query("king - king")), "no direction");
  expect_has(refusal(expression_query("zero")), "no direction");
  const auto lines = read_queries(write("q", "king\nkign\n"), expression_query);
  expect_has(message_of<Error>([&] { QueryAnswers(small).answer(lines, {}); }), path("q") + ":2");
}

TEST_F(QueriesTest, ReadsAQueryALine) {
  const auto queries = read_queries(write("q", "w1\r\n\n w1 - w2 \n"), expression_query);
  ASSERT_EQ(queries.size(), 2U);
  EXPECT_EQ(queries[0].text, "w1");
  EXPECT_EQ(queries[1].words.size(), 2U);
  EXPECT_EQ(queries[1].place, path("q") + ":3");
  expect_has(message_of<Error>([&] { read_queries(write("b", "w1\nw1 w2\n"), expression_query); }), path("b") + ":2");
  expect_has(message_of<Error>([&] { read_queries(write("e", "\n"), expression_query); }), "no query");
}

}  // namespace
}  // namespace word2vec
