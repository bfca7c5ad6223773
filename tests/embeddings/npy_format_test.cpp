// numpy arrays: the bytes written, every order and type that is read, and headers and sizes that are wrong.
#include "trainer/embeddings/npy_format.h"

#include <gtest/gtest.h>

#include <bit>

#include "corpus/io/error.h"
#include "tests/embeddings/saved_vectors.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

using namespace std::literals;

/// A header of this text, padded as numpy does, for version 1.
std::string npy(std::string header, const std::string& data) {
  header.append(63 - (10 + header.size()) % 64, ' ').append("\n");
  return "\x93NUMPY\x01\x00"s + static_cast<char>(header.size() & 0xFF) + static_cast<char>(header.size() >> 8) + header + data;
}

std::string described(const std::string& type, const std::string& shape, bool by_columns = false) {
  return "{'descr': '" + type + "', 'fortran_order': " + (by_columns ? "True" : "False") + ", 'shape': " + shape + ", }";
}

template <class Number>
std::string bytes_of(std::initializer_list<Number> numbers, bool turned = false) {
  std::string bytes;
  for (const Number number : numbers) {
    std::string one(reinterpret_cast<const char*>(&number), sizeof number);
    if (turned) std::ranges::reverse(one);
    bytes += one;
  }
  return bytes;
}

const std::string two_rows = bytes_of<float>({1, -2, 0.5F, 3});

struct Npy : testing::Test {
  TemporaryFolder folder;

  void SetUp() override { folder.file("v.vocab.txt", "a\nb\n"); }
  Embeddings read(const std::string& content) { return read_vectors(folder.file("v.npy", content)).embeddings; }
  std::string refusal(const std::string& content) {
    return message_of<Error>([&] { read(content); });
  }
};

TEST_F(Npy, WritesNumpysHeaderAndTheWordsBeside) {
  save(folder.path("o.npy"), VectorFormat::npy, {"a b", "\xff"}, matrix_of({{1, -2}, {0.5F, 3}}));
  const std::string whole = read_whole(folder.path("o.npy"));
  EXPECT_EQ(whole, npy(described("<f4", "(2, 2)"), two_rows));
  EXPECT_EQ((whole.size() - two_rows.size()) % 64, 0U);
  EXPECT_EQ(read_whole(folder.path("o.vocab.txt")), "a b\n\xff\n");
}

TEST_F(Npy, EveryTypeAndOrder) {
  const Matrix expected = matrix_of({{1, -2}, {0.5F, 3}});
  const std::vector<std::string> contents = {
      npy(described("<f4", "(2, 2)"), two_rows),
      npy(described("=f4", "(2,2)"), two_rows),
      npy("{\"shape\": (2, 2,), \"descr\": \"<f4\", \"fortran_order\": False}", two_rows),
      npy(described(">f4", "(2, 2)"), bytes_of<float>({1, -2, 0.5F, 3}, true)),
      npy(described("<f8", "(2, 2)"), bytes_of<double>({1, -2, 0.5, 3})),
      npy(described(">f8", "(2, 2)"), bytes_of<double>({1, -2, 0.5, 3}, true)),
      npy(described("<f2", "(2, 2)"), bytes_of<std::uint16_t>({0x3C00, 0xC000, 0x3800, 0x4200})),
      npy(described("<f4", "(2, 2)", true), bytes_of<float>({1, 0.5F, -2, 3})),
      npy(described(">f8", "(2, 2)", true), bytes_of<double>({1, 0.5, -2, 3}, true)),
  };
  for (const std::string& content : contents) EXPECT_TRUE(same_vectors(read(content).vectors(), expected)) << content;
  std::string version2 = contents[0];
  version2[6] = 2;
  version2.insert(10, 2, '\0');
  EXPECT_TRUE(same_vectors(read(version2).vectors(), expected));
  version2[6] = 3;
  EXPECT_TRUE(same_vectors(read(version2).vectors(), expected));
}

TEST_F(Npy, HalvesOfEveryKind) {
  const Embeddings halves =
      read(npy(described("<f2", "(2, 3)"), bytes_of<std::uint16_t>({0, 0x8000, 1, 0x83FF, 0x7BFF, 0x0400})));
  EXPECT_TRUE(same_vectors(halves.vectors(), matrix_of({{0.0F, -0.0F, 0x1p-24F}, {-0x1.ff8p-15F, 65504, 0x1p-14F}})));
}

TEST_F(Npy, DoublesGoToTheNearestFloat) {
  const Embeddings read_back = read(npy(described("<f8", "(2, 1)"), bytes_of<double>({0.1, 1e-300})));
  EXPECT_TRUE(same_vectors(read_back.vectors(), matrix_of({{0.1F}, {0.0F}})));
}

