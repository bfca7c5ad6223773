#include "corpus/word_list.h"

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class WordListTest : public Scratch {
 protected:
  WordList list(const std::string& content) const { return WordList(write("l", content)); }
};

TEST_F(WordListTest, TrimsAndSkipsEmptyLines) {
  const WordList words = list("\xEF\xBB\xBFthe\r\n\n  a\t\n\u4e2d\u56fd\nthe\nlast");
  EXPECT_EQ(words.size(), 4U);
  for (const char* word : {"the", "a", "\u4e2d\u56fd", "last"}) EXPECT_TRUE(words.contains(word)) << word;
  for (const char* word : {"", "The", "the\r", "las"}) EXPECT_FALSE(words.contains(word)) << word;
  const WordList copy = words;
  EXPECT_TRUE(copy.contains("a"));
  EXPECT_EQ(list("").size(), 0U);
  EXPECT_FALSE(WordList().contains("a"));
}

TEST_F(WordListTest, NamesTheLineThatIsNoWord) {
  expect_has(message_of<Error>([&] { list("ok\n\nnew york\n"); }),
             "'new york' is more than one word, in " + path("l") + " line 3; write one word a line");
  expect_has(message_of<Error>([&] { list("caf\xE9\n"); }), "'caf\\xE9' is not valid UTF-8, in " + path("l") + " line 1; ");
  expect_has(message_of<Error>([&] { list("a\0b\n"s); }), "'a\\x00b' is not valid UTF-8");
  expect_has(message_of<Error>([&] { WordList(path("none")); }), path("none"));
  expect_has(message_of<Error>([&] { list("\x1f\x8b\x08\0\0"s); }), "gzip");
}

TEST_F(WordListTest, RefusesAWordInTwoLists) {
  const WordList a = list("x\nz\ny\n"), b = list("y\nz\n"), c = list("w\n");
  expect_has(message_of<Error>([&] { WordList::refuse_common(a, "--a", b, "--b"); }), "'y' is in --a and in --b");
  EXPECT_NO_THROW(WordList::refuse_common(a, "--a", c, "--c"));
  EXPECT_NO_THROW(WordList::refuse_common(a, "--a", WordList(), "--c"));
}

}  // namespace
}  // namespace word2vec
