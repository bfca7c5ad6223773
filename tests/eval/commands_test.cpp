// The three commands as a caller of the program sees them.
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "corpus/io/error.h"
#include "eval/analogy_command.h"
#include "eval/evaluate_command.h"
#include "eval/nearest_command.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class EvalCommandsTest : public Scratch {
 protected:
  EvalCommandsTest() { vectors_ = write("v.txt", "5 2\nking 1 0.1\nqueen 0.2 1\nman 1 -0.9\nwoman 0.3 0.2\napple -1 -1\n"); }

  /// Standard output of a command.
  std::string run(int (*command)(const std::vector<std::string>&), const std::vector<std::string>& words) {
    const int saved = ::dup(1);
    std::fflush(stdout);
    const std::string file = path("stdout");
    EXPECT_NE(std::freopen(file.c_str(), "w", stdout), nullptr);
    const auto restore = [&] {
      std::fflush(stdout);
      ::dup2(saved, 1);
      ::close(saved);
    };
    try {
      EXPECT_EQ(command(words), 0);
    } catch (...) {
      restore();
      throw;
    }
    restore();
    return read(file);
  }
  std::string vectors_;
};

TEST_F(EvalCommandsTest, AnalogyIsNearestOfItsExpression) {
  const std::string analogy = run(analogy_command, {vectors_, "man", "king", "woman", "--json"});
  EXPECT_EQ(analogy, run(nearest_command, {vectors_, "king - man + woman", "--json"}));
  const auto json = nlohmann::json::parse(analogy);
  EXPECT_EQ(json[0]["query"], "king - man + woman");
  EXPECT_EQ(json[0]["neighbors"].size(), 2U);
  EXPECT_EQ(json[0]["neighbors"][0]["word"], "queen");
  const auto product =
      nlohmann::json::parse(run(analogy_command, {vectors_, "man", "king", "woman", "--method", "3cosmul", "--json"}));
  EXPECT_EQ(product[0]["neighbors"][0]["word"], "queen");
}

TEST_F(EvalCommandsTest, ABatchComesFromAFile) {
  const std::string tsv = run(nearest_command, {vectors_, "--queries", write("q", "king\nwoman - man\n"), "-k", "1", "--tsv"});
  EXPECT_EQ(std::count(tsv.begin(), tsv.end(), '\n'), 2);
  EXPECT_EQ(tsv.find("woman - man\tqueen\t") != std::string::npos, true) << tsv;
  const auto json =
      nlohmann::json::parse(run(analogy_command, {vectors_, "--queries", write("a", "man king woman\n"), "--json"}));
  EXPECT_EQ(json[0]["query"], "king - man + woman");
  expect_has(message_of<Error>([&] { analogy_command({vectors_, "--queries", write("b", "man king\n")}); }), path("b") + ":1");
}

TEST_F(EvalCommandsTest, MoreNeighboursThanWordsAndRowsOfZeros) {
  const std::string zeros = write("z.txt", "3 2\nking 1 0\nzero 0 0\nqueen 1 1\n");
  for (const char* metric : {"cosine", "dot", "euclidean"}) {
    const std::string tsv = run(nearest_command, {zeros, "king", "-k", "18446744073709551615", "--metric", metric, "--tsv"});
    EXPECT_EQ(std::count(tsv.begin(), tsv.end(), '\n'), 2) << tsv;
    EXPECT_EQ(tsv.find("nan"), std::string::npos) << tsv;
  }
  const std::string product = run(analogy_command, {zeros, "zero", "zero", "king", "--method", "3cosmul", "--tsv"});
  EXPECT_NE(product.find("\tqueen\t"), std::string::npos) << product;
  EXPECT_EQ(product.find("nan"), std::string::npos) << product;
  const std::string questions = write("q", ": s\nzero zero king queen\nking queen king zero\n");
  EXPECT_NE(run(evaluate_command, {zeros, "--analogies", questions}).find("100.00%"), std::string::npos);
  expect_has(message_of<Error>([&] { nearest_command({zeros, "zero"}); }), "no direction");
}

TEST_F(EvalCommandsTest, UnknownWordsOfEveryKind) {
  const std::string words = write("u.txt", "2 1\ncaf\xC3\xA9 1\n\xE4\xB8\xAD\xE5\x9B\xBD 2\n");
  const auto refusal = [&](const std::string& word) { return message_of<Error>([&] { nearest_command({words, word}); }); };
  expect_has(refusal("cafe"), "did you mean 'caf\xC3\xA9'?");
  expect_has(refusal("\xE4\xB8\xAD\xE6\x96\x87"), "did you mean '\xE4\xB8\xAD\xE5\x9B\xBD'?");
  expect_has(refusal("\xFF\xFE"), "is not among the vectors");
  EXPECT_LT(refusal(std::string(100000, 'x')).size(), 300U);
}

