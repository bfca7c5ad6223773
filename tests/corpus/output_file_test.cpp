#include "corpus/io/output_file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using Names = std::vector<std::string>;

class OutputFileTest : public Scratch {
 protected:
  unsigned mode_of(const std::string& name) const {
    struct stat status {};
    EXPECT_EQ(::stat(path(name).c_str(), &status), 0);
    return status.st_mode & 07777U;
  }
};

TEST_F(OutputFileTest, WritesLargeAndSmallPieces) {
  std::string expected;
  OutputFile file(path("f"));
  for (std::size_t size : {0UL, 1UL, 262143UL, 262144UL, 262145UL, 1000000UL, 3UL}) {
    const std::string piece(size, static_cast<char>('a' + size % 26));
    expected += piece;
    file.write(piece);
  }
  EXPECT_TRUE(names().empty() || !std::filesystem::exists(path("f"))) << "visible before it is complete";
  file.commit();
  EXPECT_EQ(read(path("f")), expected);
  EXPECT_EQ(names(), Names{"f"});
}

TEST_F(OutputFileTest, WithoutCommitTheOldFileStaysAndNothingElse) {
  write("f", "old");
  {
    OutputFile file(path("f"));
    file.write(std::string(1 << 20, 'x'));
  }
  EXPECT_EQ(read(path("f")), "old");
  EXPECT_EQ(names(), Names{"f"});
  { OutputFile file(path("new")); }
  EXPECT_EQ(names(), Names{"f"});
}

TEST_F(OutputFileTest, PreparedFilesGetTheirNamesByCommitAlone) {
  write("f", "old");
  {
    OutputFile file(path("f")), other(path("g"));
    file.write("new");
    other.write(std::string(20 << 20, 'x'));
    file.prepare();
    other.prepare();
    EXPECT_EQ(read(path("f")), "old");
    file.commit();
    EXPECT_EQ(read(path("f")), "new");
  }
  EXPECT_EQ(names(), Names{"f"});  // what was prepared and not committed leaves nothing
}

TEST_F(OutputFileTest, KeepsTheModeOfTheOldFile) {
  write("f", "old");
  ::chmod(path("f").c_str(), 0640);
  write_whole(path("f"), "new");
  EXPECT_EQ(read(path("f")), "new");
  EXPECT_EQ(mode_of("f"), 0640U);
}

TEST_F(OutputFileTest, TakesTheModeOfANewFileFromTheMask) {
  const mode_t old = ::umask(027);
  write_whole(path("f"), "new");
  ::umask(old);
  EXPECT_EQ(mode_of("f"), 0640U);
}

TEST_F(OutputFileTest, FollowsLinksEvenChainsAndDanglingOnes) {
  std::filesystem::create_directory(path("sub"));
  write("sub/real", "old");
  std::filesystem::create_symlink("sub/real", path("second"));
  std::filesystem::create_symlink(path("second"), path("first"));
  std::filesystem::create_symlink("sub/later", path("dangling"));
  write_whole(path("first"), "new");
  write_whole(path("dangling"), "made");
  EXPECT_EQ(read(path("sub/real")), "new");
  EXPECT_EQ(read(path("sub/later")), "made");
  for (const char* link : {"first", "second", "dangling"}) EXPECT_TRUE(std::filesystem::is_symlink(path(link))) << link;
  EXPECT_EQ(names(), (Names{"dangling", "first", "second", "sub"}));
}

