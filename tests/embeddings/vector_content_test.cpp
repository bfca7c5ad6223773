// A file's bytes, whatever kind of file it is; and one that changes while it is read.
#include "trainer/embeddings/vector_content.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

void take_all(std::string_view, const std::string&) {}

std::string text_of(std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>(i * 2654435761U >> 13);
  return "v" + text;
}

TEST(VectorContent, FilesOfEverySize) {
  const TemporaryFolder folder;
  EXPECT_EQ(VectorContent(folder.file("f", ""), take_all).bytes(), "");
  for (const std::size_t bytes : {0U, 1U, 65535U, 65536U, (4U << 20) - 1, 9U << 20}) {
    const std::string text = text_of(bytes);
    EXPECT_TRUE(VectorContent(folder.file("f", text), take_all).bytes() == text) << bytes;
  }
}

TEST(VectorContent, Pipes) {
  const TemporaryFolder folder;
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::size_t bytes : {0U, 65535U, 300000U}) {
    const std::string text = text_of(bytes);
    std::thread writer([&] {
      OutputFile output(pipe);
      output.write(text);
      output.commit();
    });
    EXPECT_TRUE(VectorContent(pipe, take_all).bytes() == text) << bytes;
    writer.join();
  }
}

TEST(VectorContent, TheCheckSeesTheBeginningAndMayRefuse) {
  const TemporaryFolder folder;
  const std::string path = folder.file("f", text_of(100000));
  std::size_t seen = 0;
  EXPECT_THROW(VectorContent(path,
                             [&](std::string_view head, const std::string& name) {
                               seen = head.size();
                               EXPECT_EQ(name, path);
                               throw Error("no");
                             }),
               Error);
  EXPECT_EQ(seen, 65536U);
}

TEST(VectorContent, AFileThatIsCutMeanwhileIsAnError) {
  const TemporaryFolder folder;
  const std::string path = folder.file("f", text_of(10U << 20));
  const std::string told = message_of<Error>(
      [&] { VectorContent(path, [&](std::string_view, const std::string&) { std::filesystem::resize_file(path, 5U << 20); }); });
  // The size is asked for before the check, so the cut shows.
  EXPECT_NE(told.find("f: ends at byte"), std::string::npos) << told;
}

TEST(VectorContent, MissingFilesAndFolders) {
  const TemporaryFolder folder;
  EXPECT_THROW(VectorContent(folder.path("none"), take_all), Error);
  EXPECT_THROW(VectorContent(folder.path(""), take_all), Error);
}

}  // namespace
}  // namespace word2vec
