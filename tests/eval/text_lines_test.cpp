#include "eval/text_lines.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using TextLinesTest = Scratch;

std::vector<std::string> lines_of(std::string_view content) {
  std::vector<std::string> lines;
  for_lines(content,
            [&](std::string_view line, std::size_t number) { lines.push_back(std::to_string(number) + std::string(line)); });
  return lines;
}

TEST_F(TextLinesTest, LinesAreNumberedAndBare) {
  EXPECT_EQ(lines_of(""), std::vector<std::string>{});
  EXPECT_EQ(lines_of("a\n\nb"), (std::vector<std::string>{"1a", "2", "3b"}));
  EXPECT_EQ(lines_of("\xEF\xBB\xBF"
                     "a\r\nb\r\n"),
            (std::vector<std::string>{"1a", "2b"}));
}

TEST_F(TextLinesTest, SplitsAtRunsOfWhiteSpace) {
  EXPECT_EQ(split_at_space(" a\t\tbc d "), (std::vector<std::string_view>{"a", "bc", "d"}));
  EXPECT_TRUE(split_at_space(" \t").empty());
}

TEST_F(TextLinesTest, NamesPlacesAndFilesThatCannotBeRead) {
  EXPECT_EQ(place("q.txt", 3), "q.txt:3");
  EXPECT_EQ(place("-", 3), "standard input:3");
  EXPECT_EQ(read_text(write("t", "x")), "x");
  expect_has(message_of<Error>([&] { read_text(write("z", std::string("\x1F\x8B\x08\0\0\0\0\0\0\0", 10))); }),
             "in the middle of its gzip data");
  expect_has(message_of<Error>([&] { read_text(path("none")); }), path("none"));
  expect_has(message_of<Error>([&] { read_text(path("")); }), "directory");
  expect_has(message_of<Error>([&] { read_text(write("n", std::string("a\n:\0 \0", 6))); }), path("n") + ":2");
}

}  // namespace
}  // namespace word2vec
