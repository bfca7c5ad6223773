#include "corpus/block_reader.h"

#include <random>

#include "corpus/io/error.h"
#include "corpus/parallel.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class BlockReaderTest : public Scratch {};

/// Reads all blocks and checks what each says of itself; returns each file's text.
std::vector<std::string> read_all(const std::vector<std::string>& paths, std::size_t block_bytes, BlockCut cut) {
  BlockReader reader(paths, block_bytes, cut);
  std::vector<std::string> texts(paths.size());
  SourceBlock block;
  for (std::uint64_t number = 0; reader.next(block); ++number) {
    std::string& text = texts[block.file];
    EXPECT_EQ(block.number, number);
    EXPECT_EQ(block.start, text.size());
    EXPECT_EQ(block.continues, !text.empty() && text.back() != '\n');
    if (cut != BlockCut::character) {
      EXPECT_TRUE(Tokenizer::is_space(block.text().back())) << "a word is cut";
    }
    EXPECT_GE(block.bytes.size(), block.size + SourceBlock::padding);
    text += block.text().substr(0, block.read_bytes);
    if (block.read_bytes != block.size) {
      EXPECT_EQ(block.text().substr(block.read_bytes), "\n");
    }
  }
  EXPECT_FALSE(reader.next(block)) << "behind the last";
  return texts;
}

std::string random_text(std::mt19937_64& random, std::size_t bytes) {
  std::string text(bytes, 'a');
  const std::uint64_t rarely = 1 + random() % 40;
  for (char& c : text) {
    if (random() % rarely == 0) c = " \t\n\v\f\r"[random() % 6];
    if (random() % 10 == 0) c = static_cast<char>(random());
  }
  return text;
}

TEST_F(BlockReaderTest, GivesEveryByteOnceAndCutsNoWord) {
  std::mt19937_64 random(4);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> texts, paths;
    for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
      // Around the head that is looked at for compression, too. A letter first, as no compressed file has it.
      texts.push_back(random() % 5 == 0 ? "" : "a" + random_text(random, random() % (random() % 2 == 0 ? 18 : 400)));
      paths.push_back(write(std::to_string(i), texts.back()));
    }
    for (const std::size_t block : {1UL, 2UL, 15UL, 16UL, 17UL, 100UL, 1UL << 18}) {
      ASSERT_EQ(read_all(paths, block, BlockCut::word), texts) << block;
      ASSERT_EQ(read_all(paths, block, BlockCut::line), texts) << block;
      ASSERT_EQ(read_all(paths, block, BlockCut::character), texts) << block;
    }
  }
}

TEST_F(BlockReaderTest, CutsBehindALineWhereItCan) {
  BlockReader reader({write("t", "one two three four\nfive six\nseven " + std::string(50, 'x') + " nine\nten")}, 40,
                     BlockCut::line);
  SourceBlock block;
  std::vector<std::string> blocks;
  while (reader.next(block)) blocks.emplace_back(block.text());
  EXPECT_EQ(blocks,
            (std::vector<std::string>{"one two three four\nfive six\n", "seven ", std::string(50, 'x') + " nine\nten\n"}));
}

TEST_F(BlockReaderTest, AWordLongerThanABlockStaysWhole) {
  const std::string word(5'000'000, 'w');
  EXPECT_EQ(read_all({write("t", "a " + word + " b " + word)}, 1 << 10, BlockCut::word).front(), "a " + word + " b " + word);
}

TEST_F(BlockReaderTest, RefusesAWordThatNoBlockHolds) {
  const std::string longest(SourceBlock::most_bytes - 1, 'w');
  const std::string last = "a " + longest, between = last + " b";
  for (const BlockCut cut : {BlockCut::word, BlockCut::line}) {
    EXPECT_TRUE(read_all({write("t", last)}, 1 << 18, cut).front() == last);
    EXPECT_TRUE(read_all({write("t", between)}, 1 << 18, cut).front() == between);
    for (const std::size_t beyond : {std::size_t{1}, 3 * SourceBlock::most_bytes}) {
      BlockReader reader({write("t", last + std::string(beyond, 'w') + " b")}, 1 << 18, cut);
      SourceBlock block;
      EXPECT_TRUE(reader.next(block) && block.text() == "a ");
      const std::string message = message_of<Error>([&] { reader.next(block); });
      expect_has(message, "16 MiB without a space in " + path("t") + " at byte 2;");
      EXPECT_LE(block.bytes.size(), SourceBlock::most_bytes + SourceBlock::padding + 1) << "memory is bounded";
    }
  }
}

