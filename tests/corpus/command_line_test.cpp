#include "corpus/cli/command_line.h"

#include <cmath>
#include <limits>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

using Words = std::vector<std::string>;

/// The options of a small command, with one of every kind.
struct Sample {
  Words files, lists;
  std::string output, name = "text";
  unsigned dim = 100;
  std::uint64_t big = 7;
  int shift = 0;
  float alpha = 0.05F;
  double sample = 1e-3;
  bool quiet = false;
  CommandLine line{{"train CORPUS... -o VECTORS [OPTIONS]", "Trains vectors.", "word2vec train text8 -o vectors.txt"}};

  Sample() {
    line.positional("corpus", &files);
    line.add()("output,o", po::value(&output)->required()->value_name("FILE"), "the vectors")(
        "name", po::value(&name)->default_value(name)->value_name("NAME"), "a name")(
        "dim", po::value(&dim)->default_value(dim)->value_name("N"), "1 to 4096")(
        "big", po::value(&big)->default_value(big)->value_name("N"), "words")(
        "shift", po::value(&shift)->default_value(shift)->value_name("N"), "either way")(
        "alpha", po::value(&alpha)->default_value(alpha)->value_name("X"), "learning rate")(
        "sample", po::value(&sample)->default_value(sample)->value_name("X"), "threshold")(
        "lists", po::value(&lists)->multitoken()->value_name("FILE..."), "several")("quiet,q", po::bool_switch(&quiet),
                                                                                    "no progress");
    line.missing({{"--checkpoint", "train in one go"}, {"--validate", "leave it out"}});
    line.allow_config();
  }
};

Sample parsed(const Words& words) {
  Sample command;
  EXPECT_TRUE(command.line.parse(words));
  return command;
}

std::string refusal(const Words& words) {
  return message_of<UsageError>([&] {
    Sample command;
    command.line.parse(words);
  });
}

TEST(CommandLine, ReadsEveryKindOfOption) {
  Sample c = {};
  ASSERT_TRUE(c.line.parse({"a", "-o", "v", "--dim=7", "--alpha", ".25", "--sample", "1e-4", "--big", "18446744073709551615",
                            "--shift", "-3", "-q", "b"}));
  EXPECT_EQ(c.files, (Words{"a", "b"}));
  EXPECT_EQ(c.output, "v");
  EXPECT_EQ(c.dim, 7U);
  EXPECT_EQ(c.alpha, 0.25F);
  EXPECT_EQ(c.sample, 1e-4);
  EXPECT_EQ(c.big, 18446744073709551615ULL);
  EXPECT_EQ(c.shift, -3);
  EXPECT_TRUE(c.quiet);
  EXPECT_EQ(c.name, "text");
  EXPECT_TRUE(c.line.given("dim"));
  EXPECT_FALSE(c.line.given("name"));
  EXPECT_FALSE(c.line.given("lists"));
  EXPECT_FALSE(c.line.given("no-such-option"));
}

TEST(CommandLine, TellsFilesFromOptions) {
  EXPECT_EQ(parsed({"-", "-o", "v"}).files, Words{"-"});
  EXPECT_EQ(parsed({"-o", "-"}).output, "-");
  EXPECT_EQ(parsed({"-ov"}).output, "v");
  EXPECT_EQ(parsed({"-o", "v", "--", "-x", "--dim", "--help", "--checkpoint"}).files,
            (Words{"-x", "--dim", "--help", "--checkpoint"}));
  const Sample c = parsed({"-o", "v", "--lists", "x", "y", "--quiet", "z"});
  EXPECT_EQ(c.lists, (Words{"x", "y"}));
  EXPECT_EQ(c.files, Words{"z"});
  EXPECT_EQ(parsed({"-o=x", "--name=--dim"}).name, "--dim");
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  expect_has(refusal({"-o", "v", "--dimm", "5"}), "unknown option --dimm; see word2vec train --help");
  expect_has(refusal({"-o", "v", "--di", "5"}), "unknown option --di");
  expect_has(refusal({"-o", "v", "-z"}), "unknown option -z");
  expect_has(refusal({"-o", "v", "-dim", "5"}), "unknown option -dim");
  expect_has(refusal({"-o", "v", "--corpus", "c"}), "unknown option --corpus");
  expect_has(refusal({"-o", "v", "--Dim", "5"}), "unknown option --Dim");
}

