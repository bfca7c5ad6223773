// The commands as a user runs them: statuses, files made, files left alone, the report, the original tool's flags.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/trainer/generated_language.h"

namespace word2vec {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status;
  std::string err;
};

class Commands : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = ::testing::TempDir() + "commands_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    put("corpus.txt", testing::generated_language(1500));
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return folder_ + "/" + name; }
  std::string put(const std::string& name, const std::string& content) const {
    std::ofstream(at(name), std::ios::binary) << content;
    return at(name);
  }
  std::string content(const std::string& name) const {
    std::ifstream file(at(name), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  Outcome run(const std::string& words) const {
    const std::string line = "cd " + folder_ + " && " + WORD2VEC_PROGRAM + " " + words + " >out 2>err" +
                             (words.find('<') == std::string::npos ? " </dev/null" : "");
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content("err")};
  }
  // A quick run; `more` may name any of its options itself.
  Outcome train(const std::string& more) const {
    std::string words = "train corpus.txt -o v.txt --threads 1 --quiet " + more;
    for (const std::string option : {"--dim 16", "--min-count 1", "--epochs 2"}) {
      if (more.find(option.substr(0, option.find(' '))) == std::string::npos) words += " " + option;
    }
    return run(words);
  }
  // Nothing in the folder but what the test put there and what the program was asked for.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
  std::string folder_;
};

TEST_F(Commands, TrainWritesWhatItWasAskedFor) {
  ASSERT_EQ(train("--report r.json --context-output c.txt --save-vocab vocab.txt --validate corpus.txt").status, 0)
      << content("err");
  EXPECT_EQ(files(), (std::vector<std::string>{"c.txt", "corpus.txt", "err", "out", "r.json", "v.txt", "vocab.txt"}));
  EXPECT_EQ(content("v.txt").substr(0, content("v.txt").find('\n')), "28 16");
  EXPECT_EQ(content("c.txt").substr(0, content("c.txt").find('\n')), "28 16");
  EXPECT_NE(content("v.txt"), content("c.txt"));
  const std::string report = content("r.json");
  for (const char* key :
       {"\"version\"", "\"tokens_in_vocabulary\": 7500", "\"validation_loss\"", "\"peak_rss_bytes\"", "\"seed\": \"1\""}) {
    EXPECT_NE(report.find(key), std::string::npos) << key << " in " << report;
  }
}

TEST_F(Commands, AReportNamedHtmlIsAPage) {
  put("a<b> \"c\".txt", "<script>alert(1)</script> of the corpus\n");
  ASSERT_EQ(train("'a<b> \"c\".txt' --report r.html").status, 0) << content("err");
  const std::string page = content("r.html");
  EXPECT_EQ(page.rfind("<!DOCTYPE html>", 0), 0U);
  EXPECT_NE(page.find("\"curve\""), std::string::npos);
  EXPECT_NE(page.find("a\\u003cb> \\\"c\\\".txt"), std::string::npos);
  EXPECT_EQ(page.find("a<b>"), std::string::npos);
}

TEST_F(Commands, ReadVocabularyGivesTheVectorsOfCounting) {
  ASSERT_EQ(train("--save-vocab vocab.txt").status, 0);
  const std::string counted = content("v.txt");
  ASSERT_EQ(train("--read-vocab vocab.txt").status, 0) << content("err");
  EXPECT_EQ(content("v.txt"), counted);
}

