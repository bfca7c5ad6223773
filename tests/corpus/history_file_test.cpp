#include "corpus/cli/history_file.h"

#include <sys/stat.h>

#include <cstdlib>

#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class HistoryFileTest : public Scratch {
 protected:
  HistoryFileTest() { ::setenv("XDG_STATE_HOME", path("state").c_str(), 1); }
  ~HistoryFileTest() override { ::unsetenv("XDG_STATE_HOME"); }

  static unsigned mode(const std::string& file) {
    struct stat status {};
    EXPECT_EQ(::stat(file.c_str(), &status), 0);
    return status.st_mode & 0777U;
  }
  std::string file_ = path("state/word2vec/x");
};

TEST_F(HistoryFileTest, KeepsLinesForTheirOwnerAlone) {
  EXPECT_TRUE(HistoryFile("x").lines().empty());
  HistoryFile("x").add("caf\xC3\xA9");
  HistoryFile("x").add("b c");
  EXPECT_EQ(HistoryFile("x").lines(), (std::vector<std::string>{"caf\xC3\xA9", "b c"}));
  EXPECT_EQ(mode(file_), 0600U);
  EXPECT_EQ(mode(path("state/word2vec")), 0700U);
  EXPECT_TRUE(HistoryFile("y").lines().empty());
}

TEST_F(HistoryFileTest, IsCutWhenItHasGrownLong) {
  std::size_t lines = 0;
  for (; lines < 2 * HistoryFile::most_lines; ++lines) HistoryFile("x").add(std::to_string(lines));
  EXPECT_EQ(HistoryFile("x").lines().size(), HistoryFile::most_lines);
  EXPECT_EQ(read(file_).rfind("0\n", 0), 0U);
  HistoryFile("x").add("last");
  const auto found = HistoryFile("x").lines();
  EXPECT_EQ(found.size(), HistoryFile::most_lines);
  EXPECT_EQ(found.back(), "last");
  const std::string content = read(file_);
  EXPECT_EQ(content.rfind(std::to_string(HistoryFile::most_lines + 1) + "\n", 0), 0U);
  EXPECT_EQ(mode(file_), 0600U);
}

TEST_F(HistoryFileTest, IsNoConditionOfAnything) {
  for (const char* state : {"/dev/null", "relative", ""}) {
    ::setenv("XDG_STATE_HOME", state, 1);
    ::setenv("HOME", "/dev/null", 1);
    HistoryFile("x").add("line");
    EXPECT_TRUE(HistoryFile("x").lines().empty());
  }
  EXPECT_TRUE(names().empty());
}

}  // namespace
}  // namespace word2vec
