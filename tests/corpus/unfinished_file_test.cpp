// What killed runs leave is removed, and nothing else: not what a living run holds, not a user's file.
#include "corpus/io/unfinished_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/io/output_file.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using Names = std::vector<std::string>;

class UnfinishedFileTest : public Scratch {
 protected:
  /// The name of a dead run's file, without what the host's name is followed by.
  std::string dead(const std::string& name, const std::string& numbers) const {
    std::string made = std::filesystem::path(unfinished_name(folder_, name)).filename();
    made.resize(made.rfind('-', made.rfind('-') - 1));
    return made + numbers;
  }
};

TEST_F(UnfinishedFileTest, ThatOfALivingRunStaysUntilItEnds) {
  std::string made;
  const int descriptor = create_unfinished(folder_, "v.txt", 0600, &made);
  ASSERT_GE(descriptor, 0);
  remove_abandoned(folder_);
  EXPECT_EQ(names().size(), 1U);
  ::close(descriptor);  // as when the process is killed
  remove_abandoned(folder_);
  EXPECT_EQ(names(), Names{});
}

TEST_F(UnfinishedFileTest, TheNextRunThatWritesThereRemovesThem) {
  const std::string half = dead("v.txt", "-1-0");
  write(half, "half");
  write(dead("other", "-4194303-12"), "half");
  OutputFile file(path("v.txt"));
  EXPECT_FALSE(std::filesystem::exists(path(half)));
  file.commit();
  EXPECT_EQ(names(), Names{"v.txt"});
}

TEST_F(UnfinishedFileTest, FilesOfOtherNamesAndKindsStay) {
  const std::string half = dead("v.txt", "-1-0");
  const Names users = {dead("v.txt", ""),
                       dead("v.txt", "-1"),
                       dead("v.txt", "-1-"),
                       dead("v.txt", "-1-x"),
                       dead("v.txt", "-1-0.x"),
                       ".v.txt.1-0",
                       ".v.txt.word2vec-anotherhost-1-0",
                       half.substr(1),
                       half.substr(6)};
  for (const std::string& name : users) write(name, "a user's");
  write("target", "a user's");
  std::filesystem::create_symlink("target", path(dead("link", "-1-0")));
  std::filesystem::create_directory(path(dead("folder", "-1-0")));
  ASSERT_EQ(::mkfifo(path(dead("pipe", "-1-0")).c_str(), 0600), 0);
  const Names before = names();
  remove_abandoned(folder_);
  EXPECT_EQ(names(), before);
  EXPECT_EQ(read(path("target")), "a user's");
  remove_abandoned(path("none"));  // says nothing
}

TEST_F(UnfinishedFileTest, NamesAreNewAndShortEnough) {
  const std::string name(255, 'n'), first = unfinished_name(folder_, name);
  EXPECT_NE(first, unfinished_name(folder_, name));
  const int descriptor = ::open(first.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
  EXPECT_GE(descriptor, 0);
  ::close(descriptor);
  remove_abandoned(folder_);
  EXPECT_EQ(names(), Names{});
}

}  // namespace
}  // namespace word2vec