TEST_F(OutputFileTest, RefusesBeforeAnyWorkWhatCannotBeWritten) {
  expect_has(message_of<Error>([&] { OutputFile file(path("none/f")); }), path("none/f") + ": No such file or directory");
  expect_has(message_of<Error>([&] { OutputFile file(folder_); }), "Is a directory");
  expect_has(message_of<Error>([&] { OutputFile file(folder_ + "/"); }), "Is a directory");
  expect_has(message_of<Error>([&] { OutputFile file(path("new/")); }), path("new/"));
  expect_has(message_of<Error>([&] { OutputFile file(""); }), "''");
  write("file", "x");
  expect_has(message_of<Error>([&] { OutputFile file(path("file/f")); }), "Not a directory");
  std::filesystem::create_symlink("loop", path("loop"));
  EXPECT_THROW(OutputFile file(path("loop")), Error);
  if (::geteuid() == 0) return;  // root may write everywhere
  ::chmod(path("file").c_str(), 0444);
  expect_has(message_of<Error>([&] { OutputFile file(path("file")); }), "Permission denied");
  EXPECT_EQ(read(path("file")), "x");
}

TEST_F(OutputFileTest, AFullDiskIsAnError) {
  const std::string message = message_of<Error>([] { write_whole("/dev/full", "x"); });
  expect_has(message, "/dev/full: No space left on device; make room");
  EXPECT_THROW(
      {
        OutputFile file("/dev/full");
        file.write(std::string(1 << 20, 'x'));
      },
      Error);
}

TEST_F(OutputFileTest, ARefusedWriteLeavesTheOldFile) {
  write("f", "old");
  struct rlimit limit {};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const struct rlimit small { 1 << 16, limit.rlim_max };
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string message = message_of<Error>([&] { write_whole(path("f"), std::string(1 << 20, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, handler);
  expect_has(message, path("f") + ": File too large");
  EXPECT_EQ(read(path("f")), "old");
  EXPECT_EQ(names(), Names{"f"});
}

TEST_F(OutputFileTest, WritesToAPipeDirectly) {
  ASSERT_EQ(::mkfifo(path("p").c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] { got = read(path("p")); });
  const std::string content(700000, 'y');
  write_whole(path("p"), content);
  reader.join();
  EXPECT_EQ(got, content);
  EXPECT_TRUE(std::filesystem::is_fifo(path("p")));
}

TEST_F(OutputFileTest, StandardOutputRedirectedToAFileIsWrittenWhereItStands) {
  for (const std::string name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
    const int saved = ::dup(STDOUT_FILENO);
    const int file = ::open(write("f", "before ").c_str(), O_WRONLY | O_APPEND);
    std::fflush(stdout);
    ASSERT_EQ(::dup2(file, STDOUT_FILENO), STDOUT_FILENO);
    write_whole(name, "after");
    ::dup2(saved, STDOUT_FILENO);
    ::close(saved);
    ::close(file);
    EXPECT_EQ(read(path("f")), "before after") << name;
  }
}

TEST_F(OutputFileTest, AClosedDescriptorIsAnError) { EXPECT_THROW(OutputFile file("/dev/fd/999"), Error); }

TEST_F(OutputFileTest, TakesTheLongestNames) {
  const std::string name(255, 'n');
  write_whole(path(name), "x");
  EXPECT_EQ(read(path(name)), "x");
  EXPECT_EQ(names(), Names{name});
}

TEST_F(OutputFileTest, KnowsWhatItWouldReplace) {
  write("f", "x");
  std::filesystem::create_symlink("f", path("link"));
  EXPECT_TRUE(would_replace(path("f"), path("f")));
  EXPECT_TRUE(would_replace(path("link"), path("f")));
  EXPECT_TRUE(would_replace(path("f"), folder_ + "/./f"));
  EXPECT_TRUE(would_replace(path("new"), folder_ + "/./new")) << "neither is there yet";
  EXPECT_FALSE(would_replace(path("f"), path("new")));
  EXPECT_FALSE(would_replace(path("new"), path("newer")));
  EXPECT_FALSE(would_replace("/dev/null", "/dev/null"));
  EXPECT_FALSE(would_replace("-", "-"));
  EXPECT_FALSE(would_replace("", ""));
}

TEST_F(OutputFileTest, WorksInTheCurrentFolder) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_);
  write_whole("plain", "x");
  std::filesystem::current_path(before);
  EXPECT_EQ(read(path("plain")), "x");
}

}  // namespace
}  // namespace word2vec
