#include "corpus/tokenize_command.h"

#include <algorithm>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class TokenizeCommandTest : public Scratch {
 protected:
  /// What the command writes for `text`; what it said on standard error is in `said_`.
  std::string run(const std::string& text, std::vector<std::string> options = {}) {
    options.insert(options.begin(), {write("t", text), "-o", path("out")});
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(tokenize_command(options), 0);
    said_ = ::testing::internal::GetCapturedStderr();
    return read(path("out"));
  }
  std::string said_;
};

TEST_F(TokenizeCommandTest, WritesWhatTrainSees) {
  const std::string text = "<doc id=\"7\">\nIt's 20 \u00c9T\u00c9s. Yes!\n</doc>\n";
  EXPECT_EQ(run(text), "<doc id=\"7\">\nIt's 20 \u00c9T\u00c9s. Yes!\n</doc>\n");
  EXPECT_EQ(run(text, {"--tokenize", "unicode", "--lowercase", "--digits=spell", "--skip-doc-tags", "-q"}),
            "it's two zero \u00e9t\u00e9s\nyes\n");
  EXPECT_EQ(said_, "");
  EXPECT_EQ(run("\ufb01n\n", {"--normalize", "nfkc"}), "fin\n");
}

TEST_F(TokenizeCommandTest, TellsWhatItLeftOut) {
  run("<doc>\nA caf\xE9 b \xFF\n</doc>\n", {"--skip-doc-tags"});
  EXPECT_NE(said_.find("read 24 bytes\n"), std::string::npos) << said_;
  EXPECT_NE(said_.find("left out 2 lines that are <doc ...> or </doc>\n"), std::string::npos) << said_;
  EXPECT_NE(said_.find("2 byte sequences that are not valid UTF-8"), std::string::npos) << said_;
}

TEST_F(TokenizeCommandTest, ManyThreadsKeepTheOrder) {
  std::string text, expected;
  for (int i = 0; i < 400000; ++i) {
    text.append("Word").append(std::to_string(i)).append(i % 7 == 0 ? ".\n" : "  - ");
    expected.append("word").append(std::to_string(i)).append(i % 7 == 0 ? "\n" : " ");
  }
  expected.back() = '\n';
  for (const char* threads : {"1", "2", "7"}) {
    EXPECT_TRUE(run(text, {"--tokenize", "unicode", "--lowercase", "--threads", threads}) == expected) << threads;
  }
}

TEST_F(TokenizeCommandTest, OneHugeLineIsOneSentenceAtWhiteSpace) {
  std::string text;
  for (int i = 0; i < 500000; ++i) text.append("w").append(std::to_string(i)).append(" ");
  text.back() = '\n';
  EXPECT_TRUE(run(text, {"--lowercase"}) == text);
  const std::string word(3000000, 'X');
  EXPECT_TRUE(run(word, {"--lowercase"}) == std::string(3000000, 'x') + "\n") << "a word longer than a block";
}

TEST_F(TokenizeCommandTest, OneHugeLineWithoutWhiteSpaceIsOneSentence) {
  std::string text;
  while (text.size() < 3000000) text += "\u6211\u7231\u5317\u4eac\u5929\u5b89\u95e8";
  std::string words = run(text, {"--tokenize", "unicode"});
  EXPECT_EQ(std::ranges::count(words, '\n'), 1);
  EXPECT_GT(std::ranges::count(words, ' '), 100000);
  std::erase_if(words, [](char c) { return c == ' ' || c == '\n'; });
  EXPECT_TRUE(words == text) << "no character is lost at a cut";
}

TEST_F(TokenizeCommandTest, SentencesDoNotCrossFiles) {
  EXPECT_EQ(tokenize_command({write("1", "a b"), write("2", ""), write("3", "c\nd"), "-o", path("out"), "-q"}), 0);
  EXPECT_EQ(read(path("out")), "a b\nc\nd\n");
}

TEST_F(TokenizeCommandTest, TakesFoldersCompressedFilesAndByteOrderMarks) {
  std::filesystem::create_directory(path("texts"));
  write("texts/a", "\xEF\xBB\xBFOne.\n");
  output_of("printf 'Two' | gzip > " + path("texts/b.gz"));
  ::testing::internal::CaptureStderr();
  const int status = tokenize_command({path("texts"), "--tokenize", "unicode", "-o", path("texts/out")});
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read(path("texts/out")), "One\nTwo\n");
  EXPECT_EQ(said, "read 8 bytes\nskipped the byte order marks of 1 files\n");
}

TEST_F(TokenizeCommandTest, RefusesWrongUse) {
  const std::string text = write("t", "a");
  expect_has(message_of<UsageError>([&] { tokenize_command({}); }), "no corpus is given");
  expect_has(message_of<UsageError>([&] { tokenize_command({text, "-o", text}); }), "the corpus itself");
  expect_has(message_of<UsageError>([&] { tokenize_command({text, "--threads", "0"}); }), "--threads is 0");
  expect_has(message_of<UsageError>([&] {
               tokenize_command({text, "--tokenize", "words"});
             }),
             "--tokenize is words: wants one of whitespace, unicode");
  expect_has(message_of<UsageError>([&] {
               tokenize_command({text, "--digits", ""});
             }),
             "--digits is '': wants one of keep, zero, spell");
  expect_has(message_of<UsageError>([&] {
               tokenize_command({text, "--normalize", "NFC"});
             }),
             "--normalize is NFC: wants one of none, nfc, nfkc");
  expect_has(message_of<UsageError>([&] { tokenize_command({text, "--lowercase=yes"}); }), "--lowercase");
  expect_has(message_of<UsageError>([&] {
               tokenize_command({text, "--config", write("c", "tokenize = x\n")});
             }),
             "--tokenize is x: wants one of whitespace, unicode");
  EXPECT_EQ(read(text), "a");
}

TEST_F(TokenizeCommandTest, AFailedRunLeavesWhatWasThere) {
  write("out", "old");
  expect_has(message_of<Error>([&] {
               tokenize_command({write("t", "a"), path("none"), "-o", path("out"), "-q"});
             }),
             path("none"));
  EXPECT_EQ(read(path("out")), "old");
}

TEST_F(TokenizeCommandTest, TheProgramWorksInAPipe) {
  const std::string program = WORD2VEC_PROGRAM;
  EXPECT_EQ(output_of("printf 'One. Two' | " + program + " tokenize - --tokenize unicode 2>/dev/null"), "One\nTwo\n");
}

}  // namespace
}  // namespace word2vec
