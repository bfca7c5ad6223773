// The program at the edges of a shell: standard streams that are full or closed, and files that may not be read.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class ProgramTest : public Scratch {
 protected:
  ProgramTest() {
    write("v.txt", "4 2\nking 1 0.1\nqueen 0.9 0.3\nman 0.1 1\nwoman 0 1\n");
    write("q.txt", ": s\nking queen man woman\n");
    write("text", "a b a b a b\nb c b c c\n");
  }

  /// Runs `word2vec WORDS` in the test's folder, standard output and error into files there unless the words send them elsewhere.
  int run(const std::string& words) const {
    const std::string line = "cd " + folder_ + " && >out && >err && (" + WORD2VEC_PROGRAM + " " + words + ") >out 2>err";
    const int status = std::system(line.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string out() const { return read(path("out")); }
  std::string error() const { return read(path("err")); }
  void expect_error(const std::string& words, int status, const std::string& part) const {
    EXPECT_EQ(run(words), status) << words;
    EXPECT_TRUE(error().starts_with("word2vec: error: ")) << words << ": " << error();
    EXPECT_NE(error().find(part), std::string::npos) << words << ": " << error();
    EXPECT_EQ(error().find('\n') + 1, error().size()) << words << ": not one line: " << error();
  }
};

TEST_F(ProgramTest, StandardOutputThatCannotBeWrittenIsAnError) {
  for (const std::string words :
       {"--help", "--version", "help", "train --help", "info v.txt", "info v.txt --json", "nearest v.txt king",
        "analogy v.txt king queen man", "evaluate v.txt --analogies q.txt", "evaluate v.txt --analogies q.txt --json -",
        "export v.txt --to text -o -", "vocab text -q --min-count 1 -o -", "train text --quiet --min-count 1 -o -"}) {
    expect_error(words + " > /dev/full", 1, "cannot write to standard output: No space left on device; make room");
    expect_error(words + " >&-", 1, "cannot write to standard output: Bad file descriptor; ");
  }
}

TEST_F(ProgramTest, AnErrorIsOneLineWhateverItRepeats) {
  expect_error("train text -o got --sample \"$(printf '1\\n2')\"", 2, "--sample is 1\\x0A2: wants a number");
  expect_error("info \"$(printf 'no\\nfile\\r')\"", 1, "no\\x0Afile\\x0D");
}

TEST_F(ProgramTest, NoRunDependsOnItsMessages) {
  const std::string line = " --min-count 1 -o got", train = "train text --dim 2 --threads 1" + line, vocab = "vocab text" + line;
  for (const std::string& words : {train, vocab, std::string("export v.txt --to binary -o got")}) {
    ASSERT_EQ(run(words), 0) << error();
    EXPECT_NE(error(), "");
    const std::string expected = read(path("got"));
    for (const std::string nowhere : {" 2> /dev/full", " 2>&-"}) {
      std::filesystem::remove(path("got"));
      EXPECT_EQ(run(words + nowhere), 0) << words << nowhere;
      EXPECT_EQ(read(path("got")), expected) << words << nowhere;
    }
  }
  for (const std::string nowhere : {" 2> /dev/full", " 2>&-"}) {
    EXPECT_EQ(run("info none" + nowhere), 1);
    EXPECT_EQ(run("info" + nowhere), 2);
  }
}

TEST_F(ProgramTest, FilesNeverTakeTheDescriptorsOfClosedStreams) {
  EXPECT_EQ(run("vocab text --min-count 1 -o got <&- >&- 2>&-"), 0);
  EXPECT_EQ(read(path("got")), "b 5\na 3\nc 3\n");
  expect_error("vocab - -o got <&-", 1, "cannot read standard input: Bad file descriptor");
}

TEST_F(ProgramTest, AFilePastTheShellsLimitIsAnError) {
  const std::string train = std::string(WORD2VEC_PROGRAM) + " train text --quiet --min-count 1 --epochs 1 --dim 1000 -o v.txt";
  const std::string kept = read(path("v.txt"));
  EXPECT_EQ(output_of("cd " + folder_ + " && (ulimit -f 1; " + train + " 2>&1; echo $?)"),
            "word2vec: error: cannot write to v.txt: File too large; raise the limit on a file's size (ulimit -f), or ask for "
            "less\n1\n");
  EXPECT_EQ(read(path("v.txt")), kept);
  EXPECT_EQ(names(), (std::vector<std::string>{"q.txt", "text", "v.txt"}));
}

TEST_F(ProgramTest, LinesOfStandardInputAreOneBatch) {
  EXPECT_EQ(run("nearest v.txt -k 1 --tsv < " + write("lines", "king\n\nqueen - king + man\r\nwoman")), 0) << error();
  const std::string answers = out();
  EXPECT_EQ(run("nearest v.txt -k 1 --tsv --queries lines"), 0) << error();
  EXPECT_EQ(out(), answers);
  EXPECT_EQ(run("nearest v.txt -k 1 --tsv --queries - < lines"), 0) << error();
  EXPECT_EQ(out(), answers);
  std::string words;
  for (std::size_t at = 0; at < answers.size(); at = answers.find('\n', at) + 1) {
    words += answers.substr(at, answers.find('\t', answers.find('\t', at) + 1) - at) + "\n";
  }
  EXPECT_EQ(words, "king\tqueen\nqueen - king + man\twoman\nwoman\tman\n");

  expect_error("nearest v.txt < " + write("bad", "king\nkign\n"), 1, "'kign' is not among the vectors, standard input:2");
  EXPECT_EQ(out(), "") << "all of a batch or nothing";
  expect_error("nearest v.txt < /dev/null", 1, "no query, standard input");
}

TEST_F(ProgramTest, FilesThatMayNotBeReadAreNamed) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  for (const char* name : {"v.txt", "q.txt", "text"}) std::filesystem::permissions(path(name), std::filesystem::perms::none);
  write("words.txt", "1 1\nking 1\n");
  for (const std::string words :
       {"train text -o got", "vocab text -o got", "info v.txt", "nearest v.txt king", "export v.txt --to text -o got",
        "evaluate words.txt --analogies q.txt", "evaluate words.txt --similarity q.txt", "nearest words.txt --queries q.txt",
        "train words.txt --min-count 1 -o got --read-vocab q.txt", "train words.txt --min-count 1 -o got --config q.txt"}) {
    expect_error(words, 1, ": Permission denied; check its permissions");
  }
  EXPECT_FALSE(std::filesystem::exists(path("got")));
}

}  // namespace
}  // namespace word2vec
