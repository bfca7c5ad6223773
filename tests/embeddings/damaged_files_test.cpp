// Vector files that lie, are cut, or are something else: an Error that names the path and the place, and no memory spent.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <random>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"
#include "trainer/embeddings/formats.h"

namespace word2vec {
namespace {

using namespace std::literals;

struct Damaged {
  std::string content;
  const char* told;  // a part of the message
};

void expect_refused(const std::vector<Damaged>& cases) {
  const TemporaryFolder folder;
  for (const Damaged& damaged : cases) {
    const std::string path = folder.file("vectors", damaged.content);
    const std::string message = message_of<Error>([&] { read_vectors(path); });
    EXPECT_NE(message.find(path), std::string::npos) << message;
    EXPECT_NE(message.find(damaged.told), std::string::npos) << message << "\nfor " << damaged.content.substr(0, 60);
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_NE(message.find("; "), std::string::npos) << "no remedy: " << message;
  }
}

TEST(DamagedFiles, Text) {
  expect_refused({
      {"2 3\na 1 2 3\nb 1 2\n", "vectors:3: found 2 numbers, expected 3"},
      {"2 3\na 1 2 3\nb 1 2 3 4\n", "vectors:3: found 4 numbers, expected 3"},
      {"2 2\na 1 2 3\nb 1 2 3\n", "vectors:2: found 3 numbers, expected 2"},
      {"2 2\na 1 2\nb 1 x\n", "vectors:3: found 'x', expected a number"},
      {"1 2\na 1 0x10\n", "found '0x10', expected a number"},
      {"1 2\na 1 1,5\n", "found '1,5'"},
      {"1 2\na 1 +-5\n", "found '+-5'"},
      {"2 2\na nan 1\nb 1 1\n", "vectors:2: found 'nan', expected a finite number"},
      {"2 2\na 1 1\nb 1 -inf\n", "vectors:3: found '-inf', expected a finite number"},
      {"1 1\na 1e39\n", "vectors:2: '1e39' does not fit"},
      {"1 1\na -1e999\n", "'-1e999' does not fit"},
      {"3 1\na 1\nb 2\n", "cut short: found 2 rows, expected 3"},
      {"1 1\na 1\nb 2\n", "vectors:3: more rows than the 1"},
      {"2 1\na 1\n\nb 2\n", "vectors:3: an empty line"},
      {"2 1\na 1\n 2\n", "vectors:3: the row starts with whitespace"},
      {"3 1\na 1\nb 2\na 3\n", "the word 'a' comes twice, in rows 1 and 3"},
      {"2 2\na\nb 1 2\n", "vectors:2: found 0 numbers, expected 2"},
  });
}

TEST(DamagedFiles, Glove) {
  expect_refused({
      {"the 1 2 3\nof 1 2\n", "vectors:2: found 2 numbers, expected 3 as line 1 says"},
      {"the 1 2 3\nof 1 2 3 4\n", "vectors:2: found 4 numbers, expected 3"},
      {"the 1 2\nof 1 x\n", "vectors:2: found 'x', expected a number"},
      {"the 1 2\nof the x 2\n", "vectors:2: found 'x', expected a number"},
      {"the 1 2\nof nan 2\n", "vectors:2: found 'nan', expected a finite number"},
      {"the 1 2\nof 1 1e39\n", "vectors:2: '1e39' does not fit"},
      {"the 1 2\n\nof 1 2\n", "vectors:2: an empty line"},
      {"the 1 2\n of 1 2\n", "vectors:2: the row starts with whitespace"},
      {"the 1 2\nof 1 2\nthe 1 2\n", "the word 'the' comes twice, in rows 1 and 3"},
      {"the 1 2\n" + std::string(70000, 'w') + " 1\n", "vectors:2: found 1 numbers"},
  });
}

TEST(DamagedFiles, Binary) {
  const std::string row = "\x01\x02\x03\x3d\x01\x02\x03\x3d";
  const std::string nan = "\x01\x02\x03\x3d\xff\xff\xff\x7f", infinity = "\x00\x00\x80\xff\x01\x02\x03\x3d"s;
  expect_refused({
      {"2 2\na " + row + "\nb " + row.substr(0, 7), "cut short"},
      {"2 2\na " + row + "\nb", "cut short"},
      {"2 2\nlonger " + row + "\nb" + row.substr(0, 5) + " ab", "byte 29: cut short within the numbers of row 2"},
      {"2 2\na " + row + "\nb " + row + "\nc", "byte 26: found 1 bytes after the last of 2 rows"},
      {"2 2\na " + row + "\nb " + row + "\n\n", "found 1 bytes after"},
      {"2 2\na " + row + "\n " + row + "\n ", "byte 15: expected the word of row 2, found ''"},
      {"2 2\na " + nan + "\nb " + row, "byte 10: found nan in row 1, expected a finite number"},
      {"2 2\na " + row + "\nb " + infinity, "byte 17: found -inf in row 2"},
      {"2 2\na " + row + "\na " + row + "\n", "the word 'a' comes twice"},
      {"2 1\na " + row + "\nb " + row + "\n", "the file is damaged"},
      {"1 2\n" + std::string(70000, 'w') + " " + row + "\x01", "without a space"},
      {"1 2\n" + std::string(100, '\x01'), "cut short within the word of row 1"},
  });
}

TEST(DamagedFiles, HeadersAndOtherKindsOfFiles) {
  expect_refused({
      {"", "empty"},
      {"\n", "not a vector file"},
      {"5\n", "not a vector file"},
      {"the 1234\nof 999\n", "a word and one number, as in a vocabulary"},
      {"0.5\t0.25\t-1\n", "numbers without a word, as in the vectors.tsv"},
      {"hello world\nmore text\n", "the first line is 'hello world'"},
      {"3 3", "cut short"},
      {"3 3\n", "cut short"},
      {"-5 3\na 1 2 3\n", "vectors:1: the header is '-5 3'"},
      {"5 -3\na 1 2 3\n", "the header is '5 -3'"},
      {"0 3\n", "the header is '0 3'"},
      {"1 0\na\n", "the header is '1 0'"},
      {"99999999999999999999999 3\na 1 2 3\n", "the header is '99999999999999999999999 3'"},
      {"\xBA\x16\x4F\x2F\x0c\x00\x00\x00"s, "a fastText .bin model"},
      {"\x1f\x8b\x08\x00\x00\x00\x00\x00"s, "gzip"},
      {"\x28\xb5\x2f\xfd\x04\x00\x00\x00"s, "zst"},
  });
}

TEST(DamagedFiles, MissingFilesAndFolders) {
  const TemporaryFolder folder;
  EXPECT_NE(message_of<Error>([&] { read_vectors(folder.path("none")); }).find(folder.path("none")), std::string::npos);
  EXPECT_THROW(read_vectors(folder.path("")), Error);
}

/// Holds the address space to what it is now and a little more, so that a large allocation fails even if it is never touched.
class MemoryLimit {
 public:
  MemoryLimit() {
    ::getrlimit(RLIMIT_AS, &before_);
    const auto pages = std::stoull(read_whole("/proc/self/statm"));
    const rlimit limit{pages * 4096 + (rlim_t{64} << 20), before_.rlim_max};
    ::setrlimit(RLIMIT_AS, &limit);
  }
  ~MemoryLimit() { ::setrlimit(RLIMIT_AS, &before_); }

