#include "corpus/vocab_command.h"

#include <sys/resource.h>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class VocabCommandTest : public Scratch {
 protected:
  /// Runs the command; what it said on standard error is in `said_`.
  int run(const std::vector<std::string>& words) {
    ::testing::internal::CaptureStderr();
    const int status = vocab_command(words);
    said_ = ::testing::internal::GetCapturedStderr();
    return status;
  }
  std::string said_;
};

TEST_F(VocabCommandTest, WritesWordsByFrequencyAndSumsUp) {
  const std::string text = write("t", "b a a\nb a c \xFF\n");
  EXPECT_EQ(run({text, "-o", path("v"), "--min-count", "2"}), 0);
  EXPECT_EQ(read(path("v")), "a 3\nb 2\n");
  EXPECT_EQ(said_, "read      14 bytes, 2 sentences, 7 tokens\nlongest   line 7 bytes, word 1 bytes (at byte 0 of " + text +
                       ")\n"
                       "kept      2 words, 5 tokens (71.43 %)\ndropped   1 words rarer than --min-count, 1 tokens\n"
                       "dropped   1 words that are not valid UTF-8, 1 tokens\n"
                       "  '\\xFF' 1\n"
                       "would keep                   words          tokens      of all\n"
                       "--min-count 1                    3               6     85.71 %\n"
                       "--min-count 2                    2               5     71.43 %\n");
}

TEST_F(VocabCommandTest, IsQuietWhenAsked) {
  EXPECT_EQ(run({write("t", "a a"), "-o", path("v"), "--min-count=1", "--max-vocab", "1", "--quiet"}), 0);
  EXPECT_EQ(said_, "");
  EXPECT_EQ(read(path("v")), "a 2\n");
}

TEST_F(VocabCommandTest, MinCountIsFiveUnlessGiven) {
  EXPECT_EQ(run({write("t", "a a a a a b b b b"), "-o", path("v"), "-q"}), 0);
  EXPECT_EQ(read(path("v")), "a 5\n");
}

TEST_F(VocabCommandTest, ListsOfWords) {
  const std::string text = write("t", "the the the a cat the dog dog\n");
  const std::string stop = write("stop", "the\na\n"), keep = write("keep", "cat\nunicorn\n");
  EXPECT_EQ(run({text, "-o", path("v"), "--min-count=2", "--stopwords", stop, "--keep-words", keep}), 0);
  EXPECT_EQ(read(path("v")), "dog 2\ncat 1\n");
  EXPECT_NE(said_.find("dropped   2 words among the --stopwords, 5 tokens\n"), std::string::npos) << said_;
  expect_has(message_of<UsageError>([&] {
               vocab_command({text, "-o", stop, "--stopwords", stop});
             }),
             "a list of words that is read");
  EXPECT_EQ(run({folder_, "-o", path("v"), "--min-count=2", "--stopwords", stop, "--keep-words", keep}), 0);
  EXPECT_EQ(read(path("v")), "dog 2\ncat 1\n") << "the lists are no part of a folder's text";
  write("keep", "cat\na\n");
  expect_has(message_of<Error>([&] {
               vocab_command({text, "-o", path("v"), "--stopwords", stop, "--keep-words", keep});
             }),
             "'a' is in --stopwords and in --keep-words; remove it");
  expect_has(message_of<Error>([&] { vocab_command({text, "-o", path("v"), "--stopwords", path("none")}); }), path("none"));
  write("stop", "the\na\ndog\ncat\n");
  expect_has(message_of<Error>([&] { vocab_command({text, "-o", path("v"), "--stopwords", stop}); }), "every word in " + text);
  EXPECT_EQ(read(path("v")), "dog 2\ncat 1\n");
}

TEST_F(VocabCommandTest, RawTextIsCountedAsItIsTokenized) {
  EXPECT_EQ(run({write("t", "<doc>\nThe cat. THE \xFF\n</doc>\n"), "-o", path("v"), "--min-count=1", "--tokenize=unicode",
                 "--lowercase", "--skip-doc-tags"}),
            0);
  EXPECT_EQ(read(path("v")), "the 2\ncat 1\n");
  EXPECT_NE(said_.find("2 sentences, 4 tokens\nleft out  2 lines that are <doc ...> or </doc>\nfound     1 byte sequences"),
            std::string::npos)
      << said_;
}