TEST_F(Commands, RawTextTrainsAsItsTokenizedTextDoes) {
  std::string raw;
  std::istringstream lines(content("corpus.txt"));
  for (std::string line; std::getline(lines, line);) {
    line[0] = static_cast<char>(std::toupper(line[0]));
    raw += "<doc id=\"1\">\n\u201c" + line + "!\u201d \xFF?\n</doc>\n";
  }
  put("raw.txt", raw);
  const std::string options = " --tokenize unicode --lowercase --skip-doc-tags";
  ASSERT_EQ(run("tokenize raw.txt -o words.txt -q" + options).status, 0) << content("err");
  const std::string more = " -o v.txt --threads 1 --dim 16 --min-count 1 --epochs 2 --quiet";
  const auto trained = [&](const std::string& words) {
    EXPECT_EQ(run("train " + words + more).status, 0) << content("err");
    return content("v.txt");
  };
  const std::string expected = trained("words.txt --validate words.txt --report r1.json");
  EXPECT_EQ(trained("raw.txt --validate raw.txt --report r2.json" + options), expected);
  EXPECT_NE(trained("raw.txt"), expected);
  const auto loss = [&](const std::string& report) {
    const std::size_t at = content(report).rfind("\"validation_loss\"");
    return content(report).substr(at, content(report).find('\n', at) - at);
  };
  EXPECT_EQ(loss("r1.json"), loss("r2.json"));
  for (const char* key : {"\"doc_tag_lines\": 3000", "\"invalid_sequences\": 1500", "\"tokenize\": \"unicode\"",
                          "\"lowercase\": \"true\"", "\"digits\": \"keep\""}) {
    EXPECT_NE(content("r2.json").find(key), std::string::npos) << key;
  }
  EXPECT_EQ(trained("raw.txt --checkpoint run.ck" + options), expected);
  EXPECT_EQ(run("train --resume run.ck --epochs 1 -o more.txt --quiet").status, 0) << content("err");
  EXPECT_EQ(run("train --resume run.ck --epochs 1 -o more.txt --tokenize whitespace").status, 2) << "another text";
}

TEST_F(Commands, PhrasesTrainAsTheirJoinedTextDoes) {
  std::string text = content("corpus.txt");
  for (int i = 0; i < 20; ++i) text += "new york times\nnew york\nqueen_of england\n";
  put("text.txt", text + "new_york_times");  // which is a phrase too
  ASSERT_EQ(run("phrases text.txt -o joined.txt --threshold 8,4 --save-phrases p1.tsv -q").status, 0) << content("err");
  const std::string more = " -o v.txt --threads 1 --dim 16 --epochs 2 --quiet --min-count ";
  const std::string phrases = " --phrases --phrase-threshold 8,4";
  const auto trained = [&](const std::string& words) {
    EXPECT_EQ(run("train " + words).status, 0) << words << content("err");
    return content("v.txt");
  };
  for (const std::string least : {"1", "21", "30"}) {
    const std::string expected = trained("joined.txt --validate joined.txt --report r1.json" + more + least);
    EXPECT_EQ(trained("text.txt --validate text.txt --report r2.json --save-phrases p2.tsv" + phrases + more + least), expected);
    EXPECT_EQ(trained("text.txt --cache none" + phrases + more + least), expected) << "read again in each epoch";
    EXPECT_EQ(trained("- <text.txt" + phrases + more + least), expected) << "from standard input";
    EXPECT_NE(trained("text.txt" + more + least), expected);
    EXPECT_EQ(expected.find("\nnew_york_times ") != std::string::npos, least != "30") << least;
    const auto loss = [&](const std::string& report) {
      const std::size_t at = content(report).rfind("\"validation_loss\"");
      return content(report).substr(at, content(report).find('}', at) - at);
    };
    EXPECT_EQ(loss("r2.json"), loss("r1.json")) << "held-out text is joined as well";
  }
  EXPECT_EQ(content("p2.tsv"), content("p1.tsv"));
  for (const char* part : {"\"phrases\": {\n    \"score\": \"word2phrase\",", "\"joined\": ", "\"distinct_bigrams\": ",
                           "\"phrase-threshold\": \"8,4\"", "\"phrase-passes\": \"2\""}) {
    EXPECT_NE(content("r2.json").find(part), std::string::npos) << part << " in " << content("r2.json");
  }
  EXPECT_EQ(content("r1.json").find("\"joined\""), std::string::npos);
  ASSERT_EQ(run("vocab joined.txt -o vocab.txt -q --min-count 1").status, 0);
  EXPECT_EQ(trained("text.txt --read-vocab vocab.txt" + phrases + more + "1"), trained("joined.txt" + more + "1"));
}