 private:
  rlimit before_{};
};

TEST(DamagedFiles, AHeaderThatLiesCostsNoMemory) {
  const std::string text = "a 1 2 3\nb 1 2 3\n", binary = "a \x01\x02\x03\x3d\x01\x02\x03\x3d\x01\x02\x03\x3d\n";
  std::string many_short_rows = "50000 50000\nx";
  for (int i = 0; i < 50000; ++i) many_short_rows += " 1";
  for (int i = 1; i < 50000; ++i) many_short_rows += "\nw";
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const MemoryLimit limit;
#endif
  for (const std::string& rows : {text, binary}) {
    expect_refused({
        {"1000000000000 3\n" + rows, "cut short"},
        {"18446744073709551615 3\n" + rows, "cut short"},
        {"2 1000000000000\n" + rows, rows == text ? "expected 1000000000000" : "cut short"},
        {"2 18446744073709551615\n" + rows, rows == text ? "expected 18446744073709551615" : "cut short"},
        {"18446744073709551615 18446744073709551615\n" + rows, ""},
        {"4294967296 4294967296\n" + rows, ""},
    });
  }
  expect_refused({{many_short_rows, "vectors:3: found 0 numbers, expected 50000"}});
}

TEST(DamagedFiles, EveryCutOfAGoodFileIsRefused) {
  const TemporaryFolder folder;
  for (const char* const name : {"small.txt", "small.bin", "small_no_newline.bin"}) {
    const std::string whole = read_whole(golden(name));
    // Without its last newline a file still has all its rows; a text cut within its very last number cannot be told.
    const std::size_t first_whole = name == "small.txt"s ? whole.rfind(' ') + 2 : whole.size() - (whole.back() == '\n');
    for (std::size_t length = 0; length < first_whole; ++length) {
      const std::string path = folder.file("cut", whole.substr(0, length));
      EXPECT_THROW(read_vectors(path), Error) << name << " cut to " << length;
    }
  }
}

TEST(DamagedFiles, JunkIsRefusedWhateverItsHeader) {
  const TemporaryFolder folder;
  std::mt19937 random(9);
  for (int round = 0; round < 300; ++round) {
    std::string junk(4096, '\0');
    for (char& byte : junk) byte = static_cast<char>(random());
    EXPECT_THROW(read_vectors(folder.file("junk", junk)), Error);
    EXPECT_THROW(read_vectors(folder.file("junk", "100 8\n" + junk)), Error);
  }
}

}  // namespace
}  // namespace word2vec
