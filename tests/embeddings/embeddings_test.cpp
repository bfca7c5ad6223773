// Words find their rows, also after a move; words and rows that do not match are refused.
#include "trainer/embeddings/embeddings.h"

#include <gtest/gtest.h>

#include <cmath>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"
#include "trainer/embeddings/selection.h"

namespace word2vec {
namespace {

Embeddings three() {
  Matrix vectors(3, 2);
  vectors.row(0)[0] = 3;
  vectors.row(0)[1] = 4;
  vectors.row(2)[1] = -2;
  return {{"a", "\xff", std::string(100, 'w')}, std::move(vectors)};
}

TEST(Embeddings, FindsExactWordsAlsoAfterAMove) {
  Embeddings made = three();
  const Embeddings embeddings = std::move(made);
  EXPECT_EQ(embeddings.find("a"), 0U);
  EXPECT_EQ(embeddings.find("\xff"), 1U);
  EXPECT_EQ(embeddings.find(std::string(100, 'w')), 2U);
  EXPECT_EQ(embeddings.find("A"), std::nullopt);
  EXPECT_EQ(embeddings.find(""), std::nullopt);
}

TEST(Embeddings, RefusesAWordTwiceAndUnequalLengths) {
  const std::string message = message_of<Error>([] { Embeddings({"x", "y", "x"}, Matrix(3, 1)); });
  EXPECT_EQ(message, "the word 'x' comes twice, in rows 1 and 3; remove one");
  EXPECT_THROW(Embeddings({"x"}, Matrix(2, 1)), Error);
}

TEST(Selection, KeepsTheOrderOfTheRowsAndCountsTheAbsent) {
  const Embeddings embeddings = three();
  std::uint64_t absent = 0;
  const auto rows = select_rows(embeddings, {std::string(100, 'w'), "nobody", "a", "a", "nobody", "none"}, &absent);
  EXPECT_EQ(rows, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(absent, 2U);
}

TEST(Selection, UnitRowsAndZeroStaysZero) {
  const Embeddings unit = copy_rows(three(), {2, 1, 0}, true);
  EXPECT_EQ(unit.words()[2], "a");
  EXPECT_EQ(unit.vectors().row(0)[1], -1.0F);
  EXPECT_EQ(unit.vectors().row(1)[0], 0.0F);
  EXPECT_EQ(unit.vectors().row(2)[0], 0.6F);
  EXPECT_EQ(unit.vectors().row(2)[1], 0.8F);
}

TEST(Selection, NormOfTheLargestAndTheSmallest) {
  const float large[] = {3e38F, 3e38F}, small[] = {1e-45F, 0};
  EXPECT_NEAR(norm(large) / 4.2426e38, 1, 1e-4);
  EXPECT_EQ(norm(small), static_cast<double>(1e-45F));
}

TEST(Selection, NormCountsEveryNumberOnce) {
  for (std::size_t dim = 1; dim <= 40; ++dim) {
    std::vector<float> row(dim);
    double squares = 0;
    for (std::size_t i = 0; i < dim; ++i) squares += static_cast<double>((i + 1) * (i + 1));
    for (std::size_t i = 0; i < dim; ++i) row[i] = static_cast<float>(i + 1);
    EXPECT_DOUBLE_EQ(norm(row), std::sqrt(squares)) << dim;
  }
}

TEST(Selection, WordListIsOneWordALine) {
  EXPECT_EQ(parse_word_list("a\r\n\n  b c \nlast"), (std::vector<std::string>{"a", "b c", "last"}));
  EXPECT_TRUE(parse_word_list(" \n\n").empty());
}

}  // namespace
}  // namespace word2vec