TEST_F(Commands, StopwordsAndWordsToKeepChooseTheVocabulary) {
  ASSERT_EQ(train("--save-vocab vocab.txt").status, 0);
  std::istringstream vocabulary(content("vocab.txt"));
  std::string first, count, last;
  vocabulary >> first >> count;
  for (std::string word; vocabulary >> word >> count;) last = word;
  put("stop.txt", first + "\n");
  put("keep.txt", last + "\n");
  ASSERT_EQ(train("--max-vocab 3 --stopwords stop.txt --keep-words keep.txt --save-vocab chosen.txt --report r.json").status, 0)
      << content("err");
  const std::string chosen = content("chosen.txt");
  EXPECT_EQ(std::count(chosen.begin(), chosen.end(), '\n'), 3);
  EXPECT_EQ(chosen.find(first + " "), std::string::npos) << chosen;
  EXPECT_NE(chosen.find("\n" + last + " "), std::string::npos) << chosen;
  EXPECT_NE(content("r.json").find("\"stopwords\": {\n        \"words\": 1"), std::string::npos) << content("r.json");
}

TEST_F(Commands, WhereTheIdsAreChangesNoVector) {
  ASSERT_EQ(train("").status, 0);
  const std::string in_memory = content("v.txt");
  const std::string rest = " --threads 1 --dim 16 --min-count 1 --epochs 2";
  for (const std::string options : {" --cache file", " --memory 1M --cache auto", " --cache memory"}) {
    std::filesystem::remove(folder_ + "/v.txt");
    ASSERT_EQ(run("train corpus.txt -o v.txt" + rest + options).status, 0) << content("err");
    EXPECT_EQ(content("v.txt"), in_memory) << options;
    const char* const where = options == " --cache file" ? " MB in a file\n" : " MB in memory\n";
    EXPECT_NE(content("err").find(where), std::string::npos) << content("err");
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"corpus.txt", "err", "out", "v.txt"})) << "something stays in the folder";
}

TEST_F(Commands, AlphaIsChosenAndToldUnlessGiven) {
  ASSERT_EQ(train("--report r.json").status, 0) << content("err");
  const std::string chosen = content("v.txt");
  EXPECT_NE(content("r.json").find("\"alpha\": \"0.45\""), std::string::npos) << content("r.json");
  EXPECT_NE(content("r.json").find("\"row-rates\": \"on\""), std::string::npos) << "so little text";
  ASSERT_EQ(train("--alpha auto").status, 0);
  EXPECT_EQ(content("v.txt"), chosen);
  ASSERT_EQ(train("--alpha 0.45 --row-rates on").status, 0);
  EXPECT_EQ(content("v.txt"), chosen);
  ASSERT_EQ(train("--alpha 0.45").status, 0);
  EXPECT_NE(content("v.txt"), chosen) << "a rate that is given is every row's";
  ASSERT_EQ(train("--row-rates off --report r.json").status, 0);
  EXPECT_NE(content("r.json").find("\"alpha\": \"0.1\""), std::string::npos) << "the most, for so little text";
}

TEST_F(Commands, NoCacheGivesTheSameVectors) {
  put("corpus.txt", testing::generated_language(20000));
  for (const std::string options : {"", "--model cbow --sample 1e-4", "--window 12 --tokenize unicode --lowercase"}) {
    ASSERT_EQ(train(options).status, 0) << content("err");
    const std::string cached = content("v.txt");
    ASSERT_EQ(train(options + " --cache none").status, 0) << content("err");
    EXPECT_TRUE(content("v.txt") == cached) << options;
  }
  ASSERT_EQ(train("").status, 0);
  const std::string cached = content("v.txt");
  ASSERT_EQ(run("train corpus.txt -o v.txt --threads 1 --dim 16 --min-count 1 --epochs 2 --cache none").status, 0);
  EXPECT_NE(content("err").find("the text is read again in each epoch"), std::string::npos);
  ASSERT_EQ(std::system(("gzip " + at("corpus.txt")).c_str()), 0);
  ASSERT_EQ(run("train corpus.txt.gz -o v.txt --threads 1 --dim 16 --min-count 1 --epochs 2 --cache none").status, 0);
  EXPECT_TRUE(content("v.txt") == cached) << "unpacked again in each epoch";
  const Outcome outcome = run("train - -o v.txt --cache none");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("standard input cannot be; give --cache file"), std::string::npos) << outcome.err;
  EXPECT_TRUE(content("v.txt") == cached) << "a failed run leaves what was there";
}