TEST_F(Npy, DamagedHeaders) {
  const std::pair<std::string, const char*> cases[] = {
      {"\x93NUMPY", "cut short within its header"},
      {"\x93NUMPY\x01\x00\xF0\x00{'descr'"s, "v.npy: cut short within its header of 240 bytes"},
      {"\x93NUMPY\x09\x00\xF0\x00{'descr'"s, "npy version 9"},
      {npy(described("<i4", "(2, 2)"), two_rows), "byte 20: ''<i4', 'fortran_order"},
      {npy(described("|S4", "(2, 2)"), two_rows), "is not a type of numbers that is read (float16, float32, float64)"},
      {npy(described("<f16", "(2, 2)"), two_rows), "is not a type of numbers"},
      {npy("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (4,)}", two_rows), "is not a type of numbers"},
      {npy(described("<f4", "(4,)"), two_rows), "has one dimension, expected two"},
      {npy(described("<f4", "()"), two_rows), "is not the shape expected"},
      {npy(described("<f4", "(2, 2, 1)"), two_rows), "has more than two dimensions"},
      {npy(described("<f4", "(2, -2)"), two_rows), "is not the shape expected"},
      {npy(described("<f4", "(2, 99999999999999999999)"), two_rows), "is not the shape expected"},
      {npy("{'descr': '<f4', 'shape': (2, 2)}", two_rows), "without descr, fortran_order and shape"},
      {npy("{'descr': '<f4', 'descr': '<f4', 'shape': (2, 2)}", two_rows), "comes twice"},
      {npy("{'descr': '<f4', 'fortran_order': 1, 'shape': (2, 2)}", two_rows), "is neither True nor False"},
      {npy("{'descr': '<f4', 'x': False, 'shape': (2, 2)}", two_rows), "is not one of descr"},
      {npy("['descr']", two_rows), "byte 10: '['descr']"},
      {npy("{'descr", two_rows), "does not end"},
      {npy(described("<f4", "(2, 2)") + "; import os", two_rows), "follows the header"},
  };
  for (const auto& [content, told] : cases) {
    const std::string message = refusal(content);
    EXPECT_NE(message.find(told), std::string::npos) << message << "\nwanted " << told;
    EXPECT_NE(message.find("v.npy: "), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_NE(message.find("; "), std::string::npos) << message;
  }
}

TEST_F(Npy, SizesThatAreNotTheHeaders) {
  for (const char* const shape :
       {"(3, 2)", "(2, 3)", "(18446744073709551615, 2)", "(4294967296, 4294967296)", "(2, 1000000000000)"}) {
    EXPECT_NE(refusal(npy(described("<f4", shape), two_rows)).find("cut short, or its header lies"), std::string::npos) << shape;
  }
  EXPECT_NE(refusal(npy(described("<f4", "(2, 1)"), two_rows)).find("more numbers than its header says"), std::string::npos);
  EXPECT_NE(refusal(npy(described("<f4", "(0, 2)"), "")).find("its array is 0 x 2"), std::string::npos);
  const std::string whole = npy(described("<f4", "(2, 2)"), two_rows);
  for (std::size_t length = 1; length < whole.size(); ++length) EXPECT_THROW(read(whole.substr(0, length)), Error) << length;
}

TEST_F(Npy, NumbersThatAreNotFinite) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NE(refusal(npy(described("<f4", "(2, 2)"), bytes_of<float>({1, 2, 3, nan})))
                .find("byte 140: found nan in row 2, expected a finite number;"),
            std::string::npos);
  EXPECT_NE(refusal(npy(described("<f8", "(2, 2)"), bytes_of<double>({1, 2, 1e39, 3})))
                .find("found 1e+39 in row 2, expected a finite number that fits 32 bits"),
            std::string::npos);
  EXPECT_NE(refusal(npy(described("<f2", "(1, 1)"), bytes_of<std::uint16_t>({0xFC00}))).find("found -inf in row 1"),
            std::string::npos);
}

TEST_F(Npy, WordsMustBeThereAndAsMany) {
  const std::string whole = npy(described("<f4", "(2, 2)"), two_rows);
  folder.file("v.vocab.txt", "a\nb\nc\n");
  EXPECT_NE(refusal(whole).find("v.vocab.txt: found 3 words, expected 2"), std::string::npos);
  folder.file("v.vocab.txt", "a\n\n");
  EXPECT_NE(refusal(whole).find("v.vocab.txt:2: found no word"), std::string::npos);
  folder.file("v.vocab.txt", "a\na\n");
  EXPECT_NE(refusal(whole).find("the word 'a' comes twice"), std::string::npos);
  std::filesystem::remove(folder.path("v.vocab.txt"));
  const std::string told = refusal(whole);
  EXPECT_NE(told.find("v.npy: holds numbers without words; put its words, one a line in the order of the rows, into " +
                      folder.path("v.vocab.txt")),
            std::string::npos)
      << told;
}

}  // namespace
}  // namespace word2vec
