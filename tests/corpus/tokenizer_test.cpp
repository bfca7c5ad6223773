#include "corpus/tokenizer.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace word2vec {
namespace {

using Stream = std::vector<std::string>;  // words, and "" for the end of a sentence

Stream tokens_of(const std::string& text, const std::vector<std::size_t>& cuts) {
  Stream stream;
  Tokenizer tokenizer;
  const auto token = [&](std::string_view word) { stream.emplace_back(word); };
  const auto end = [&] { stream.emplace_back(); };
  std::size_t from = 0;
  for (const std::size_t cut : cuts) {
    tokenizer.feed(std::string_view(text).substr(from, cut - from), token, end);
    from = cut;
  }
  tokenizer.feed(std::string_view(text).substr(from), token, end);
  tokenizer.finish(token, end);
  return stream;
}

TEST(Tokenizer, SplitsAtTheSixWhiteSpacesOnly) {
  EXPECT_EQ(tokens_of("a b\tc\vd\fe\rf\ng", {}), (Stream{"a", "b", "c", "d", "e", "f", "", "g", ""}));
  EXPECT_EQ(tokens_of("a\u00a0b\x1c\u3000-", {}), (Stream{"a\u00a0b\x1c\u3000-", ""}));
}

TEST(Tokenizer, EmptyLinesAreNoSentences) {
  EXPECT_EQ(tokens_of("\n\n a \n \t\n\r\nb\r\n", {}), (Stream{"a", "", "b", ""}));
  EXPECT_EQ(tokens_of("", {}), Stream{});
  EXPECT_EQ(tokens_of(" \n ", {}), Stream{});
}

TEST(Tokenizer, AnyTwoCutsChangeNothing) {
  const std::string text = "  one two\n\nthree\r\n f\u00fcnf \tsix\n seven";
  const Stream whole = tokens_of(text, {});
  EXPECT_EQ(whole, (Stream{"one", "two", "", "three", "", "f\u00fcnf", "six", "", "seven", ""}));
  for (std::size_t a = 0; a <= text.size(); ++a) {
    for (std::size_t b = a; b <= text.size(); ++b) ASSERT_EQ(tokens_of(text, {a, b}), whole) << a << " " << b;
  }
}

TEST(Tokenizer, FinishLeavesNothingForTheNextFile) {
  Stream stream;
  Tokenizer tokenizer;
  const auto token = [&](std::string_view word) { stream.emplace_back(word); };
  const auto end = [&] { stream.emplace_back(); };
  tokenizer.feed("ab", token, end);
  tokenizer.finish(token, end);
  tokenizer.feed("cd", token, end);
  tokenizer.finish(token, end);
  EXPECT_EQ(stream, (Stream{"ab", "", "cd", ""}));
}

}  // namespace
}  // namespace word2vec