TEST_F(Commands, ConfigGivesOptionsAndTheCommandLineWins) {
  ASSERT_EQ(train("").status, 0);
  const std::string plain = content("v.txt");
  put("run.ini", "seed = 9\nwindow = 2\n");
  ASSERT_EQ(train("--config run.ini").status, 0) << content("err");
  const std::string configured = content("v.txt");
  EXPECT_NE(configured, plain);
  ASSERT_EQ(train("--seed 9 --window 2").status, 0);
  EXPECT_EQ(content("v.txt"), configured);
  ASSERT_EQ(train("--config run.ini --seed 1 --window 5").status, 0);
  EXPECT_EQ(content("v.txt"), plain);
}

TEST_F(Commands, EveryOptionOfTheModelChangesTheVectors) {
  ASSERT_EQ(train("").status, 0);
  const std::string plain = content("v.txt");
  for (const char* option : {"--model cbow", "--window 3", "--negative 7", "--sample 1e-4", "--epochs 3", "--alpha 0.05",
                             "--min-alpha 0.01", "--seed 2", "--dim 17", "--row-rates off", "--negative-sharing none",
                             "--negative-sharing block", "--max-vocab 20", "--min-count 300", "--format binary"}) {
    ASSERT_EQ(train(option).status, 0) << option << content("err");
    EXPECT_NE(content("v.txt"), plain) << option;
  }
  ASSERT_EQ(train("--model cbow").status, 0);
  const std::string cbow = content("v.txt");
  ASSERT_EQ(train("--model cbow --cbow-update exact").status, 0);
  EXPECT_NE(content("v.txt"), cbow);
}

TEST_F(Commands, TheOriginalFlagsWork) {
  ASSERT_EQ(run("-train corpus.txt -output o.txt -cbow 0 -size 20 -window 3 -negative 5 -hs 0 -sample 1e-3 -threads 2 -binary 0 "
                "-iter 2 "
                "-min-count 1 -alpha .025 -save-vocab vocab -debug 0")
                .status,
            0)
      << content("err");
  EXPECT_EQ(content("err"), "");
  EXPECT_EQ(content("o.txt").substr(0, 6), "28 20\n");
  EXPECT_NE(content("vocab"), "");
  // The same settings in this program's words give the same vectors.
  ASSERT_EQ(run("-train corpus.txt -output o.bin -size 16 -binary 1 -iter 2 -min-count 1 -threads 1 -read-vocab vocab").status, 0)
      << content("err");
  ASSERT_EQ(train("--model cbow --alpha 0.05 --format binary").status, 0);
  EXPECT_EQ(content("o.bin"), content("v.txt"));
}

TEST_F(Commands, TheOriginalFlagsThatAreNotSupportedSaySo) {
  for (const char* flags : {"-hs 1", "-classes 100", "-negative 0", "-size x", "-size 0", "-nonsense 1", "-cbow"}) {
    const Outcome outcome = run(std::string("-train corpus.txt -output o.txt ") + flags);
    EXPECT_EQ(outcome.status, 2) << flags;
    EXPECT_EQ(outcome.err.rfind("word2vec: error: -", 0), 0U) << outcome.err;
  }
  EXPECT_EQ(run("-output o.txt -size 10").status, 2);
  EXPECT_EQ(run("-train corpus.txt").status, 2);
}