TEST_F(EvalCommandsTest, RefusesWrongUse) {
  const auto refuses = [](int (*command)(const std::vector<std::string>&), const std::vector<std::string>& words,
                          const char* part) { expect_has(message_of<UsageError>([&] { command(words); }), part); };
  refuses(nearest_command, {}, "no vectors");
  refuses(nearest_command, {vectors_, "king", "-k", "0"}, "-k is 0");
  refuses(nearest_command, {vectors_, "king", "-k", "-3"}, "-k is -3: wants a whole number");
  refuses(nearest_command, {vectors_, "king", "-k", "18446744073709551616"}, "-k is 18446744073709551616: is too large");
  refuses(nearest_command, {vectors_, "king", "--metric", "l1"}, "--metric is l1");
  refuses(nearest_command, {vectors_, "king", "--json", "--tsv"}, "choose one");
  refuses(nearest_command, {vectors_, "king", "--queries", "q"}, "choose one");
  refuses(nearest_command, {vectors_, "king -"}, "ends with a sign");
  refuses(analogy_command, {vectors_, "king", "man"}, "three words");
  refuses(analogy_command, {vectors_, "a", "b", "c", "--method", "x"}, "--method is x");
  refuses(analogy_command, {vectors_, "a", "b", "c", "--method", "3cosmul", "--metric", "dot"}, "3cosmul");
  refuses(evaluate_command, {vectors_}, "--analogies FILE");
  refuses(evaluate_command, {"--similarity", "s"}, "VECTORS");
  refuses(evaluate_command, {vectors_, "--similarity", "s", "--errors", "e"}, "--analogies FILE");
  refuses(evaluate_command, {vectors_, "--analogies", "q", "--errors", "e", "--json", "./e"}, "name another file for one");
  refuses(evaluate_command, {vectors_, "--analogies", "q", "--case", "upper"}, "--case is upper");
  refuses(evaluate_command, {vectors_, "--analogies", "q", "--html", vectors_}, "which is read here");
  refuses(evaluate_command, {vectors_, "--analogies", "q", "--html", "x", "--json", "x"}, "--json and --html are both x");
  refuses(evaluate_command, {vectors_, "--analogies", "q", "--html", "-", "--errors", "-"}, "--html and --errors are both -");
  expect_has(message_of<Error>([&] { nearest_command({vectors_, "kign"}); }), "did you mean 'king'");
}

TEST_F(EvalCommandsTest, EvaluatesSeveralFiles) {
  const std::string first = write("q1", ": s\nman king woman queen\n"),
                    second = write("q2", ": gram\nman king woman apple\nx y z w\n");
  const std::string pairs = write("p", "king queen 3\nking man 9\napple king 1\nnone king 1\n");
  const std::string table = run(evaluate_command, {vectors_, "--analogies", first, second, "--analogies", first, "--similarity",
                                                   pairs, "--json", path("e.json")});
  EXPECT_NE(table.find("100.00%"), std::string::npos);
  const auto json = nlohmann::json::parse(read(path("e.json")));
  ASSERT_EQ(json["analogies"].size(), 3U);
  EXPECT_EQ(json["analogies"][0]["total"]["correct"], 1);
  EXPECT_EQ(json["analogies"][0]["restrict"], 30000);
  EXPECT_EQ(json["analogies"][1]["syntactic"]["skipped"], 1);
  EXPECT_EQ(json["similarity"][0]["used"], 3);
  EXPECT_EQ(nlohmann::json::parse(run(evaluate_command, {vectors_, "--analogies", first, "--json", "-"}))["dim"], 2);
}

TEST_F(EvalCommandsTest, SeveralVectorFilesStandSideBySide) {
  const std::string other = write("w.txt", "4 2\nking 1 0.1\nqueen -1 0.2\nman 1 -0.9\nwoman 0.3 0.2\n");
  const std::string questions = write("q", ": s\nman king woman queen\nman king woman apple\n");
  const std::string pairs = write("p", "king queen 3\nking man 9\napple king 1\nwoman man 2\n");
  const std::string table = run(evaluate_command, {vectors_, other, "--analogies", questions, "--similarity", pairs, "--json",
                                                   path("e.json"), "--errors", path("e.tsv")});
  EXPECT_NE(table.find("file 2: " + other), std::string::npos);
  const auto json = nlohmann::json::parse(read(path("e.json")));
  ASSERT_EQ(json["files"].size(), 2U);
  EXPECT_EQ(json["files"][0]["analogies"][0]["total"]["asked"], 1);  // the second file has no apple
  EXPECT_EQ(json["files"][0]["analogies"][0]["known"], 2);
  EXPECT_EQ(json["files"][1]["similarity"][0]["used"], 3);
  EXPECT_EQ(json["comparison"]["analogies"][0]["pairs"][0]["total"]["asked"], 1);
  const std::string list = read(path("e.tsv"));
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 5);
  EXPECT_NE(list.find("\tskipped\t"), std::string::npos);
}

TEST_F(EvalCommandsTest, EvaluatesIntoAPage) {
  const std::string questions = write("q", ": s\nman king woman queen\n");
  run(evaluate_command, {vectors_, vectors_, "--analogies", questions, "--html", path("e.html")});
  const std::string page = read(path("e.html"));
  EXPECT_EQ(page.rfind("<!DOCTYPE html>", 0), 0U);
  for (const char* part : {"\"comparison\"", "\"relations\"", "\"queen\""}) EXPECT_NE(page.find(part), std::string::npos) << part;
  EXPECT_EQ(run(evaluate_command, {vectors_, vectors_, "--analogies", questions, "--html", "-"}), page);
}

TEST_F(EvalCommandsTest, AFailedEvaluationLeavesTheOldReport) {
  const std::string kept = write("e.json", "precious");
  expect_has(message_of<Error>([&] {
               evaluate_command({vectors_, "--analogies", write("q", ": s\na b c\n"), "--json", kept});
             }),
             path("q") + ":2");
  const std::string questions = write("q", ": s\nman king woman queen\n");
  for (const std::string& read_too : {questions, vectors_}) {
    expect_has(message_of<UsageError>([&] {
                 evaluate_command({vectors_, "--analogies", questions, "--json", read_too});
               }),
               "which is read here; name another file");
  }
  EXPECT_EQ(read(kept), "precious");
  EXPECT_EQ(names(), (std::vector<std::string>{"e.json", "q", "v.txt"}));
}

}  // namespace
}  // namespace word2vec
