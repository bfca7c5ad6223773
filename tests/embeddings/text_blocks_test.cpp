// Every line once, with its number, wherever blocks are cut; and empty lines only at the end.
#include "trainer/embeddings/text_blocks.h"

#include <gtest/gtest.h>

#include <mutex>
#include <random>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

struct TextBlocks : testing::Test {
  TemporaryFolder folder;

  std::vector<std::string> lines(const std::string& text, std::size_t start = 0) {
    VectorContent content(folder.file("f", text));
    content.finish();
    std::vector<std::string> found;
    std::mutex lock;
    const auto use = [&](const LineBlock& block) {
      const std::lock_guard guard(lock);
      found.resize(std::max(found.size(), block.first + block.lines.size()));
      for (std::size_t i = 0; i < block.lines.size(); ++i) {
        EXPECT_EQ(found[block.first + i], "");
        EXPECT_LE(block.lines[i].data() + block.lines[i].size(), block.end);
        found[block.first + i] = block.lines[i];
      }
    };
    const auto empty = [](std::size_t line) { throw Error("empty line " + std::to_string(line)); };
    const std::size_t count = for_line_blocks(content, start, use, empty);
    EXPECT_EQ(count, found.size());
    return found;
  }
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST_F(TextBlocks, LinesOfEveryLengthAcrossBlocks) {
  std::mt19937 random(2);
  std::vector<std::string> all;
  for (int i = 0; i < 3000; ++i) all.push_back(std::to_string(i) + std::string(random() % 3000, 'x'));
  all.insert(all.begin() + 1000, std::string(5000000, 'y'));  // longer than any block
  const std::string text = joined(all);
  EXPECT_TRUE(lines(text) == all);
  EXPECT_TRUE(lines("head\n" + text, 5) == all);
  EXPECT_TRUE(lines(text.substr(0, text.size() - 1)) == all);
  EXPECT_TRUE(lines(text + "\n\r\n \n" + std::string(3000000, '\n')) == all);
}

TEST_F(TextBlocks, LineEndsAtBothSidesOfABlocksBorder) {
  constexpr std::size_t border = std::size_t{1} << 20;
  for (std::size_t length = border - 2; length <= border + 2; ++length) {
    const std::vector<std::string> all = {std::string(length, 'x'), "b", "c"};
    EXPECT_TRUE(lines(joined(all)) == all) << length;
    EXPECT_TRUE(lines(joined(all).substr(0, length + 1)) == std::vector<std::string>{all[0]}) << length;
    EXPECT_EQ(message_of<Error>([&] { lines(all[0] + "\n\nb\n"); }), "empty line 1") << length;
  }
}

TEST_F(TextBlocks, EmptyLinesBetweenOthers) {
  EXPECT_EQ(message_of<Error>([&] { lines("a\n\nb\n"); }), "empty line 1");
  EXPECT_EQ(message_of<Error>([&] { lines("\na\n"); }), "empty line 0");
  EXPECT_EQ(message_of<Error>([&] { lines("a\nb\n" + std::string(3000000, '\n') + "c"); }), "empty line 2");
  EXPECT_EQ(lines("").size(), 0U);
  EXPECT_EQ(lines("\n\n").size(), 0U);
  EXPECT_EQ(lines("a\r\nb \t\r\n"), (std::vector<std::string>{"a", "b"}));
}

TEST_F(TextBlocks, TheFirstBlocksFailureIsTheOneTold) {
  VectorContent content(folder.file("f", joined(std::vector<std::string>(20000, std::string(500, 'x')))));
  content.finish();
  const auto use = [](const LineBlock& block) { throw Error("from " + std::to_string(block.first)); };
  EXPECT_EQ(message_of<Error>([&] { for_line_blocks(content, 0, use, [](std::size_t) {}); }), "from 0");
}

TEST_F(TextBlocks, CountsNewlines) {
  VectorContent content(folder.file("f", std::string(2500000, '\n') + "x"));
  content.finish();
  EXPECT_EQ(count_newlines(content, 0), 2500000U);
  EXPECT_EQ(count_newlines(content, 2500000), 0U);
}

}  // namespace
}  // namespace word2vec
