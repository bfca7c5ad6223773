// Vector files that are as they should be: the bytes written, what is read from them, and the way there and back.
#include "trainer/embeddings/formats.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <limits>
#include <random>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

void save(const std::string& path, VectorFormat format, const Embeddings& embeddings) {
  OutputFile output(path);
  write_vectors(output, format, embeddings.words(), embeddings.vectors());
  output.commit();
}

std::uint32_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }

void expect_small(const Embeddings& small) {
  EXPECT_EQ(small.words(), (std::vector<std::string>{"</s>", "na\xc3\xafve", "\xe5\x8c\x97\xe4\xba\xac"}));
  const float rows[3][3] = {{1, -2.5F, 0.1F},
                            {0, -0.0F, std::numeric_limits<float>::denorm_min()},
                            {std::numeric_limits<float>::max(), std::numeric_limits<float>::min(), -1e-4F}};
  ASSERT_EQ(small.dim(), 3U);
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(bits(small.vectors().row(row)[i]), bits(rows[row][i])) << row << " " << i;
  }
}

TEST(Formats, GoldenFilesOfEveryShapeHoldTheSameVectors) {
  for (const char* const name : {"small.txt", "small_trailing_space.txt", "small_crlf.txt"}) {
    SCOPED_TRACE(name);
    const VectorFile file = read_vectors(golden(name));
    EXPECT_EQ(file.format, VectorFormat::text);
    expect_small(file.embeddings);
  }
  for (const char* const name : {"small.bin", "small_no_newline.bin"}) {
    SCOPED_TRACE(name);
    const VectorFile file = read_vectors(golden(name));
    EXPECT_EQ(file.format, VectorFormat::binary);
    expect_small(file.embeddings);
  }
}

TEST(Formats, WritesTheGoldenBytes) {
  const TemporaryFolder folder;
  const VectorFile file = read_vectors(golden("small_trailing_space.txt"));
  save(folder.path("t"), VectorFormat::text, file.embeddings);
  save(folder.path("b"), VectorFormat::binary, file.embeddings);
  EXPECT_EQ(read_whole(folder.path("t")), read_whole(golden("small.txt")));
  EXPECT_EQ(read_whole(folder.path("b")), read_whole(golden("small.bin")));
}

/// Rows enough for several parts, and floats of every exponent.
Embeddings any_floats(std::size_t rows, std::size_t columns) {
  std::mt19937 random(5);
  Matrix vectors(rows, columns);
  std::vector<std::string> words;
  for (std::size_t row = 0; row < rows; ++row) {
    words.push_back("w" + std::to_string(row));
    for (float& value : vectors.values(row)) {
      do value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
      while (!std::isfinite(value));
    }
  }
  return {std::move(words), std::move(vectors)};
}

TEST(Formats, EveryFloatSurvivesTextBinaryText) {
  const TemporaryFolder folder;
  for (const std::size_t columns : {1UL, 2UL, 33UL}) {
    const Embeddings made = any_floats(200000 / columns, columns);
    save(folder.path("1.txt"), VectorFormat::text, made);
    const VectorFile text = read_vectors(folder.path("1.txt"));
    EXPECT_EQ(text.format, VectorFormat::text);
    save(folder.path("2.bin"), VectorFormat::binary, text.embeddings);
    const VectorFile binary = read_vectors(folder.path("2.bin"));
    EXPECT_EQ(binary.format, VectorFormat::binary);
    save(folder.path("3.txt"), VectorFormat::text, binary.embeddings);
    EXPECT_EQ(binary.embeddings.words(), made.words());
    std::size_t different = 0;
    for (std::size_t row = 0; row < made.size(); ++row) {
      different += std::memcmp(made.vectors().row(row), binary.embeddings.vectors().row(row), columns * sizeof(float)) != 0;
    }
    EXPECT_EQ(different, 0U);
    EXPECT_EQ(read_whole(folder.path("1.txt")), read_whole(folder.path("3.txt")));
  }
}