TEST_F(Commands, WrongUseIsStatusTwoAndOneLine) {
  for (const char* words : {"",
                            "nonsense",
                            "train corpus.txt",
                            "train -o v.txt",
                            "train corpus.txt -o v.txt --dim 0",
                            "train corpus.txt -o v.txt --dim 4097",
                            "train corpus.txt -o v.txt --dim -1",
                            "train corpus.txt -o v.txt --dim ten",
                            "train corpus.txt -o v.txt --model glove",
                            "train corpus.txt -o v.txt --alpha automatic",
                            "train corpus.txt -o v.txt --alpha 0",
                            "train corpus.txt -o v.txt --alpha x",
                            "train corpus.txt -o v.txt --row-rates maybe",
                            "train corpus.txt -o v.txt --row-rates on --model cbow",
                            "train corpus.txt -o v.txt --row-rates on --negative-sharing block",
                            "train corpus.txt -o v.txt --negative-sharing all",
                            "train corpus.txt -o v.txt --checkpoint-every 5",
                            "train corpus.txt -o v.txt --checkpoint c --checkpoint-every -1",
                            "train corpus.txt -o v.txt --checkpoint v.txt",
                            "train corpus.txt -o v.txt --simd sse9",
                            "train corpus.txt -o v.txt --format Glove",
                            "train corpus.txt -o v.txt.xz",
                            "train corpus.txt -o - --format npy",
                            "train corpus.txt -o v.npy --format npy --save-vocab v.vocab.txt",
                            "train corpus.txt -o v --format npy --context-output v.npy",
                            "train corpus.txt -o v.txt --threads 0",
                            "train corpus.txt -o v.txt --epochs 0",
                            "train corpus.txt -o v.txt --sample 2",
                            "train corpus.txt -o v.txt --window 0",
                            "train corpus.txt -o v.txt --unknown 1",
                            "train corpus.txt -o v.txt --phrase-threshold 5",
                            "train corpus.txt -o v.txt --save-phrases p.tsv",
                            "train corpus.txt -o v.txt --phrases --phrase-threshold x",
                            "train corpus.txt -o v.txt --phrases --phrase-join ' '",
                            "phrases corpus.txt"}) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.status, 2) << words;
    EXPECT_EQ(outcome.err.rfind("word2vec: error: ", 0), 0U) << words << ": " << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << words << ": " << outcome.err;
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"corpus.txt", "err", "out"}));
}

TEST_F(Commands, BadInputIsStatusOneAndHarmsNothing) {
  put("v.txt", "precious\n");
  put("empty.txt", "");
  put("spaces.txt", " \n \n");
  put("one.txt", "a a a a a a\n");
  std::string junk;
  std::mt19937 random(1);
  for (int i = 0; i < 65536; ++i) junk += static_cast<char>(random());
  put("junk.txt", junk);
  put("mostly_junk.txt", "king " + junk);
  put("packed.txt", std::string("\x1f\x8b\x08\x00", 4) + junk);
  fs::create_directory(at("folder"));
  std::string long_words;
  for (int i = 0; i < 10; ++i) long_words += std::string(70000, 'w') + " ";
  put("long.txt", long_words);  // which binary cannot hold
  for (const char* words :
       {"missing.txt -o v.txt", "empty.txt -o v.txt", "spaces.txt -o v.txt", "one.txt -o v.txt", "junk.txt -o v.txt",
        "packed.txt -o v.txt", "folder -o v.txt", "long.txt -o v.txt --format binary", "corpus.txt -o v.txt --min-count 1000000",
        "corpus.txt -o nowhere/v.txt", "corpus.txt -o folder", "corpus.txt -o v.txt --validate missing.txt",
        "corpus.txt -o v.txt --validate empty.txt", "corpus.txt -o v.txt --validate mostly_junk.txt",
        "corpus.txt -o v.txt --read-vocab missing.txt", "corpus.txt -o v.txt --config missing.ini", "corpus.txt -o /dev/full",
        "corpus.txt -o v.txt --report nowhere/r.json", "corpus.txt -o v.txt --context-output /dev/full"}) {
    const Outcome outcome = run(std::string("train --quiet --epochs 1 ") + words);
    EXPECT_EQ(outcome.status, 1) << words << outcome.err;
    EXPECT_EQ(outcome.err.rfind("word2vec: error: ", 0), 0U) << words << ": " << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << words << ": " << outcome.err;
    EXPECT_EQ(content("v.txt"), "precious\n") << words;
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"corpus.txt", "empty.txt", "err", "folder", "junk.txt", "long.txt",
                                               "mostly_junk.txt", "one.txt", "out", "packed.txt", "spaces.txt", "v.txt"}));
}

