#include "corpus/io/corpus_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

class CorpusFilesTest : public Scratch {
 protected:
  CorpusFilesTest() { fs::create_directories(path("t/a/deep")); }
  Paths paths(const Paths& names) const {
    Paths all;
    for (const std::string& name : names) all.push_back(path(name));
    return all;
  }
  CorpusFiles find(const Paths& names, const Paths& otherwise = {}) const {
    return find_corpus_files(paths(names), paths(otherwise));
  }
};

TEST_F(CorpusFilesTest, AFoldersFilesComeInBytewiseOrderOfTheirPaths) {
  for (const char* name : {"t/b", "t/B", "t/a/x", "t/a.txt", "t/a-b", "t/a/deep/y", "t/10", "t/9", "t/\xC3\xA4"})
    write(name, "x");
  const Paths expected = paths({"t/10", "t/9", "t/B", "t/a-b", "t/a.txt", "t/a/deep/y", "t/a/x", "t/b", "t/\xC3\xA4"});
  EXPECT_EQ(find({"t"}).files, expected);
  std::string listed;
  for (const std::string& file : expected) listed += file + "\n";
  EXPECT_EQ(output_of("find -L " + path("t") + " -type f | LC_ALL=C sort"), listed);
  EXPECT_EQ(find({"t/"}).files, expected) << "no // in a path";
  EXPECT_EQ(find({"t"}).hidden, 0U);
  EXPECT_EQ(left_out(find({"t"})), "");
}

TEST_F(CorpusFilesTest, WhatIsNoFolderStaysAsGiven) {
  write("t/x", "x");
  write("f", "x");
  EXPECT_EQ(find_corpus_files({"-", path("f"), path("none"), path("t"), path("f")}, {}).files,
            (Paths{"-", path("f"), path("none"), path("t/x"), path("f")}));
}

TEST_F(CorpusFilesTest, HiddenFilesAndThoseThatAreNoTextAreLeftOutAndCounted) {
  fs::create_directory(path("t/.git"));
  for (const char* name : {"t/x", "t/.hidden", "t/.git/config"}) write(name, "x");
  ASSERT_EQ(::mkfifo(path("t/pipe").c_str(), 0600), 0);
  fs::create_symlink("/dev/null", path("t/null"));
  const CorpusFiles found = find({"t"});
  EXPECT_EQ(found.files, paths({"t/x"}));
  EXPECT_EQ(left_out(found), "2 hidden, 2 pipes, sockets or devices");
  EXPECT_EQ(find({"t/.git"}).files, paths({"t/.git/config"})) << "it was asked for";
}

TEST_F(CorpusFilesTest, LinksAreFollowedAndEachFileIsTakenOnce) {
  write("t/a/x", "x");
  write("elsewhere", "x");
  fs::create_symlink(path("elsewhere"), path("t/link"));
  fs::create_symlink(path("t"), path("t/a/loop"));
  fs::create_symlink("../../a", path("t/a/deep/loop"));
  fs::create_symlink("a", path("t/z"));
  fs::create_hard_link(path("t/a/x"), path("t/same"));
  const CorpusFiles found = find({"t"});
  EXPECT_EQ(found.files, paths({"t/a/x", "t/link"}));
  EXPECT_EQ(left_out(found), "4 links to what is read already");
  EXPECT_EQ(find({"t", "t"}).files.size(), 4U) << "named twice is read twice";
}

TEST_F(CorpusFilesTest, ThisRunsOwnFilesAreNoCorpus) {
  for (const char* name : {"t/x", "t/vectors", "t/held-out", "target"}) write(name, "x");
  fs::create_symlink(path("t/vectors"), path("output"));
  const CorpusFiles found = find({"t"}, {"output", "t/./held-out", "t/none"});
  EXPECT_EQ(found.files, paths({"t/x"}));
  EXPECT_EQ(left_out(found), path("t/held-out") + " (this run's own), " + path("t/vectors") + " (this run's own)");
}

TEST_F(CorpusFilesTest, ErrorsNameTheFolder) {
  expect_has(message_of<Error>([&] { find({"t"}); }), "no text files in the folder " + path("t") + "; name files");
  write("t/.hidden", "x");
  expect_has(message_of<Error>([&] { find({"t"}); }), "(left out: 1 hidden)");
  fs::create_symlink("nowhere", path("t/broken"));
  expect_has(message_of<Error>([&] { find({"t"}); }), path("t/broken") + ": No such file or directory");
  fs::remove(path("t/broken"));
  fs::create_symlink("itself", path("t/itself"));
  expect_has(message_of<Error>([&] { find({"t"}); }), path("t/itself") + ": Too many levels of symbolic links");
  fs::remove(path("t/itself"));
  if (::geteuid() == 0) return;  // root may read everything
  fs::permissions(path("t/a"), fs::perms::none);
  const std::string message = message_of<Error>([&] { find({"t"}); });
  fs::permissions(path("t/a"), fs::perms::owner_all);
  expect_has(message, "cannot read the folder " + path("t/a/") + ": Permission denied; check its permissions");
}

}  // namespace
}  // namespace word2vec
