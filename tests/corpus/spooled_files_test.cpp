#include "corpus/io/spooled_files.h"

#include <sys/stat.h>

#include <thread>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "tests/corpus/compressed.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

class SpooledFilesTest : public Scratch {
 protected:
  /// A pipe into which `content` will be written, once.
  std::string pipe(const std::string& name, const std::string& content) {
    EXPECT_EQ(::mkfifo(path(name).c_str(), 0600), 0);
    writers_.emplace_back([file = path(name), content] { std::ofstream(file) << content; });
    return path(name);
  }
  ~SpooledFilesTest() override {
    for (std::thread& writer : writers_) writer.join();
  }
  std::vector<std::thread> writers_;
};

TEST_F(SpooledFilesTest, WhatIsReadOnceCanBeReadAgain) {
  const std::string file = write("file", "a file"), first = pipe("first", "one two"), empty = pipe("empty", "");
  std::vector<std::string> paths;
  {
    const SpooledFiles spooled({first, file, empty}, folder_);
    paths = spooled.paths();
    EXPECT_EQ(paths[1], file) << "needs no copy";
    for (int turn = 0; turn < 2; ++turn) {
      EXPECT_EQ(read_whole(paths[0]), "one two");
      EXPECT_EQ(read_whole(paths[2]), "");
    }
    EXPECT_EQ(source_name(paths[0]), first);
    EXPECT_EQ(source_name(paths[2]), empty);
    EXPECT_EQ(names(), (std::vector<std::string>{"empty", "file", "first"})) << "a copy has a name";
  }
  EXPECT_EQ(source_name(paths[0]), paths[0]);
  EXPECT_EQ(source_name("-"), "standard input");
}

TEST_F(SpooledFilesTest, MessagesNameTheSource) {
  const std::string packed = gzip_compressed(std::string(1000, 'a')), cut = pipe("cut", packed.substr(0, packed.size() - 9));
  const SpooledFiles spooled({cut}, folder_);
  expect_has(message_of<Error>([&] { read_whole(spooled.paths()[0]); }), cut);
}

TEST_F(SpooledFilesTest, BadFoldersAndSourcesAreErrors) {
  ASSERT_EQ(::mkfifo(path("p").c_str(), 0600), 0);
  expect_has(message_of<Error>([&] { SpooledFiles({path("p")}, path("none")); }), path("none"));
  EXPECT_EQ(SpooledFiles({path("missing")}, folder_).paths()[0], path("missing")) << "who reads it will say so";
}

}  // namespace
}  // namespace word2vec
