// What a name's ending packs, the libraries themselves unpack again.
#include "trainer/embeddings/packed_file.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>
#include <iterator>
#include <random>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

std::string text_of(std::size_t bytes) {
  std::mt19937 random(3);
  std::string text(bytes, ' ');
  for (char& c : text) c = static_cast<char>('0' + random() % 10);
  return text;
}

void pack(const std::string& path, std::string_view content, std::size_t piece) {
  PackedFile file(path);
  for (; !content.empty(); content.remove_prefix(std::min(piece, content.size()))) file.write(content.substr(0, piece));
  file.commit();
}

std::string gunzipped(const std::string& path) {
  const gzFile file = ::gzopen(path.c_str(), "rb");
  EXPECT_NE(file, nullptr);
  EXPECT_EQ(::gzdirect(file), 0) << "not packed at all";
  std::string text, block(1 << 16, '\0');
  for (int got = 0; (got = ::gzread(file, block.data(), static_cast<unsigned>(block.size()))) > 0;)
    text.append(block, 0, static_cast<std::size_t>(got));
  EXPECT_EQ(::gzclose(file), Z_OK);
  return text;
}

std::string unzstd(const std::string& path, std::size_t most) {
  std::ifstream file(path, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(file), {}};
  std::string text(most + 1, '\0');
  const std::size_t size = ::ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
  EXPECT_EQ(::ZSTD_isError(size), 0U) << ::ZSTD_getErrorName(size);
  text.resize(size);
  return text;
}

TEST(PackedFile, EndingsAndPiecesOfEverySize) {
  const TemporaryFolder folder;
  for (const std::size_t bytes : {0U, 1U, 1000U, 3000000U}) {
    const std::string text = text_of(bytes);
    for (const std::size_t piece : {999U, 700000U}) {
      pack(folder.path("t.gz"), text, piece);
      EXPECT_EQ(gunzipped(folder.path("t.gz")), text);
      pack(folder.path("t.zst"), text, piece);
      EXPECT_EQ(unzstd(folder.path("t.zst"), bytes), text);
      pack(folder.path("t.txt"), text, piece);
      EXPECT_EQ(std::filesystem::file_size(folder.path("t.txt")), bytes);
      for (const char* const name : {"t.gz", "t.zst", "t.txt"}) EXPECT_EQ(read_whole(folder.path(name)), text);
    }
    EXPECT_LT(std::filesystem::file_size(folder.path("t.gz")), bytes / 2 + 100);
  }
}

TEST(PackedFile, UnfinishedLeavesTheOldFile) {
  const TemporaryFolder folder;
  folder.file("t.gz", "old");
  { PackedFile(folder.path("t.gz")).write("new"); }
  EXPECT_EQ(read_whole(folder.path("t.gz")), "old");
}

TEST(PackedFile, EndingsThatAreNotWritten) {
  for (const char* const name : {"x.bz2", "x.xz", "x.zip"}) {
    EXPECT_NE(message_of<UsageError>([&] { PackedFile{name}; }).find("use .gz or .zst"), std::string::npos) << name;
  }
  EXPECT_EQ(packed_ending("a.gz"), ".gz");
  EXPECT_EQ(packed_ending("a.gz.txt"), "");
}

}  // namespace
}  // namespace word2vec
