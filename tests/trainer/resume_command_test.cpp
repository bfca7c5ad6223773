// Runs that are stopped and go on, as a user sees them: signals, statuses, the same bytes, and refusals that name what differs.
#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX's
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/trainer/generated_language.h"

namespace word2vec {
namespace {

namespace fs = std::filesystem;

class Resume : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = ::testing::TempDir() + "resume_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ + "/corpus.txt") << testing::generated_language(6000);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string content(const std::string& name) const {
    std::ifstream file(folder_ + "/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  // "exec": the shell becomes the program, which then gets the signals.
  std::string line(const std::string& words) const {
    return "cd " + folder_ + " && exec " + WORD2VEC_PROGRAM + " " + words + " >out 2>err </dev/null";
  }
  int run(const std::string& words) const {
    const int status = std::system(line(words).c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  // Starts a run, sends the signal once `when` is there, and returns how it ended.
  int stop(const std::string& words, int signal, const std::string& when, int later_ms = 0) const {
    const std::string command = line(words);
    const pid_t child = fork();
    if (child == 0) {
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      _exit(127);
    }
    while (!fs::exists(folder_ + "/" + when)) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::this_thread::sleep_for(std::chrono::milliseconds(later_ms));
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  static constexpr const char* options = "train corpus.txt --threads 1 --dim 48 --min-count 1 --sample 0 --negative 15 --epochs ";
  std::string folder_;
};

TEST_F(Resume, AStoppedRunThatGoesOnGivesTheSameBytes) {
  const std::string run_options = std::string(options) + "40 -o v.txt --quiet --checkpoint run.ckpt --checkpoint-every 0.01";
  ASSERT_EQ(run(run_options), 0) << content("err");
  const std::string whole = content("v.txt");
  for (const int signal : {SIGINT, SIGTERM}) {
    fs::remove(folder_ + "/v.txt");
    fs::remove(folder_ + "/run.ckpt");
    ASSERT_EQ(stop(run_options, signal, "run.ckpt"), 128 + signal) << content("err");
    EXPECT_NE(content("err").find("word2vec train --resume run.ckpt"), std::string::npos) << content("err");
    EXPECT_FALSE(fs::exists(folder_ + "/v.txt"));
    ASSERT_EQ(run("train --resume run.ckpt"), 0) << content("err");
    EXPECT_EQ(content("v.txt"), whole);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 5)
      << "corpus, vectors, checkpoint, out, err";
}

TEST_F(Resume, AKilledRunGoesOnFromItsLastCheckpoint) {
  const std::string run_options = std::string(options) + "40 -o v.txt --quiet --checkpoint run.ckpt --checkpoint-every 0.01";
  ASSERT_EQ(run(run_options), 0) << content("err");
  const std::string whole = content("v.txt");
  fs::remove(folder_ + "/run.ckpt");
  std::ofstream(folder_ + "/v.txt") << "old";
  ASSERT_EQ(stop(run_options, SIGKILL, "run.ckpt"), -1);
  EXPECT_EQ(content("v.txt"), "old");
  ASSERT_EQ(run("train --resume run.ckpt"), 0) << content("err");
  EXPECT_EQ(content("v.txt"), whole);
}

TEST_F(Resume, WithoutACheckpointASignalLeavesWhatWasThere) {
  std::ofstream(folder_ + "/v.txt") << "old";
  // The vocabulary is written just before the training begins.
  EXPECT_EQ(stop(std::string(options) + "100000 -o v.txt --save-vocab vocab.txt", SIGTERM, "vocab.txt", 500), 143);
  EXPECT_NE(content("err").find("no --checkpoint was given"), std::string::npos) << content("err");
  EXPECT_EQ(content("v.txt"), "old");
}

TEST_F(Resume, ARunThatIsThroughTakesMoreEpochs) {
  ASSERT_EQ(run(std::string(options) + "2 -o v.txt --quiet --checkpoint run.ckpt"), 0) << content("err");
  EXPECT_EQ(run("train --resume run.ckpt"), 2);
  EXPECT_NE(content("err").find("--epochs N"), std::string::npos) << content("err");
  ASSERT_EQ(run("train --resume run.ckpt --epochs 3 -o more.txt --report r.json"), 0) << content("err");
  EXPECT_NE(content("r.json").find("\"epoch\": 5"), std::string::npos);
  EXPECT_NE(content("more.txt"), content("v.txt"));
}

TEST_F(Resume, AnotherCorpusOrOtherOptionsAreRefusedByName) {
  ASSERT_EQ(run(std::string(options) + "2 -o v.txt --quiet --checkpoint run.ckpt"), 0) << content("err");
  EXPECT_EQ(run("train --resume run.ckpt --epochs 1 --dim 50 --seed 4"), 2);
  EXPECT_NE(content("err").find("--dim 50 (it has 48)"), std::string::npos) << content("err");
  EXPECT_NE(content("err").find("--seed 4"), std::string::npos) << content("err");
  std::ofstream(folder_ + "/corpus.txt", std::ios::app) << "one more line\n";
  EXPECT_EQ(run("train --resume run.ckpt --epochs 1"), 1);
  EXPECT_NE(content("err").find("the corpus is not the one"), std::string::npos) << content("err");
  EXPECT_EQ(run("train --resume v.txt"), 1);
  EXPECT_NE(content("err").find("not a checkpoint"), std::string::npos) << content("err");
}

TEST_F(Resume, PhrasesAreFoundAgainAndNoOthers) {
  ASSERT_EQ(run(std::string(options) + "2 -o v.txt --quiet --phrases --phrase-threshold 2 --checkpoint run.ckpt"), 0);
  const std::string saved = content("run.ckpt");
  EXPECT_EQ(run("train --resume run.ckpt --epochs 2 --phrase-threshold 3"), 2);
  EXPECT_NE(content("err").find("--phrase-threshold 3 (it has 2)"), std::string::npos) << content("err");
  EXPECT_EQ(run("train --resume run.ckpt --epochs 2 --phrase-passes 2"), 2);
  EXPECT_NE(content("err").find("--phrase-passes 2 (it has 1)"), std::string::npos) << content("err");
  EXPECT_EQ(content("run.ckpt"), saved);
  ASSERT_EQ(run("train --resume run.ckpt --epochs 2"), 0) << content("err");
  ASSERT_EQ(run(std::string(options) + "2 -o v.txt --quiet --checkpoint run.ckpt"), 0) << content("err");
  ASSERT_EQ(run("train --resume run.ckpt --epochs 1"), 0) << content("err");
  EXPECT_EQ(run("train --resume run.ckpt --epochs 1 --phrases"), 2);
  EXPECT_NE(content("err").find("--phrases true (it has false)"), std::string::npos) << content("err");
}

TEST_F(Resume, ACheckpointIsReadAsVectors) {
  ASSERT_EQ(run(std::string(options) + "1 -o v.txt --quiet --checkpoint run.ckpt"), 0) << content("err");
  ASSERT_EQ(run("export run.ckpt -o w.txt --to text"), 0) << content("err");
  EXPECT_EQ(content("w.txt"), content("v.txt"));
  ASSERT_EQ(run("info run.ckpt"), 0) << content("err");
  EXPECT_NE(content("out").find("checkpoint"), std::string::npos) << content("out");
}

}  // namespace
}  // namespace word2vec
