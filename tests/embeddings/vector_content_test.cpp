// A file's bytes, whatever kind of file it is; and one that changes while it is read.
#include "trainer/embeddings/vector_content.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "corpus/io/error.h"
#include "tests/corpus/compressed.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

/// All of a file, by both ways.
std::string whole(const std::string& path) {
  VectorContent content(path);
  content.finish();
  std::string parts;
  std::vector<char> buffer;
  for (std::size_t at = 0; at < content.size(); at += 70001)
    parts += content.read(at, std::min(content.size(), at + 70001), buffer);
  EXPECT_TRUE(content.bytes() == parts);
  return parts;
}

std::string text_of(std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>(i * 2654435761U >> 13);
  return "v" + text;
}

TEST(VectorContent, FilesOfEverySize) {
  const TemporaryFolder folder;
  EXPECT_EQ(whole(folder.file("f", "")), "");
  for (const std::size_t bytes : {0U, 1U, 65535U, 65536U, (4U << 20) - 1, 9U << 20}) {
    const std::string text = text_of(bytes);
    EXPECT_TRUE(whole(folder.file("f", text)) == text) << bytes;
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
    EXPECT_TRUE(whole(pipe) == text) << bytes;
    writer.join();
  }
}

TEST(VectorContent, TheHeadIsTheFirstLineOrSoMuch) {
  const TemporaryFolder folder;
  const auto head = [&](const std::string& text) { return VectorContent(folder.file("f", text)).head().size(); };
  EXPECT_EQ(head("a\n" + std::string(100000, 'x')), 65536U);
  EXPECT_EQ(head(std::string(100000, 'x') + "\n"), 100001U);
  EXPECT_EQ(head(std::string(3000000, 'x')), 1U << 20);
}

TEST(VectorContent, AFileThatIsCutMeanwhileIsAnError) {
  const TemporaryFolder folder;
  const std::string path = folder.file("f", text_of(10U << 20));
  VectorContent content(path);
  content.finish();
  std::filesystem::resize_file(path, 5U << 20);
  std::vector<char> buffer;
  EXPECT_EQ(message_of<Error>([&] { content.read(5U << 20, 6U << 20, buffer); }),
            path + ": ends at byte 5242880 but had 10485761 bytes when it was opened; wait until nothing writes to it");
  EXPECT_THROW(content.bytes(), Error);
}

TEST(VectorContent, CompressedByEachOfTheLibraries) {
  const TemporaryFolder folder;
  const std::string text = text_of(300000);
  for (const Compression compression : every_compression) {
    const std::string path = folder.file("f", compressed(compression, text));
    EXPECT_TRUE(whole(path) == text) << compression_name(compression);
    EXPECT_EQ(VectorContent(path).compression(), compression_name(compression));
  }
  EXPECT_EQ(VectorContent(folder.file("f", text)).compression(), "");
}

TEST(VectorContent, MissingFilesAndFolders) {
  const TemporaryFolder folder;
  EXPECT_THROW(VectorContent(folder.path("none")), Error);
  EXPECT_THROW(VectorContent(folder.path("")), Error);
}

}  // namespace
}  // namespace word2vec
