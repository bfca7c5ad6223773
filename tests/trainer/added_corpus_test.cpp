// Saved runs that go on with new text: old words keep their rows, new ones are learnt, and the run can be stopped like any other.
#include <gtest/gtest.h>

#include <map>

#include "tests/trainer/runs.h"

namespace word2vec {
namespace {

class AddedCorpus : public Runs {
 protected:
  void SetUp() override {
    Runs::SetUp();
    // The same language, in which the commoners have another name from now on; and a word too rare for --min-count.
    std::string text = testing::generated_language(6000, 9);
    for (const auto& [from, to] : {std::pair("man", "fellow"), std::pair("wofellow", "dame")}) {
      for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) text.replace(at, std::string(from).size(), to);
    }
    std::ofstream(folder_ + "/new.txt") << text << "seldom king\n";
    ASSERT_EQ(run("train corpus.txt -o v.txt --threads 1 --dim 48 --min-count 2 --sample 0 --negative 15 --epochs 4 "
                  "--checkpoint run.ckpt"),
              0)
        << content("err");
  }
  std::map<std::string, std::vector<float>> vectors(const std::string& name) const {
    std::map<std::string, std::vector<float>> rows;
    std::istringstream text(content(name));
    std::string line, word;
    std::getline(text, line);
    while (std::getline(text, line)) {
      std::istringstream numbers(line);
      numbers >> word;
      for (float value = 0; numbers >> value;) rows[word].push_back(value);
    }
    return rows;
  }
};

TEST_F(AddedCorpus, OldWordsKeepTheirRowsAndNewOnesJoinThem) {
  const std::string saved = content("run.ckpt");
  // At this rate nothing moves: what is left is where the run begins.
  ASSERT_EQ(run("train --resume run.ckpt --add-corpus new.txt -o w.txt --epochs 1 --alpha 1e-12 --save-vocab vocab.txt"), 0)
      << content("err");
  EXPECT_EQ(content("run.ckpt"), saved) << "the saved run stays";
  const auto before = vectors("v.txt"), after = vectors("w.txt");
  EXPECT_EQ(before.size(), 28U);
  EXPECT_EQ(after.size(), 30U);
  for (const auto& [word, row] : before) {
    ASSERT_EQ(after.count(word), 1U) << word;
    for (std::size_t i = 0; i < row.size(); ++i) EXPECT_NEAR(after.at(word)[i], row[i], 1e-9) << word;
  }
  EXPECT_EQ(after.count("fellow"), 1U);
  EXPECT_EQ(after.count("dame"), 1U);
  EXPECT_EQ(after.count("seldom"), 0U) << "--min-count is that of the saved run";
  EXPECT_NE(after.at("fellow"), after.at("dame"));
  for (const float value : after.at("dame")) EXPECT_LE(std::abs(value), 0.5F / 48);
  EXPECT_NE(content("err").find("added     2 words to the 28 of run.ckpt"), std::string::npos) << content("err");
  EXPECT_NE(content("err").find("alpha 1e-12"), std::string::npos) << "the rate is told: " << content("err");
  // Counts are summed: the words of the new text that are old, and those that do not come in it.
  const auto count = [&](const std::string& text, const std::string& word) {
    std::size_t found = 0;
    for (std::istringstream words(text); words;) {
      std::string next;
      words >> next;
      found += next == word;
    }
    return found;
  };
  for (const std::string word : {"king", "man", "fellow"}) {
    const std::string line =
        "\n" + word + " " + std::to_string(count(content("corpus.txt"), word) + count(content("new.txt"), word)) + "\n";
    EXPECT_NE(("\n" + content("vocab.txt")).find(line), std::string::npos) << line;
  }
}

TEST_F(AddedCorpus, NewWordsAreLearntBesideTheOldOnes) {
  ASSERT_EQ(run("train --resume run.ckpt --add-corpus new.txt -o w.txt --epochs 8"), 0) << content("err");
  for (const auto& [question, answer] : {std::pair("fellow king dame", "queen"), std::pair("king fellow queen", "dame")}) {
    ASSERT_EQ(run(std::string("analogy w.txt ") + question + " -k 1"), 0) << content("err");
    EXPECT_NE(content("out").find(answer), std::string::npos) << question << ": " << content("out");
  }
}

TEST_F(AddedCorpus, StoppedWithinAndResumedGivesTheSameBytes) {
  const std::string words =
      "train --resume run.ckpt --add-corpus new.txt -o w.txt --epochs 40 --checkpoint new.ckpt --checkpoint-every 0.01";
  ASSERT_EQ(run(words), 0) << content("err");
  const std::string whole = content("w.txt");
  std::filesystem::remove(folder_ + "/new.ckpt");
  ASSERT_EQ(stop(words, SIGKILL, "new.ckpt"), -1);
  ASSERT_EQ(run("train --resume new.ckpt"), 0) << content("err");
  EXPECT_EQ(content("w.txt"), whole);
  // And it is a run like any other: more epochs over its text, or still more text.
  EXPECT_EQ(run("train --resume new.ckpt --epochs 1"), 0) << content("err");
  std::ofstream(folder_ + "/newer.txt") << "baron king\nbaron queen\n";
  EXPECT_EQ(run("train --resume new.ckpt --add-corpus newer.txt -o x.txt --epochs 1"), 0) << content("err");
  EXPECT_EQ(vectors("x.txt").size(), 31U);
}

TEST_F(AddedCorpus, MaxVocabularyCutsNewWordsAlone) {
  ASSERT_EQ(run("train --resume run.ckpt --add-corpus new.txt -o w.txt --epochs 1 --max-vocab 29"), 0) << content("err");
  EXPECT_EQ(vectors("w.txt").size(), 29U);
  ASSERT_EQ(run("train --resume run.ckpt --add-corpus new.txt -o w.txt --epochs 1 --max-vocab 2"), 0) << content("err");
  EXPECT_EQ(vectors("w.txt").size(), 28U) << content("w.txt").substr(0, 9) << "old words stay";
}

TEST_F(AddedCorpus, WhatDoesNotFitIsRefusedByName) {
  const auto refused = [&](const std::string& words, int status, const std::string& why) {
    EXPECT_EQ(run("train " + words), status) << words;
    EXPECT_NE(content("err").find(why), std::string::npos) << content("err");
    EXPECT_EQ(content("err").find('\n'), content("err").size() - 1) << content("err");
  };
  refused("corpus.txt --add-corpus new.txt -o w.txt", 2, "--add-corpus needs --resume FILE");
  refused("corpus.txt --resume run.ckpt --add-corpus new.txt -o w.txt", 2, "corpus.txt is given beside --add-corpus");
  refused("--resume run.ckpt --add-corpus new.txt", 2, "train needs -o");
  refused("--resume run.ckpt --add-corpus new.txt -o w.txt --dim 50", 2, "--dim 50 (it has 48)");
  refused("--resume run.ckpt --add-corpus new.txt -o w.txt --model cbow", 2, "--model cbow (it has skipgram)");
  refused("--resume run.ckpt --add-corpus new.txt -o w.txt --lowercase", 2, "--lowercase");
  refused("--resume run.ckpt --add-corpus new.txt -o w.txt --read-vocab vocab.txt", 2, "--read-vocab");
  refused("--resume run.ckpt --add-corpus none.txt -o w.txt --quiet", 1, "none.txt");
  refused("--resume run.ckpt --add-corpus new.txt -o new.txt --quiet", 2, "new.txt");
  std::ofstream(folder_ + "/strange.txt") << "altogether other words\n";
  refused("--resume run.ckpt --add-corpus strange.txt -o w.txt --quiet", 1,
          "no word in strange.txt is in the vocabulary to extend");
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/w.txt"));
}

}  // namespace
}  // namespace word2vec
