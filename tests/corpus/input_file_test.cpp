#include "corpus/io/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <thread>
#include <utility>

#include "corpus/io/error.h"
#include "tests/corpus/compressed.h"
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

TEST_F(InputFileTest, WhatIsCompressedIsToldByContentAndNotByName) {
  const std::string text = "some words\n";
  for (const Compression kind : every_compression) {
    EXPECT_EQ(read_whole(write("plain.txt", compressed(kind, text))), text) << compression_name(kind);
  }
  EXPECT_EQ(read_whole(write("f.gz", text)), text);
  EXPECT_EQ(read_whole(write("empty.gz", "")), "");
  EXPECT_EQ(read_whole(write("nothing.gz", gzip_compressed(""))), "");
}

TEST_F(InputFileTest, WhatTheToolsWriteIsRead) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += std::to_string(i * 7919 % 100003) + (i % 10 == 0 ? "\n" : " ");
  const std::string plain = write("t", text);
  for (const std::string tool : {"gzip -c", "pigz -c", "bzip2 -c", "bzip2 -1c", "xz -0c", "xz -0c -T2 --block-size=200000",
                                 "xz -0c --check=none", "zstd -qc", "zstd -qc --long=27", "zstd -qc --no-check", "pzstd -qc"}) {
    const std::string program = tool.substr(0, tool.find(' '));
    if (output_of("command -v " + program).empty()) continue;
    output_of(tool + " " + plain + " > " + path("packed"));
    EXPECT_TRUE(read_whole(path("packed")) == text) << tool;
  }
}

TEST_F(InputFileTest, CompressedPipesAreUnpackedToo) {
  const std::string text(100000, 'x');
  for (const Compression kind : every_compression) {
    ASSERT_EQ(::mkfifo(path("p").c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(path("p"), std::ios::binary) << compressed(kind, text); });
    EXPECT_EQ(read_whole(path("p")), text) << compression_name(kind);
    writer.join();
    ::unlink(path("p").c_str());
  }
}

TEST_F(InputFileTest, APipeThatIsOnlyOpenedKeepsItsBytes) {
  std::array<int, 2> ends;
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  ASSERT_EQ(::write(ends[1], "words", 5), 5);
  ::close(ends[1]);
  const std::string name = "/dev/fd/" + std::to_string(ends[0]);
  { const InputFile file(name); }
  EXPECT_EQ(read_whole(name), "words");
  ::close(ends[0]);
}

TEST_F(InputFileTest, SizeAndPositionAreThoseOfTheFile) {
  const std::string text(1000000, 'x'), packed = xz_compressed(text);
  for (const std::string& bytes : {text, packed}) {
    InputFile file(write("f", bytes));
    EXPECT_EQ(file.size(), bytes.size());
    EXPECT_EQ(file.position(), 0U);
    std::vector<char> buffer(1000);
    file.read(buffer);
    if (bytes == text) {
      EXPECT_EQ(file.position(), 1000U);
    } else {
      EXPECT_GT(file.position(), 0U);
      EXPECT_LE(file.position(), bytes.size());
    }
    while (file.read(buffer) != 0) {
    }
    EXPECT_EQ(file.position(), bytes.size());
  }
}

TEST_F(InputFileTest, MovesWithItsThread) {
  InputFile first(write("f", gzip_compressed(std::string(2000000, 'x'))));
  std::vector<char> buffer(1000000);
  EXPECT_EQ(first.read(buffer), buffer.size());
  InputFile second(std::move(first));
  EXPECT_EQ(second.read(buffer), buffer.size());
  EXPECT_EQ(second.read(buffer), 0U);
}

TEST_F(InputFileTest, CutAtAnyByteIsNeverASilentEnd) {
  for (const Compression kind : every_compression) {
    const std::string sound = compressed(kind, "some words, some words, and others\n");
    for (std::size_t size = 0; size < sound.size(); ++size) {
      const std::string file = write("f", sound.substr(0, size));
      try {
        EXPECT_EQ(read_whole(file), sound.substr(0, size));
        EXPECT_LT(size, 6U) << "so few bytes may be a text: " << compression_name(kind);
      } catch (const Error& error) {
        expect_has(error.what(), file + " ends at byte " + std::to_string(size));
      }
    }
  }
}

TEST_F(InputFileTest, ArchivesAreRefusedWhenOpenedAndInsideWhenRead) {
  const std::string tar = std::string(257, 'x') + "ustar\0"s + std::string(249, '\0');
  expect_has(message_of<Error>([&] { InputFile file(write("a.zip", "PK\x03\x04...")); }), "unzip -p '" + path("a.zip"));
  expect_has(message_of<Error>([&] { InputFile file(write("a.tar", tar)); }), "tar -xOf '" + path("a.tar"));
  for (const Compression kind : every_compression) {
    expect_has(message_of<Error>([&] { read_whole(write("a.tgz", compressed(kind, tar))); }),
               std::string(compression_name(kind)) + " -dc '" + path("a.tgz") + "' | tar -xOf -");
    expect_has(message_of<Error>([&] { read_whole(write("twice", compressed(kind, gzip_compressed("x")))); }), "holds gzip data");
  }
}

TEST_F(InputFileTest, LeavesOutAByteOrderMarkWhenAsked) {
  const auto text_after_mark = [&](const std::string& content) {
    InputFile file(write("f", content));
    std::string text = file.skip_byte_order_mark() ? "marked " : "bare ";
    std::vector<char> buffer(100);
    return text.append(buffer.data(), file.read(buffer));
  };
  EXPECT_EQ(text_after_mark("\xEF\xBB\xBFwords"), "marked words");
  EXPECT_EQ(text_after_mark(gzip_compressed("\xEF\xBB\xBFwords")), "marked words");
  EXPECT_EQ(text_after_mark("\xEF\xBBwords"), "bare \xEF\xBBwords");
  EXPECT_EQ(text_after_mark(""), "bare ");
  EXPECT_EQ(read_whole(write("f", "\xEF\xBB\xBFwords")), "\xEF\xBB\xBFwords") << "not every file is text";
  const auto message = [&](const std::string& content) { return message_of<Error>([&] { text_after_mark(content); }); };
  expect_has(message("\xFF\xFEw\0"s), path("f") + " is UTF-16 text");
  expect_has(message("\xFE\xFF\0w"s), "convert it with iconv -f UTF-16 -t UTF-8");
  expect_has(message("\xFF\xFE\0\0w\0\0\0"s), "iconv -f UTF-32");
  expect_has(message("\0\0\xFE\xFF\0\0\0w"s), "iconv -f UTF-32");
  expect_has(message(bzip2_compressed("\xFF\xFEw\0"s)), "bzip2 -dc | iconv -f UTF-16");
}

}  // namespace
}  // namespace word2vec