TEST_F(Commands, NoFileIsReplacedThatIsReadOrWrittenToo) {
  const std::string corpus = content("corpus.txt");
  put("vocab.txt", "king 5\nqueen 5\n");
  for (const char* words :
       {"train corpus.txt -o corpus.txt", "train corpus.txt -o ./corpus.txt", "train corpus.txt -o v --context-output v",
        "train corpus.txt -o v --report ./v", "train corpus.txt -o v --phrases --save-phrases corpus.txt",
        "train corpus.txt -o v --save-vocab v", "train corpus.txt -o v --save-vocab corpus.txt",
        "train corpus.txt -o v --report corpus.txt", "train corpus.txt -o v --validate vocab.txt --report vocab.txt",
        "train corpus.txt -o vocab.txt --read-vocab vocab.txt", "-train corpus.txt -output corpus.txt",
        "-train corpus.txt -output v -save-vocab v"}) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.status, 2) << words;
    EXPECT_NE(outcome.err.find("another file of this run; name another output\n"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(content("corpus.txt"), corpus);
  EXPECT_EQ(files(), (std::vector<std::string>{"corpus.txt", "err", "out", "vocab.txt"}));
  EXPECT_EQ(train("--read-vocab vocab.txt --save-vocab vocab.txt --report /dev/null --context-output /dev/null").status, 0)
      << content("err");
}

TEST_F(Commands, CompressedTextAndStandardInputGiveTheVectorsOfPlainText) {
  ASSERT_EQ(train("").status, 0) << content("err");
  const std::string plain = content("v.txt");
  const std::string options = " - -o v.txt --threads 1 --quiet --dim 16 --min-count 1 --epochs 2";
  const auto shell = [&](const std::string& line) { return std::system(("cd " + folder_ + " && " + line).c_str()); };
  for (const std::string tool : {"cat", "gzip -c", "bzip2 -c", "xz -c", "zstd -qc"}) {
    if (shell("command -v " + tool + " >tool") != 0) continue;
    ASSERT_EQ(shell(tool + " <corpus.txt >packed"), 0) << tool;
    fs::remove(at("v.txt"));
    EXPECT_EQ(run("train packed -o v.txt --threads 1 --quiet --dim 16 --min-count 1 --epochs 2 --report r.json").status, 0)
        << tool << content("err");
    EXPECT_TRUE(content("v.txt") == plain) << tool;
    const std::string bytes = std::to_string(fs::file_size(at("corpus.txt"))),
                      packed = std::to_string(fs::file_size(at("packed")));
    EXPECT_NE(content("r.json").find("\"bytes\": " + bytes + ",\n    \"file_bytes\": " + packed + ","), std::string::npos);
    fs::remove(at("v.txt"));
    EXPECT_EQ(shell(tool + " corpus.txt | " + WORD2VEC_PROGRAM + " train" + options), 0) << tool;
    EXPECT_TRUE(content("v.txt") == plain) << tool << " from a pipe";
  }
}

TEST_F(Commands, ACutOrDamagedArchiveWritesNothing) {
  put("v.txt", "precious\n");
  if (std::system(("gzip -k " + at("corpus.txt")).c_str()) != 0) GTEST_SKIP() << "no gzip here";
  const std::string sound = content("corpus.txt.gz");
  std::string damaged = sound;
  damaged[sound.size() / 2] = static_cast<char>(~damaged[sound.size() / 2]);
  for (const std::string& bytes : {sound.substr(0, sound.size() - 200), damaged, sound + "x"}) {
    put("c.gz", bytes);
    for (const char* words : {"c.gz", "corpus.txt --validate c.gz", "- <c.gz"}) {
      const Outcome outcome = run(std::string("train --quiet --epochs 1 -o v.txt ") + words);
      EXPECT_EQ(outcome.status, 1) << words;
      EXPECT_NE(outcome.err.find(words[0] == '-' ? "standard input" : "c.gz"), std::string::npos) << outcome.err;
      EXPECT_NE(outcome.err.find("byte "), std::string::npos) << outcome.err;
      EXPECT_EQ(content("v.txt"), "precious\n");
    }
  }
}

TEST_F(Commands, AFolderIsReadButForThisRunsOwnFiles) {
  ASSERT_EQ(train("").status, 0);
  const std::string plain = content("v.txt");
  fs::create_directories(at("texts/more"));
  const std::string corpus = content("corpus.txt"), half = corpus.substr(0, corpus.find('\n', corpus.size() / 2) + 1);
  put("texts/1.txt", half);
  put("texts/more/2.txt", corpus.substr(half.size()));
  put("texts/held-out", "king queen\n");
  for (int again = 0; again < 2; ++again) {
    const Outcome outcome =
        run("train texts -o texts/v.txt --report texts/r.json --validate texts/held-out --threads 1 --dim 16 --min-count 1 "
            "--epochs 2");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_TRUE(content("texts/v.txt") == plain);
    EXPECT_NE(outcome.err.find("left out  texts/held-out (this run's own)"), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(run("vocab texts/more texts/1.txt -o texts/vocab --min-count 1 --quiet").status, 0) << content("err");
  EXPECT_EQ(run("vocab corpus.txt -o vocab --min-count 1 --quiet").status, 0);
  EXPECT_EQ(content("texts/vocab"), content("vocab"));
}

TEST_F(Commands, HeldOutTextIsAccountedFor) {
  put("held.txt", "king nobody \xFF queen\n");
  ASSERT_EQ(run("train corpus.txt -o v.txt --dim 8 --validate held.txt").status, 0) << content("err");
  EXPECT_NE(content("err").find("held-out  4 tokens, 2 in the vocabulary (50.00 %), 1 not valid UTF-8\n"), std::string::npos)
      << content("err");
}

TEST_F(Commands, AFullDiskLeavesWhatWasOnIt) {
  // A disk of 64 kB in a mount namespace of its own, which ends with the shell.
  fs::create_directory(at("disk"));
  put("disk.sh",
      "mount -t tmpfs -o size=64k tmpfs disk || exit 1\necho mounted\n"
      "echo precious > disk/v.txt\n"
      "for words in \"-o disk/v.txt\" \"-o disk/v.txt --format binary\" \"-o v.txt --context-output disk/v.txt\" "
      "\"-o v.txt --context-output disk/new.txt\"; do\n"
      "  $0 train corpus.txt --dim 1000 --epochs 1 --quiet $words && exit 1\n"
      "  echo status $?\n"
      "done 2>&1\n"
      "ls -A . disk\n"
      "cat disk/v.txt\n");
  const int status =
      std::system(("cd " + folder_ + " && unshare -m sh -c '. ./disk.sh' " + WORD2VEC_PROGRAM + " >out 2>err").c_str());
  if (content("out").empty()) GTEST_SKIP() << "mounting is not permitted: " << content("err");
  const auto refused = [](const std::string& path) {
    return "word2vec: error: cannot write to " + path +
           ": No space left on device; make room on that disk, or write elsewhere\nstatus 1\n";
  };
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(content("out"), "mounted\n" + refused("disk/v.txt") + refused("disk/v.txt") + refused("disk/v.txt") +
                                refused("disk/new.txt") + ".:\ncorpus.txt\ndisk\ndisk.sh\nerr\nout\n\ndisk:\nv.txt\nprecious\n");
}

TEST_F(Commands, AbsurdLearningRateIsToldAndWritesNothing) {
  const Outcome outcome = train("--alpha 10 --min-alpha 10 --epochs 50");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("diverged"), std::string::npos) << outcome.err;
}

TEST_F(Commands, ProgressIntoAFileIsPlainLinesAndQuietIsQuiet) {
  ASSERT_EQ(train("").status, 0);
  EXPECT_EQ(content("err"), "");
  ASSERT_EQ(run("train corpus.txt -o v.txt --dim 8 --min-count 1").status, 0);
  EXPECT_NE(content("err").find("7500 tokens"), std::string::npos) << content("err");
  EXPECT_EQ(content("err").find('\r'), std::string::npos);
}

TEST_F(Commands, HelpListsEveryOptionAndAnExample) {
  ASSERT_EQ(run("train --help").status, 0);
  const std::string help = content("out");
  for (const char* option : {"--output",         "--format",
                             "--model",          "--dim",
                             "--window",         "--negative",
                             "--sample",         "--min-count",
                             "--max-vocab",      "--epochs",
                             "--alpha",          "--min-alpha",
                             "--row-rates",      "--threads",
                             "--seed",           "--negative-sharing",
                             "--cbow-update",    "--simd",
                             "--save-vocab",     "--read-vocab",
                             "--context-output", "--add-corpus",
                             "--meta",           "--resume",
                             "--checkpoint",     "--validate",
                             "--report",         "--config",
                             "-q, --quiet",      "word2vec train corpus.txt"}) {
    EXPECT_NE(help.find(option), std::string::npos) << option;
  }
  EXPECT_EQ(run("--help").status, 0);
  EXPECT_EQ(run("--version").status, 0);
}

}  // namespace
}  // namespace word2vec
