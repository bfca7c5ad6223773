// Where a list of words is written and looked for, and how its lines become words.
#include "trainer/embeddings/word_list.h"

#include <gtest/gtest.h>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

using Words = std::vector<std::string>;

TEST(WordList, NamesBesideTheNumbers) {
  EXPECT_EQ(word_list_path("d/x.npy"), "d/x.vocab.txt");
  EXPECT_EQ(word_list_path("x"), "x.vocab.txt");
  EXPECT_EQ(word_list_path("x.npy.gz"), "x.vocab.txt.gz");
  EXPECT_EQ(word_list_path("x.zst"), "x.vocab.txt.zst");
  EXPECT_EQ(word_list_path(".npy"), ".npy.vocab.txt");
}

TEST(WordList, FoundUnderEveryNameThatPeopleGiveIt) {
  for (const char* const name : {"x.vocab.txt", "x.npy.vocab.txt"}) {
    const TemporaryFolder folder;
    folder.file(name, "a\nb\n");
    for (const char* const numbers : {"x.npy", "x.npy.gz", "x.npy.zst"})
      EXPECT_EQ(read_word_list(folder.path(numbers), 2), (Words{"a", "b"})) << name << " for " << numbers;
  }
}

TEST(WordList, LinesOfOtherSystems) {
  const TemporaryFolder folder;
  folder.file("x.vocab.txt",
              "\xEF\xBB\xBF"
              "a b\r\nc\td");
  EXPECT_EQ(read_word_list(folder.path("x.npy"), 2), (Words{"a b", "c\td"}));
}

TEST(WordList, WordsThatAreMissing) {
  EXPECT_EQ(split_words("a\nb\r\n", 2, "list", false), (Words{"a", "b\r"}));
  EXPECT_EQ(message_of<Error>([] { split_words("a\n\r\n", 2, "list", true); }),
            "list:2: found no word, expected one; mend that line");
  EXPECT_THROW(split_words("a\n\n", 2, "list", false), Error);
  EXPECT_THROW(split_words("", 1, "list", true), Error);
  EXPECT_THROW(split_words("a\nb", 1, "list", true), Error);
  EXPECT_NE(message_of<Error>([] { read_word_list("standard input", 1); }).find("give both as files"), std::string::npos);
}

}  // namespace
}  // namespace word2vec
