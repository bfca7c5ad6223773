#include "eval/expression.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

TEST(ExpressionTest, SignedWords) {
  EXPECT_EQ(parse_expression("king"), (Expression{{"king", 1}}));
  EXPECT_EQ(parse_expression("king - man + woman"), (Expression{{"king", 1}, {"man", -1}, {"woman", 1}}));
  EXPECT_EQ(parse_expression("- man + king"), (Expression{{"man", -1}, {"king", 1}}));
  EXPECT_EQ(parse_expression("+ man"), (Expression{{"man", 1}}));
}

TEST(ExpressionTest, OnlySignsSetApartAreSigns) {
  EXPECT_EQ(parse_expression("e-mail - c++"), (Expression{{"e-mail", 1}, {"c++", -1}}));
  EXPECT_EQ(parse_expression("-man"), (Expression{{"-man", 1}}));
  EXPECT_EQ(parse_expression(" \tking  +\tqueen \r"), (Expression{{"king", 1}, {"queen", 1}}));
}

TEST(ExpressionTest, RefusesTheRestInOneLine) {
  for (const char* bad : {"", "  ", "king -", "king + - man", "king man", "-", "+ +", "a\n+"}) {
    expect_has(message_of<UsageError>([&] { parse_expression(bad); }), "king - man + woman");
  }
  expect_has(message_of<UsageError>([] { parse_expression("king man"); }), "no + or - before");
}

}  // namespace
}  // namespace word2vec