TEST(Formats, ReadsWhatOtherToolsWrite) {
  const TemporaryFolder folder;
  const std::string path = folder.file("v", " 2 \t2 \r\na\t+1 1.0000000000000000000001\n\xff\xfe  -1e-60 1e-400 \n\n\n");
  const VectorFile file = read_vectors(path);
  EXPECT_EQ(file.embeddings.words(), (std::vector<std::string>{"a", "\xff\xfe"}));
  EXPECT_EQ(file.embeddings.vectors().row(0)[0], 1);
  EXPECT_EQ(file.embeddings.vectors().row(0)[1], 1);
  EXPECT_EQ(bits(file.embeddings.vectors().row(1)[0]), bits(-0.0F));
  EXPECT_EQ(bits(file.embeddings.vectors().row(1)[1]), bits(0.0F));
}

TEST(Formats, ALastLineWithoutNewlineAndWordsThatAreNumbers) {
  const TemporaryFolder folder;
  const VectorFile file = read_vectors(folder.file("v", "2 1\n1984 5\n5 6"));
  EXPECT_EQ(file.format, VectorFormat::text);
  EXPECT_EQ(file.embeddings.words(), (std::vector<std::string>{"1984", "5"}));
  EXPECT_EQ(file.embeddings.vectors().row(1)[0], 6);
}

TEST(Formats, BinaryFloatsMadeOfNewlinesAndSpaces) {
  const TemporaryFolder folder;
  const std::string floats = "\n\n\n\n    \n\t \n";
  const VectorFile file = read_vectors(folder.file("v", "2 3\na " + floats + "\nb " + floats));
  EXPECT_EQ(file.format, VectorFormat::binary);
  EXPECT_EQ(file.embeddings.words(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(bits(file.embeddings.vectors().row(1)[1]), 0x20202020U);
}

TEST(Formats, WritesTheFirstRowsOfALargerMatrix) {
  const TemporaryFolder folder;
  OutputFile output(folder.path("v"));
  write_vectors(output, VectorFormat::text, {"a", "b"}, Matrix(5, 2));
  output.commit();
  EXPECT_EQ(read_whole(folder.path("v")), "2 2\na 0 0\nb 0 0\n");
}

TEST(Formats, RefusesToWriteWhatCouldNotBeReadBack) {
  const TemporaryFolder folder;
  const std::string path = folder.path("v");
  Matrix bad(1, 2);
  bad.row(0)[1] = std::numeric_limits<float>::quiet_NaN();
  for (const VectorFormat format : {VectorFormat::text, VectorFormat::binary}) {
    const auto refuse = [&](const std::vector<std::string>& words, const Matrix& vectors) {
      OutputFile output(path);
      const std::string message = message_of<Error>([&] { write_vectors(output, format, words, vectors); });
      EXPECT_NE(message.find(path), std::string::npos) << message;
    };
    refuse({"a"}, bad);
    refuse({""}, Matrix(1, 2));
    refuse({"a b"}, Matrix(1, 2));
    refuse({"a\n"}, Matrix(1, 2));
    refuse({"a", "b"}, Matrix(1, 2));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Formats, NamesOfFormats) {
  EXPECT_EQ(parse_format("text"), VectorFormat::text);
  EXPECT_EQ(parse_format("binary"), VectorFormat::binary);
  EXPECT_STREQ(format_name(VectorFormat::binary), "binary");
  for (const char* const later : {"glove", "npy", "safetensors", "projector"}) {
    const std::string message = message_of<UsageError>([&] { parse_format(later); });
    EXPECT_NE(message.find("not available in this version"), std::string::npos) << message;
  }
  EXPECT_THROW(parse_format(""), UsageError);
  EXPECT_THROW(parse_format("Text"), UsageError);
}

}  // namespace
}  // namespace word2vec
