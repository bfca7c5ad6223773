#include "corpus/phrases_command.h"

#include "corpus/io/error.h"
#include "corpus/vocab_command.h"
#include "tests/corpus/compressed.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class PhrasesCommandTest : public Scratch {
 protected:
  /// new york times, thirty times, among other words.
  static std::string text() {
    std::string lines;
    for (int i = 0; i < 30; ++i) lines += "the new york times x" + std::to_string(i) + "\n\n";
    for (int i = 0; i < 300; ++i) lines += "the y" + std::to_string(i) + "\n";
    for (int i = 0; i < 20; ++i) lines += "times z" + std::to_string(i) + "\n";
    return lines;
  }
  int run(const std::vector<std::string>& words) {
    ::testing::internal::CaptureStderr();
    const int status = phrases_command(words);
    said_ = ::testing::internal::GetCapturedStderr();
    return status;
  }
  std::string first_line(const std::string& name) const {
    const std::string content = read(path(name));
    return content.substr(0, content.find('\n'));
  }
  std::string said_;
};

TEST_F(PhrasesCommandTest, WritesTextAndPhrasesAndSumsUp) {
  const std::string file = write("t", text());
  EXPECT_EQ(run({file, "-o", path("o"), "--threshold", "15", "--save-phrases", path("p")}), 0);
  EXPECT_EQ(first_line("o"), "the new_york times x0");
  EXPECT_EQ(std::ranges::count(read(path("o")), '\n'), 380);
  EXPECT_EQ(read(path("p")), "new_york\t30\t21.9444\t1\n");
  EXPECT_EQ(said_,
            "pass 1    790 tokens, 90 bigrams without rare words, 3 of them distinct, 1 phrases above 15\n"
            "read      " +
                std::to_string(text().size()) +
                " bytes, 350 sentences, 790 tokens\n"
                "longest   line 22 bytes, word 5 bytes (at byte " +
                std::to_string(text().find("times")) + " of " + file +
                ")\n"
                "joined    words 30 times: 760 tokens written\n");
  EXPECT_EQ(run({file, "-o", path("o"), "--threshold", "15,10", "-q"}), 0);
  EXPECT_EQ(said_, "");
  EXPECT_EQ(first_line("o"), "the new_york_times x0");
}

TEST_F(PhrasesCommandTest, DefaultsAreTheOriginalTools) {
  const std::string file = write("t", text());
  EXPECT_EQ(run({file, "-o", path("o")}), 0);
  EXPECT_NE(said_.find("0 phrases above 100\n"), std::string::npos) << said_;
  EXPECT_EQ(read(path("o")), text());
  EXPECT_EQ(run({file, "-o", path("o"), "--score", "npmi", "--passes", "2", "--join", "="}), 0);
  EXPECT_NE(said_.find("pass 2 "), std::string::npos) << said_;
  EXPECT_NE(said_.find("phrases above 0.5\n"), std::string::npos) << said_;
  EXPECT_NE(first_line("o").find("new=york"), std::string::npos);
}

TEST_F(PhrasesCommandTest, TakesFoldersCompressedFilesAndRawText) {
  std::filesystem::create_directory(path("texts"));
  write("texts/a.gz", gzip_compressed(text()));
  write("texts/b", "\xEF\xBB\xBFIn New  York.");
  EXPECT_EQ(run({path("texts"), "-o", path("texts/o"), "--threshold", "15", "--tokenize", "unicode", "--lowercase",
                 "--save-phrases", path("texts/p")}),
            0);
  const std::string first = read(path("texts/o"));
  EXPECT_TRUE(first.ends_with("times z19\nin new_york\n")) << first.substr(first.size() - 50);
  EXPECT_EQ(run({path("texts"), "-o", path("texts/o"), "--threshold", "15", "--tokenize", "unicode", "--lowercase",
                 "--save-phrases", path("texts/p"), "-q"}),
            0);
  EXPECT_EQ(read(path("texts/o")), first) << "what the run writes is no part of the folder's text";
}

TEST_F(PhrasesCommandTest, ReadsStandardInputAndWritesToAPipe) {
  const std::string program = WORD2VEC_PROGRAM, file = write("t", text());
  EXPECT_EQ(run({file, "-o", path("o"), "--threshold", "15,10", "-q"}), 0);
  const std::string command = program + " phrases - --threshold 15,10 -q -o ";
  EXPECT_EQ(output_of("cat " + file + " | " + command + "- | cat"), read(path("o")));
  EXPECT_EQ(output_of("gzip -c " + file + " | " + command + "/dev/stdout | cat"), read(path("o")));
  EXPECT_EQ(output_of(command + "- < /dev/null 2>&1; echo $?"),
            "word2vec: error: no words in standard input; give it plain text\n1\n");
  EXPECT_EQ(output_of("gzip -c " + file + " | head -c 100 | " + command + "- 2>&1 | grep -c 'standard input ends at byte 100'"),
            "1\n");
  EXPECT_EQ(names(), (std::vector<std::string>{"o", "t"}));
}

