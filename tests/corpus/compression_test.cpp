#include "corpus/io/compression.h"

#include "corpus/io/error.h"
#include "tests/corpus/compressed.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

TEST(CompressionTest, IsKnownByWhatTheLibrariesWrite) {
  for (const Compression kind : every_compression) {
    for (const std::string text : {"", "some words"}) {
      EXPECT_EQ(recognise_compression(compressed(kind, text)), kind) << compression_name(kind) << text;
    }
  }
}

TEST(CompressionTest, IsKnownByItsMagic) {
  const auto name = [](std::string_view head) { return std::string(compression_name(recognise_compression(head))); };
  EXPECT_EQ(name("\x1f\x8b\x08"sv), "gzip");
  EXPECT_EQ(name("BZh91AY&SY..."sv), "bzip2");
  EXPECT_EQ(name("\xfd\x37zXZ\0..."sv), "xz");
  EXPECT_EQ(name("\x28\xb5\x2f\xfd..."sv), "zstd");
  EXPECT_EQ(name("\x50\x2a\x4d\x18..."sv), "zstd") << "a frame to be skipped comes first in what pzstd writes";
  EXPECT_EQ(name("\x5f\x2a\x4d\x18..."sv), "zstd");
  // All that is left of a file that was cut.
  EXPECT_EQ(name("BZh91A"sv), "bzip2");
  EXPECT_EQ(name("\xfd\x37"sv), "xz");
  EXPECT_EQ(name("\x28\xb5\x2f"sv), "zstd");
  for (const auto text : {""sv, "a"sv, "BZh"sv, "BZh9"sv, "BZh9 is a word"sv, "BZh91 is one more"sv, "\x1f"sv, "(\xb5"sv,
                          "(\xb5/ is Latin-1"sv, "P*M"sv, "PK PK"sv, "\xfd"sv})
    EXPECT_EQ(name(text), "none") << text;
}

TEST(CompressionTest, RefusesArchivesWithTheCommandThatUnpacks) {
  const auto message = [](std::string_view head, const char* name, Compression inside) {
    return message_of<Error>([&] { refuse_archive(head, name, inside); });
  };
  const std::string tar = std::string(257, 'x') + "ustar  " + std::string(248, '\0');
  const Compression none = Compression::none, gzip = Compression::gzip;
  EXPECT_EQ(message("PK\x03\x04..."sv, "a.zip", none),
            "a.zip is a zip archive, which is not read here; unpack it first: unzip -p 'a.zip' > unpacked.txt");
  expect_has(message("7z\xbc\xaf\x27\x1c"sv, "it's.7z", none), R"(7z x -so 'it'\''s.7z' > unpacked.txt)");
  expect_has(message("Rar!\x1a\x07"sv, "a", none), "unrar p -inul 'a'");
  expect_has(message(tar, "a.tar", none), "tar -xOf 'a.tar' > unpacked.txt");
  EXPECT_EQ(message(tar, "standard input", none),
            "standard input is a tar archive, which is not read here; unpack it on the way: tar -xOf -");
  EXPECT_EQ(message(tar, "a.tgz", gzip),
            "a.tgz holds a tar archive, which is not read here; unpack it first: gzip -dc 'a.tgz' | tar -xOf - > unpacked.txt");
  expect_has(message("\x1f\x8b"sv, "a.gz.zst", Compression::zstd), "zstd -dc 'a.gz.zst' | gzip -dc > unpacked.txt");
  expect_has(message("PK\x03\x04"sv, "standard input", none), "save it to a file and unpack that: unzip -p FILE");
  expect_has(message("PK\x03\x04"sv, "a.gz", gzip), "unzip -p FILE");
  for (const auto text : {""sv, "PK"sv, "text that says ustar"sv, "Rar! he said"sv}) EXPECT_NO_THROW(refuse_archive(text, "f"));
}

}  // namespace
}  // namespace word2vec
