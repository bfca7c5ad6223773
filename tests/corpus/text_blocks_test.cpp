#include "corpus/text/text_blocks.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class TextBlocksTest : public Scratch {
 protected:
  std::vector<TextBlock> blocks_of(const std::string& text, std::size_t block_bytes) const {
    TextBlocks blocks(write("t", text), block_bytes);
    std::vector<TextBlock> all;
    for (TextBlock block; blocks.next(block);) all.push_back(block);
    return all;
  }
};

TEST_F(TextBlocksTest, GivesEveryByteOnceInBlocksOfWholeLines) {
  std::string text;
  for (int i = 0; i < 500; ++i)
    text.append(std::string(static_cast<std::size_t>(i * 7 % 50), 'x')).append(i % 9 == 0 ? "\r\n" : "\n");
  text += "no end";
  for (const std::size_t size : {51UL, 64UL, 100UL, 1000UL, 1UL << 20}) {
    std::string joined;
    for (const TextBlock& block : blocks_of(text, size)) {
      EXPECT_EQ(block.start, joined.size());
      EXPECT_FALSE(block.continues);
      EXPECT_LE(block.bytes.size(), size);
      joined += block.bytes;
      EXPECT_TRUE(block.bytes.ends_with('\n') || joined.size() == text.size());
    }
    EXPECT_EQ(joined, text);
  }
  EXPECT_TRUE(blocks_of("", 10).empty());
}

TEST_F(TextBlocksTest, CutsLongLinesAtWhiteSpaceOrBetweenCharacters) {
  const std::string text = "one two three four fives \u4e2d\u56fd\u4eba\u6c11\u94f6\u884c\u6210\u7acb\u4e86\nend\n";
  for (const std::size_t size : {8UL, 10UL, 16UL, 20UL, 31UL}) {
    std::string joined;
    for (const TextBlock& block : blocks_of(text, size)) {
      EXPECT_EQ(block.continues, !joined.empty() && joined.back() != '\n');
      if (block.continues) {
        EXPECT_NE(static_cast<unsigned char>(block.bytes.front()) & 0xC0U, 0x80U) << size << ": within a character";
        const bool ascii = static_cast<unsigned char>(block.bytes.front()) < 0x80;
        EXPECT_TRUE(!ascii || joined.back() == ' ' || block.bytes.front() == '\n') << size << ": within a word";
      }
      EXPECT_LE(block.bytes.size(), std::max<std::size_t>(16, size));
      joined += block.bytes;
    }
    EXPECT_EQ(joined, text);
  }
}

TEST_F(TextBlocksTest, GoesOnThroughBytesThatAreNoText) {
  const std::string text(1000, '\x80');
  for (const std::size_t size : {1UL, 2UL, 3UL, 17UL}) {
    std::string joined;
    for (const TextBlock& block : blocks_of(text, size)) joined += block.bytes;
    EXPECT_EQ(joined, text);
  }
}

TEST_F(TextBlocksTest, LeavesAByteOrderMarkOut) {
  const std::vector<TextBlock> blocks = blocks_of("\xEF\xBB\xBFone\ntwo\n", 4);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].bytes, "one\n");
  EXPECT_EQ(blocks[0].start, 3U);
  EXPECT_EQ(blocks[1].start, 7U);
  EXPECT_TRUE(TextBlocks(path("t"), 4).had_byte_order_mark());
  EXPECT_FALSE(TextBlocks(write("u", "one"), 4).had_byte_order_mark());
}

TEST_F(TextBlocksTest, RefusesWhatIsMissingOrDamaged) {
  expect_has(message_of<Error>([&] { TextBlocks(path("none"), 10); }), path("none"));
  expect_has(message_of<Error>([&] { TextBlocks(write("z", "\x1f\x8b\x08\0\0\0\0\0"s), 1); }), "gzip");
}

}  // namespace
}  // namespace word2vec
