#include "corpus/tokenizer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace word2vec {
namespace {

/// Words as they come, and an empty string for each line end.
using Stream = std::vector<std::string>;

/// Those that this machine has.
std::vector<SimdLevel> levels() {
  std::vector<SimdLevel> found;
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512, SimdLevel::avx512bf16, SimdLevel::amx}) {
    if (level <= best_simd()) found.push_back(level);
  }
  return found;
}

Stream tokens_of(const std::string& text, SimdLevel level = best_simd(), bool newest = true) {
  // What is behind the text is neither white space nor the same at each place.
  std::string padded = text;
  for (std::size_t i = 0; i < Tokenizer::readable_behind; ++i) padded += i % 3 == 0 ? '\n' : 'x';
  Stream stream;
  Tokenizer tokenizer(level, newest);
  tokenizer.start(padded.data(), text.size());
  while (tokenizer.step()) {
    std::size_t i = 0;
    const auto take = [&](std::size_t end) {
      for (; i < end; ++i)
        stream.push_back(padded.substr(tokenizer.words()[i].begin, tokenizer.words()[i].end - tokenizer.words()[i].begin));
    };
    for (const Tokenizer::LineEnd& end : tokenizer.line_ends()) {
      take(end.words);
      EXPECT_EQ(padded[end.place], '\n');
      stream.emplace_back();
    }
    take(tokenizer.words().size());
  }
  return stream;
}

/// The same, a byte at a time.
Stream slowly(const std::string& text) {
  Stream stream;
  std::string word;
  for (const char c : text) {
    const bool space = std::string(" \t\n\v\f\r").find(c) != std::string::npos;
    if (!space) word += c;
    if (space && !word.empty()) stream.push_back(std::exchange(word, {}));
    if (c == '\n') stream.emplace_back();
  }
  return stream;
}

TEST(Tokenizer, SplitsAtTheSixWhiteSpacesOnly) {
  EXPECT_EQ(tokens_of("a b\tc\vd\fe\rf\ng "), (Stream{"a", "b", "c", "d", "e", "f", "", "g"}));
  EXPECT_EQ(tokens_of("a\u00a0b\x1c\u3000-\n"), (Stream{"a\u00a0b\x1c\u3000-", ""}));
  for (int c = 1; c < 256; ++c) {
    const std::string text = std::string("a") + static_cast<char>(c) + "b ";
    for (const SimdLevel level : levels()) {
      EXPECT_EQ(tokens_of(text, level), slowly(text)) << c << " " << simd_name(level);
    }
  }
}

TEST(Tokenizer, KnowsNothingOfAnEmptyText) {
  EXPECT_EQ(tokens_of(""), Stream{});
  EXPECT_EQ(tokens_of(" "), Stream{});
  EXPECT_EQ(tokens_of("\n\n a \n"), (Stream{"", "", "a", ""}));
}

TEST(Tokenizer, FindsTheSameByEveryInstructionSet) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 3000; ++round) {
    // Texts around the sizes of a register and of a step; from hardly a space to hardly anything else, and any byte.
    std::string text(random() % (round % 10 == 0 ? 5000 : 200), 'a');
    const std::uint64_t rarely = 1 + random() % 60;
    for (char& c : text) {
      if (random() % rarely == 0) c = " \t\n\v\f\r"[random() % 6];
      if (random() % 16 == 0) c = static_cast<char>(random());
    }
    text += random() % 2 == 0 ? '\n' : ' ';
    const Stream expected = slowly(text);
    for (const SimdLevel level : levels()) {
      for (const bool newest : {true, false}) {
        ASSERT_EQ(tokens_of(text, level, newest), expected) << simd_name(level) << " " << round;
      }
    }
  }
}

TEST(Tokenizer, TakesAWordOfManySteps) {
  const std::string word(10 * Tokenizer::step_bytes + 7, 'w');
  EXPECT_EQ(tokens_of(" x " + word + "\ny "), (Stream{"x", word, "", "y"}));
}

TEST(Tokenizer, TakesAsManyWordsAsFitIntoAStep) {
  std::string text;
  for (std::size_t i = 0; i < 2 * Tokenizer::step_bytes; ++i) text += i % 2 == 0 ? "w" : "\n";
  EXPECT_EQ(tokens_of(text), slowly(text));
  EXPECT_EQ(tokens_of(" " + text), slowly(" " + text));
  EXPECT_EQ(tokens_of(std::string(3 * Tokenizer::step_bytes, '\n')).size(), 3 * Tokenizer::step_bytes);
}

}  // namespace
}  // namespace word2vec
