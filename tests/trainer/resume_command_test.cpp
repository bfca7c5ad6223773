// Runs that are stopped and go on, as a user sees them: signals, statuses, the same bytes, and refusals that name what differs.
#include <gtest/gtest.h>

#include "tests/trainer/runs.h"

namespace word2vec {
namespace {

namespace fs = std::filesystem;

using Resume = Runs;

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

// Without a cache the text is read again, as far as the run had come.
TEST_F(Resume, GoesOnWithOrWithoutACache) {
  std::ofstream(folder_ + "/corpus.txt", std::ios::app) << testing::generated_language(20000);
  const std::string run_options = std::string(options) + "3 -o v.txt --quiet --checkpoint run.ckpt --checkpoint-every 0.01";
  ASSERT_EQ(run(run_options), 0) << content("err");
  const std::string whole = content("v.txt");
  for (const auto& [first, then] : {std::pair("none", "none"), std::pair("none", "memory"), std::pair("memory", "none")}) {
    fs::remove(folder_ + "/run.ckpt");
    ASSERT_EQ(stop(run_options + " --cache " + first, SIGTERM, "run.ckpt", 100), 128 + SIGTERM) << content("err");
    ASSERT_EQ(run(std::string("train --resume run.ckpt --cache ") + then), 0) << content("err");
    EXPECT_TRUE(content("v.txt") == whole) << first << ", then " << then;
  }
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
  for (const std::string output : {"-o run.ckpt", "-o w.txt --report run.ckpt", "-o w.txt --save-vocab run.ckpt"})
    EXPECT_EQ(run("train --resume run.ckpt --epochs 1 " + output), 2) << output;
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

TEST_F(Resume, PathsOfAnyBytesAreFoundAgain) {
  fs::rename(folder_ + "/corpus.txt", folder_ + "/caf\xE9 \x01.txt");
  ASSERT_EQ(run("train 'caf\xE9 \x01.txt' -o 'v\xFF.txt' --threads 1 --dim 8 --epochs 1 --quiet --checkpoint run.ckpt"), 0)
      << content("err");
  ASSERT_EQ(run("train --resume run.ckpt --epochs 1"), 0) << content("err");
  EXPECT_TRUE(fs::exists(folder_ + "/v\xFF.txt"));
  EXPECT_EQ(run("info run.ckpt"), 0) << content("err");
}

TEST_F(Resume, ADiskThatFillsUpCostsTheCheckpointAndNotTheRun) {
  // Room for the trial at the start alone, in a mount namespace that ends with the shell.
  fs::create_directory(folder_ + "/disk");
  std::ofstream(folder_ + "/disk.sh") << "mount -t tmpfs -o size=64k tmpfs disk || exit 1\n"
                                      << "echo mounted\n"
                                      << "dd if=/dev/zero of=disk/full bs=1k count=60 2>/dev/null\n"
                                      << "$0 train corpus.txt --dim 400 --epochs 30 --threads 1 --quiet -o v.txt "
                                      << "--checkpoint disk/run.ckpt --checkpoint-every 0.01\n"
                                      << "echo status $?\nls -A disk\n";
  const std::string shell = "cd " + folder_ + " && unshare -m sh -c '. ./disk.sh' " + WORD2VEC_PROGRAM + " >out 2>err";
  ASSERT_NE(std::system(shell.c_str()), -1);
  if (content("out").empty()) GTEST_SKIP() << "mounting is not permitted: " << content("err");
  EXPECT_EQ(content("out"), "mounted\nstatus 1\nfull\n");
  const std::string refused =
      "cannot write to disk/run.ckpt: No space left on device; make room on that disk, or write elsewhere";
  EXPECT_EQ(content("err").rfind("word2vec: warning: " + refused + "; the run goes on, and tries again\n", 0), 0U)
      << content("err");
  EXPECT_NE(content("err").find("\nword2vec: error: " + refused + "\n"), std::string::npos) << content("err");
  EXPECT_EQ(content("v.txt").substr(0, 3), "28 ") << "the vectors are written all the same";
}

TEST_F(Resume, AFolderThatVanishesIsAnErrorInTheEnd) {
  fs::create_directory(folder_ + "/away");
  const std::string words = std::string(options) + "60 -o away/v.txt --quiet --checkpoint run.ckpt --checkpoint-every 0.01";
  const std::string command = "cd " + folder_ + " && { " + WORD2VEC_PROGRAM + " " + words +
                              " 2>err & } ; while ! [ -e run.ckpt ]; do sleep 0.01; done; rm -r away; wait $!; echo $? >status";
  ASSERT_EQ(std::system(("sh -c '" + command + "'").c_str()), 0);
  EXPECT_EQ(content("status"), "1\n");
  EXPECT_EQ(content("err"),
            "word2vec: error: cannot give its name to away/v.txt: No such file or directory; make its folder first\n");
  EXPECT_EQ(run("export run.ckpt -o v.txt --to text"), 0) << "the checkpoint has them: " << content("err");
}

TEST_F(Resume, UnderNohupAHangupIsNothingAndSigusr1ShowsTheProgress) {
  const std::string words = std::string(options) + "60 -o v.txt --quiet --checkpoint run.ckpt --checkpoint-every 0.01";
  const std::string command = "cd " + folder_ + " && { nohup " + WORD2VEC_PROGRAM + " " + words +
                              " >out 2>err & } ; while ! [ -e run.ckpt ]; do sleep 0.01; done; kill -HUP $!; kill -USR1 $!; "
                              "wait $!; echo $? >status";
  ASSERT_EQ(std::system(("sh -c '" + command + "'").c_str()), 0);
  EXPECT_EQ(content("status"), "0\n") << content("err");
  EXPECT_NE(content("err").find("words/s"), std::string::npos) << content("err");
  EXPECT_TRUE(fs::exists(folder_ + "/v.txt"));
  EXPECT_EQ(stop(std::string(options) + "100000 -o v.txt --quiet --checkpoint again.ckpt --checkpoint-every 0.01", SIGHUP,
                 "again.ckpt"),
            128 + SIGHUP)
      << "without nohup it ends the run in good order";
}

TEST_F(Resume, PhrasesAreFoundAgainAndNoOthers) {
  ASSERT_EQ(run(std::string(options) + "2 -o v.txt --quiet --phrases --phrase-threshold 2 --checkpoint run.ckpt"), 0);
  const std::string saved = content("run.ckpt");
  EXPECT_EQ(run("train --resume run.ckpt --epochs 2 --phrase-threshold 3"), 2);
  EXPECT_NE(content("err").find("--phrase-threshold 3 (it has 2)"), std::string::npos) << content("err");
  EXPECT_EQ(run("train --resume run.ckpt --epochs 2 --phrase-passes 2"), 2);
  EXPECT_NE(content("err").find("--phrase-passes 2 (it has 1)"), std::string::npos) << content("err");
  EXPECT_EQ(content("run.ckpt"), saved);
  EXPECT_EQ(run("train --resume run.ckpt --add-corpus corpus.txt -o w.txt"), 2);
  EXPECT_NE(content("err").find("--phrases cannot go with --add-corpus"), std::string::npos) << content("err");
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