TEST(CommandLine, RefusesWhatIsRepeatedMissingOrOutOfPlace) {
  expect_has(refusal({"-o", "v", "--dim", "5", "--dim", "6"}), "--dim is given more than once");
  expect_has(refusal({"-o", "v", "-o", "w"}), "--output is given more than once");
  expect_has(refusal({"a"}), "--output is missing");
  expect_has(refusal({"a", "-o"}), "--output wants a value");
  expect_has(refusal({"-o", "v", "--dim"}), "--dim wants a value");
  expect_has(refusal({"-o", "v", "--dim="}), "--dim wants a value");
  expect_has(refusal({"-o", "v", "--dim", ""}), "--dim is ''");
  expect_has(refusal({"-o", "v", "--quiet=1"}), "--quiet takes no value");
  expect_has(refusal({"-o", "--quiet"}), "--output wants a value and --quiet follows");
  expect_has(refusal({"-o", "--quite"}),
             "--output wants a value and --quite follows; if that is the value write --output=--quite");
  CommandLine bare({"info", "Nothing.", "word2vec info"});
  expect_has(message_of<UsageError>([&] { bare.parse({"stray"}); }), "out of place");
}

TEST(CommandLine, RefusesMalformedNumbers) {
  for (const std::string bad : {"5x", "x", "5.0", "1e3", "0x10", " 5", "5 ", "--5", "+", "-"}) {
    expect_has(refusal({"-o", "v", "--dim=" + bad}), "--dim is " + bad + ": wants a whole number, 0 or more");
  }
  expect_has(refusal({"-o", "v", "--dim", "-5"}), "--dim is -5: wants a whole number, 0 or more");
  expect_has(refusal({"-o", "v", "--big=-1"}), "--big is -1: wants a whole number, 0 or more");
  expect_has(refusal({"-o", "v", "--shift", "1.5"}), "--shift is 1.5: wants a whole number");
  for (const std::string bad : {"abc", "nan", "inf", "1e999", "1,5", "0.1.2", "0x1p3", "1 "}) {
    expect_has(refusal({"-o", "v", "--sample", bad}), "--sample is " + bad + ": wants a number");
    expect_has(refusal({"-o", "v", "--alpha=" + bad}), "--alpha is " + bad + ": wants a number");
  }
  expect_has(refusal({"-o", "v", "--dim", "99999999999"}), "--dim");
  expect_has(refusal({"-o", "v", "--big", "18446744073709551616"}), "--big");
}

TEST(CommandLine, NegativeNumbersReachTheRangeCheck) {
  const Sample c = parsed({"-o", "v", "--alpha", "-1", "--sample=-2e-3"});
  EXPECT_EQ(c.alpha, -1.0F);
  EXPECT_EQ(c.sample, -2e-3);
  expect_has(message_of<UsageError>([&] { require_range("--alpha", double{c.alpha}, 0, 1); }),
             "--alpha is -1: wants a number from 0 to 1");
}

TEST(CommandLine, SaysWhatThisVersionDoesNotHave) {
  for (const Words& words : {Words{"--checkpoint", "f"}, Words{"-o", "v", "--checkpoint=f"}, Words{"a", "--checkpoint"}}) {
    EXPECT_EQ(refusal(words), "--checkpoint is not available in this version; train in one go");
  }
  expect_has(refusal({"--checkpoints"}), "unknown option --checkpoints");
}

TEST(CommandLine, HelpTellsEverything) {
  for (const Words& words : {Words{"--help"}, Words{"-h"}, Words{"a", "--dim", "x", "--help"}}) {
    Sample c;
    ::testing::internal::CaptureStdout();
    const bool run = c.line.parse(words);
    const std::string help = ::testing::internal::GetCapturedStdout();
    EXPECT_FALSE(run);
    for (const char* part :
         {"Usage: word2vec train CORPUS... -o VECTORS [OPTIONS]\n", "Trains vectors.", "-o, --output FILE", "--dim N",
          "1 to 4096 (default: 100)", "learning rate (default: 0.05)", "(default: 0.001)", "(default: text)", "-q, --quiet",
          "--config FILE", "-h, --help", "\n  word2vec train text8 -o vectors.txt\n"}) {
      EXPECT_NE(help.find(part), std::string::npos) << part << " is not in\n" << help;
    }
    EXPECT_EQ(help.find("--corpus"), std::string::npos) << "the hidden name of the arguments shows";
  }
}

