#include "corpus/io/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "corpus/io/error.h"
#include "tests/corpus/scratch.h"

namespace word2vec {
namespace {

using namespace std::literals;

class InputFileTest : public Scratch {};

TEST_F(InputFileTest, ReadsInPiecesOfAnySize) {
  const std::string text = "hello\0world"s;
  InputFile file(write("f", text));
  EXPECT_EQ(file.size(), text.size());
  EXPECT_EQ(file.name(), path("f"));
  std::vector<char> buffer(4);
  std::string all;
  while (const std::size_t got = file.read(buffer)) all.append(buffer.data(), got);
  EXPECT_EQ(all, text);
  EXPECT_EQ(file.read(buffer), 0U) << "the end stays the end";
}

TEST_F(InputFileTest, ReadsWhole) {
  const std::string text(200001, 'x');
  EXPECT_EQ(read_whole(write("f", text)), text);
  EXPECT_EQ(read_whole(write("e", "")), "");
}

TEST_F(InputFileTest, FillsTheBufferFromAPipeThatGivesLittleAtATime) {
  ASSERT_EQ(::mkfifo(path("p").c_str(), 0600), 0);
  std::thread writer([&] {
    const int descriptor = ::open(path("p").c_str(), O_WRONLY);
    for (const std::string part : {"ab", "cd", "ef"}) {
      EXPECT_EQ(::write(descriptor, part.data(), part.size()), 2);
      ::usleep(20000);
    }
    ::close(descriptor);
  });
  InputFile file(path("p"));
  EXPECT_EQ(file.size(), 0U);
  std::vector<char> buffer(5);
  EXPECT_EQ(file.read(buffer), 5U);
  EXPECT_EQ(file.read(buffer), 1U);
  EXPECT_EQ(file.read(buffer), 0U);
  writer.join();
}

TEST_F(InputFileTest, ReadsStandardInputAndLeavesItOpen) {
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open(write("f", "from stdin").c_str(), O_RDONLY);
  ASSERT_EQ(::dup2(file, STDIN_FILENO), STDIN_FILENO);
  EXPECT_EQ(read_whole("-"), "from stdin");
  EXPECT_EQ(InputFile("-").name(), "standard input");
  EXPECT_EQ(InputFile("-").size(), 0U);
  EXPECT_NE(::fcntl(STDIN_FILENO, F_GETFD), -1);
  ::dup2(saved, STDIN_FILENO);
  ::close(file);
  ::close(saved);
}

TEST_F(InputFileTest, NamesWhatCannotBeRead) {
  expect_has(message_of<Error>([&] { InputFile file(path("none")); }), path("none") + ": No such file or directory");
  expect_has(message_of<Error>([&] { InputFile file(folder_); }), folder_ + ": Is a directory");
  expect_has(message_of<Error>([&] { InputFile file(""); }), "No such file");
  if (::geteuid() == 0) return;  // root may read everything
  ::chmod(write("secret", "x").c_str(), 0);
  expect_has(message_of<Error>([&] { InputFile file(path("secret")); }), "Permission denied; check its permissions");
}

TEST(Compression, IsKnownByItsMagic) {
  const auto name = [](std::string_view head) { return std::string(compression_name(head) ? compression_name(head) : "none"); };
  EXPECT_EQ(name("\x1f\x8b\x08"sv), "gzip");
  EXPECT_EQ(name("BZh91AY&SY"sv), "bzip2");
  EXPECT_EQ(name("\xfd\x37zXZ\0"sv), "xz");
  EXPECT_EQ(name("\x28\xb5\x2f\xfd"sv), "zstd");
  EXPECT_EQ(name("PK\x03\x04"sv), "zip");
  for (const auto text : {""sv, "a"sv, "BZh"sv, "BZh9 is a word"sv, "\x1f"sv, "PK PK"sv}) EXPECT_EQ(name(text), "none") << text;
}

TEST(Compression, IsRefusedWithTheRemedy) {
  EXPECT_NO_THROW(refuse_compressed("text"sv, "f"));
  expect_has(message_of<Error>([] { refuse_compressed("\x28\xb5\x2f\xfd"sv, "f.zst"); }), "zstd -dc 'f.zst'");
  expect_has(message_of<Error>([] { refuse_compressed("PK\x03\x04"sv, "f.zip"); }), "unzip -p 'f.zip'");
  expect_has(message_of<Error>([] { refuse_compressed("\x1f\x8b"sv, "standard input"); }), "with gzip -dc");
}

}  // namespace
}  // namespace word2vec