TEST_F(VocabCommandTest, RefusesWrongUse) {
  const std::string text = write("t", "a a a a a");
  expect_has(message_of<UsageError>([&] { vocab_command({text}); }), "--output is missing");
  expect_has(message_of<UsageError>([&] { vocab_command({"-o", path("v")}); }), "no corpus is given");
  expect_has(message_of<UsageError>([&] { vocab_command({text, "-o", path("v"), "--min-count", "-1"}); }), "--min-count is -1");
  expect_has(message_of<UsageError>([&] { vocab_command({text, "-o", text}); }), "the corpus itself");
  EXPECT_EQ(read(text), "a a a a a");
  EXPECT_EQ(names(), std::vector<std::string>{"t"});
}

TEST_F(VocabCommandTest, AFailedRunLeavesTheOldVocabulary) {
  write("v", "old");
  expect_has(message_of<Error>([&] {
               vocab_command({write("t", "a b c"), "-o", path("v"), "-q"});
             }),
             "lower --min-count to 1 or less");
  expect_has(message_of<Error>([&] { vocab_command({path("none"), "-o", path("v"), "-q"}); }), path("none"));
  EXPECT_EQ(read(path("v")), "old");
  EXPECT_EQ(names(), (std::vector<std::string>{"t", "v"}));
}

/// The most memory that a child of this process has had, in bytes.
std::uint64_t peak_of_children() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

TEST_F(VocabCommandTest, CountsExactlyInTheMemoryThatItIsGiven) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's memory is many times the program's";
#endif
  constexpr std::uint64_t words = 2'000'000;
  std::string text;
  for (std::uint64_t i = 0; i < words; ++i) text += std::to_string(i * 7919 % words) + "x\n";
  for (std::uint64_t i = 0; i < words; i += 50'000) text += std::to_string(i) + "x ";
  const std::string file = write("t", text),
                    command = std::string(WORD2VEC_PROGRAM) + " vocab " + file + " --threads 2 --min-count 2 -o ";
  const auto run_within = [&](const std::string& options) { return output_of(command + path("v") + options + " 2>&1"); };
  EXPECT_EQ(run_within(" -q --memory 4M"), "");
  EXPECT_LT(peak_of_children(), 48ULL << 20) << "with a bound";
  const std::string bounded = read(path("v"));
  EXPECT_EQ(std::ranges::count(bounded, '\n'), 40);
  EXPECT_EQ(bounded.substr(0, bounded.find('\n')), "0x 2");
  run_within(" -q");
  EXPECT_GT(peak_of_children(), 96ULL << 20) << "without it: the corpus is too small to show anything";
  EXPECT_EQ(read(path("v")), bounded);
  EXPECT_NE(run_within(" --memory 4M").find("tables of words did not fit into --memory"), std::string::npos);
  EXPECT_EQ(names(), (std::vector<std::string>{"t", "v"})) << "something stays in the folder";
}

TEST_F(VocabCommandTest, TheProgramWorksInAPipe) {
  const std::string program = WORD2VEC_PROGRAM;
  EXPECT_EQ(output_of("printf 'x y x\\ny z' | " + program + " vocab - -o - --min-count 2 -q | cat"), "x 2\ny 2\n");
  EXPECT_EQ(output_of("printf 'x y x\\ny z' | " + program + " vocab - -o /dev/stdout --min-count 3 2>&1; echo $?"),
            "word2vec: error: no word comes 3 times in standard input: the most frequent, 'x', comes 2 times; lower --min-count "
            "to 2 or "
            "less\n1\n");
  EXPECT_EQ(output_of(program + " vocab --no-such 2>/dev/null; echo $?"), "2\n");
}

}  // namespace
}  // namespace word2vec