TEST(CommandLine, HelpTellsAShortOptionWithoutALongName) {
  unsigned k = 10;
  CommandLine line{{"nearest VECTORS [OPTIONS]", "Nearest neighbours.", "word2vec nearest v"}};
  line.add()(",k", po::value(&k)->default_value(k)->value_name("N"), "how many");
  ::testing::internal::CaptureStdout();
  EXPECT_FALSE(line.parse({"--help"}));
  const std::string help = ::testing::internal::GetCapturedStdout();
  EXPECT_NE(help.find("\n  -k N  "), std::string::npos) << help;
}

TEST(CommandLine, TellsEffectiveValues) {
  Sample c;
  c.line.parse({"-o", "v", "--dim", "5", "--lists", "x", "y"});
  const auto rows = c.line.effective();
  const auto value = [&](const std::string& name) {
    for (const auto& [key, text] : rows) {
      if (key == name) return text;
    }
    return std::string("absent");
  };
  EXPECT_EQ(value("output"), "v");
  EXPECT_EQ(value("dim"), "5");
  EXPECT_EQ(value("alpha"), "0.05");
  EXPECT_EQ(value("sample"), "0.001");
  EXPECT_EQ(value("quiet"), "false");
  EXPECT_EQ(value("lists"), "x y");
  EXPECT_EQ(value("config"), "");
  EXPECT_EQ(value("help"), "absent");
}

class ConfigTest : public Scratch {
 protected:
  std::string refused(const std::string& content) { return refusal({"-o", "v", "--config", write("c.ini", content)}); }
};

TEST_F(ConfigTest, GivesOptionsAndTheCommandLineWins) {
  const std::string file = write("c.ini", "# a comment\ndim = 7\nquiet = true\nalpha = 0.5\noutput = w\n");
  const Sample c = parsed({"--config", file, "--alpha", "0.25"});
  EXPECT_EQ(c.dim, 7U);
  EXPECT_TRUE(c.quiet);
  EXPECT_EQ(c.output, "w");
  EXPECT_EQ(c.alpha, 0.25F);
  EXPECT_TRUE(c.line.given("dim"));
}

TEST_F(ConfigTest, IsCheckedAsTheCommandLineIs) {
  expect_has(refused("dimm = 5\n"), "unknown option dimm in " + path("c.ini"));
  expect_has(refused("corpus = 5\n"), "unknown option corpus");
  expect_has(refused("config = x\n"), "unknown option config");
  expect_has(refused("[train]\ndim = 5\n"), "unknown option train.dim");
  expect_has(refused("dim = -5\n"), "--dim is -5: wants a whole number, 0 or more, in " + path("c.ini"));
  for (const std::string line : {"dim 100", "%invalid_line%", "%%invalid_line%%!\x1B"})
    expect_has(refused(line + "\n"), "'" + line + "' is neither an option with its value nor a comment, in " + path("c.ini"));
  expect_has(refused("dim = 5\ndim = 6\n"), "more than once, in " + path("c.ini"));
  expect_has(refused("checkpoint = x\n"), "--checkpoint is not available");
  expect_has(refused("no equals sign\n"), path("c.ini"));
  expect_has(message_of<Error>([&] { parsed({"--config", path("none")}); }), path("none"));
}

TEST(Require, RangeHoldsItsEnds) {
  EXPECT_NO_THROW(require_range("--dim", 1, 1, 4096));
  EXPECT_NO_THROW(require_range("--dim", 4096, 1, 4096));
  expect_has(message_of<UsageError>([] { require_range("--dim", 4097, 1, 4096); }),
             "--dim is 4097: wants a number from 1 to 4096");
  EXPECT_THROW(require_range("--x", std::nan(""), 0, 1), UsageError);
  const double no_end = std::numeric_limits<double>::infinity();
  expect_has(message_of<UsageError>([&] { require_range("--x", -1, 0, no_end); }), "wants a number of 0 or more");
}

TEST(Require, ChoiceTellsThePlaceOrTheChoices) {
  EXPECT_EQ(require_choice("--model", "cbow", {"skipgram", "cbow"}), 1U);
  expect_has(message_of<UsageError>([] {
               require_choice("--model", "cbo", {"skipgram", "cbow"});
             }),
             "--model is cbo: wants one of skipgram, cbow");
  EXPECT_THROW(require_choice("--model", "", {"skipgram"}), UsageError);
}

}  // namespace
}  // namespace word2vec