TEST_F(PhrasesCommandTest, RefusesWrongUse) {
  const std::string file = write("t", "a b");
  const auto refused = [&](const std::vector<std::string>& more, const std::string& part) {
    std::vector<std::string> words = {file, "-o", path("o")};
    words.insert(words.end(), more.begin(), more.end());
    expect_has(message_of<UsageError>([&] { phrases_command(words); }), part);
  };
  refused({"--threshold", "x"}, "--threshold is x: wants a number, or one for each pass");
  refused({"--threshold", "nan"}, "--threshold is nan");
  refused({"--threshold", "1e999"}, "--threshold is 1e999");
  refused({"--threshold", "5,,6"}, "--threshold is '': wants");
  refused({"--threshold=-1"}, "--threshold is -1");
  refused({"--threshold", "2", "--score", "npmi"}, "--threshold is 2: wants a number from -1 to 1");
  refused({"--threshold", "3,2,1", "--passes", "2"}, "--threshold has 3 numbers for 2 passes");
  refused({"--threshold", "3,2", "--passes", "1"}, "--threshold has 2 numbers for 1 passes");
  refused({"--passes", "0"}, "--passes is 0: wants a number from 1 to 20");
  refused({"--passes", "21"}, "--passes is 21");
  refused({"--min-count", "-1"}, "--min-count is -1");
  refused({"--min-count", "five"}, "--min-count is five");
  refused({"--score", "pmi"}, "--score is pmi: wants one of word2phrase, npmi");
  refused({"--join", " "}, "--join is ' ': wants UTF-8 without white space");
  refused({"--join", "\xFF"}, "--join is '\\xFF'");
  refused({"--save-phrases", path("o")}, "--save-phrases and --output are both");
  refused({"--save-phrases", file}, "--save-phrases is " + file + ", which is the corpus itself");
  refused({"--threads", "0"}, "--threads is 0");
  expect_has(message_of<UsageError>([&] { phrases_command({file}); }), "--output is missing");
  expect_has(message_of<UsageError>([&] { phrases_command({"-o", path("o")}); }), "no corpus is given");
  expect_has(message_of<UsageError>([&] { phrases_command({file, "-o", file}); }), "the corpus itself");
  EXPECT_EQ(read(file), "a b");
  EXPECT_EQ(names(), std::vector<std::string>{"t"});
}

TEST_F(PhrasesCommandTest, AFailedRunLeavesWhatWasThere) {
  write("o", "old");
  write("p", "old");
  const auto failed = [&](const std::string& corpus) {
    return message_of<Error>([&] { phrases_command({corpus, "-o", path("o"), "--save-phrases", path("p"), "-q"}); });
  };
  expect_has(failed(write("t", "")), "no words in");
  expect_has(failed(path("none")), path("none"));
  expect_has(failed(write("t", gzip_compressed(text()).substr(0, 100))), "byte 100");
  expect_has(message_of<Error>([&] { phrases_command({write("t", text()), "-o", path("none/o"), "-q"}); }), path("none/o"));
  EXPECT_EQ(read(path("o")), "old");
  EXPECT_EQ(read(path("p")), "old");
  EXPECT_EQ(names(), (std::vector<std::string>{"o", "p", "t"}));
}

TEST_F(PhrasesCommandTest, VocabCountsThePhrases) {
  const std::string file = write("t", text());
  EXPECT_EQ(run({file, "-o", path("o"), "--threshold", "15,10", "-q"}), 0);
  EXPECT_EQ(vocab_command({path("o"), "-o", path("v"), "-q"}), 0);
  EXPECT_EQ(vocab_command({file, "-o", path("w"), "-q", "--phrases", "--phrase-threshold", "15,10"}), 0);
  EXPECT_EQ(read(path("w")), read(path("v")));
  EXPECT_NE(read(path("w")).find("new_york_times 30\n"), std::string::npos);
  expect_has(message_of<UsageError>([&] {
               vocab_command({file, "-o", path("w"), "--phrase-passes", "2"});
             }),
             "--phrase-passes is given without --phrases");
}

}  // namespace
}  // namespace word2vec