TEST_F(BlockReaderTest, ALineWithoutWhiteSpaceIsCutBetweenCharactersWhereItMay) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += i % 3 == 0 ? "\u4e2d" : i % 3 == 1 ? "\U0001F600" : "\u00e9";
  for (const std::size_t size : {8UL, 17UL, 1000UL, 1UL << 16}) {
    BlockReader reader({write("t", "a b" + text + " c")}, size, BlockCut::character);
    SourceBlock block;
    std::string together;
    while (reader.next(block)) {
      EXPECT_LE(block.bytes.size(), size + SourceBlock::padding + 2) << "memory is bounded";
      if (block.text().ends_with("\n")) {
        EXPECT_TRUE(block.text().ends_with("c\n")) << "the line's end";
      } else {
        EXPECT_TRUE(block.text() == "a " || is_valid_word(block.text())) << "a character is cut at " << block.start;
      }
      together += block.text();
    }
    EXPECT_TRUE(together == "a b" + text + " c\n") << size;
  }
  EXPECT_EQ(read_all({write("t", std::string(5000, '\xA0'))}, 100, BlockCut::character).front(), std::string(5000, '\xA0'))
      << "no UTF-8, no first bytes";
}

TEST_F(BlockReaderTest, ThreadsShareTheBlocks) {
  std::mt19937_64 random(6);
  const std::string text = "a" + random_text(random, 200'000);
  BlockReader reader({write("t", text)}, 100);
  std::vector<std::string> blocks(text.size());
  std::atomic<bool> failed{false};
  run_threads(7, failed, [&](std::uint32_t) {
    SourceBlock block;
    while (reader.next(block)) blocks[block.number] = block.text().substr(0, block.read_bytes);
  });
  std::string together;
  for (const std::string& block : blocks) together += block;
  EXPECT_TRUE(together == text);
}

TEST_F(BlockReaderTest, KnowsWhatIsToCome) {
  EXPECT_EQ(BlockReader({write("1", "12345"), write("2", "678")}, 4).bytes_to_come(), 8U);
  EXPECT_EQ(BlockReader({path("1"), "/dev/null"}, 4).bytes_to_come(), 0U);
  expect_has(message_of<Error>([&] { BlockReader({path("1"), path("none")}, 4); }), path("none"));
}

TEST_F(BlockReaderTest, LeavesByteOrderMarksOutAndCountsThem) {
  const std::string mark = "\xEF\xBB\xBF";
  BlockReader reader({write("1", mark + "a b"), write("2", mark), write("3", "c " + mark)}, 1);
  SourceBlock block;
  std::string text;
  std::vector<std::uint64_t> starts;
  while (reader.next(block)) {
    text += block.text();
    starts.push_back(block.start);
  }
  EXPECT_EQ(text, "a b\nc " + mark + "\n");
  EXPECT_EQ(starts.front(), 3U);
  EXPECT_EQ(reader.byte_order_marks(), 2U);
  EXPECT_EQ(reader.file_bytes(), 14U);
}

TEST_F(BlockReaderTest, ReadsAPipe) {
  const std::string pipe = path("pipe");
  ASSERT_EQ(::system(("mkfifo " + pipe + "; (printf 'a b'; sleep 0.05; printf 'c d\\ne') > " + pipe + " &").c_str()), 0);
  EXPECT_EQ(read_all({pipe}, 3, BlockCut::word).front(), "a bc d\ne");
}

}  // namespace
}  // namespace word2vec
