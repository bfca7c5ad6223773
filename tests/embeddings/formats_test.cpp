// Vector files that are as they should be: the bytes written, what is read from them, and the way there and back.
#include "trainer/embeddings/formats.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <limits>
#include <random>

#include "corpus/io/error.h"
#include "tests/embeddings/saved_vectors.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

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

TEST(Formats, GloveHasTheRowsOfTextWithoutTheFirstLine) {
  const TemporaryFolder folder;
  const VectorFile text = read_vectors(golden("small.txt"));
  save(folder.path("g"), VectorFormat::glove, text.embeddings);
  const std::string whole = read_whole(golden("small.txt"));
  EXPECT_EQ(read_whole(folder.path("g")), whole.substr(whole.find('\n') + 1));
  const VectorFile glove = read_vectors(folder.path("g"));
  EXPECT_EQ(glove.format, VectorFormat::glove);
  expect_small(glove.embeddings);
}

TEST(Formats, GloveOfOthers) {
  const TemporaryFolder folder;
  // As in glove.840B.300d: words with spaces, also one at the end of a file; words that are numbers; a mark of an editor.
  const VectorFile file =
      read_vectors(folder.file("g", "\xEF\xBB\xBFthe 1 2\r\n. . . 3 4\r\nat name@domain.com\t5 -6\r\n1984 7 8\r\n<unk> .5 9"));
  EXPECT_EQ(file.format, VectorFormat::glove);
  EXPECT_EQ(file.embeddings.words(), (std::vector<std::string>{"the", ". . .", "at name@domain.com", "1984", "<unk>"}));
  EXPECT_TRUE(same_vectors(file.embeddings.vectors(), matrix_of({{1, 2}, {3, 4}, {5, -6}, {7, 8}, {.5F, 9}})));
  EXPECT_EQ(read_vectors(folder.file("n", "1984 7 8\na 1 2\n")).embeddings.words()[0], "1984");
}

TEST(Formats, TextWithAMarkAndSpacesInWords) {
  const TemporaryFolder folder;
  const VectorFile file = read_vectors(folder.file("v",
                                                   "\xEF\xBB\xBF"
                                                   "3 1\nnew york 5\n# 6\n\xC2\xA0\" 7\n"));
  EXPECT_EQ(file.format, VectorFormat::text);
  EXPECT_EQ(file.embeddings.words(), (std::vector<std::string>{"new york", "#", "\xC2\xA0\""}));
}

TEST(Formats, ManyLongRowsInSeveralParts) {
  const TemporaryFolder folder;
  // More than two of the reader's parts of 4 MB, with lines across their borders.
  const Embeddings made = any_floats(9000, 111);
  save(folder.path("v"), VectorFormat::glove, made);
  ASSERT_GT(std::filesystem::file_size(folder.path("v")), 9U << 20);
  const VectorFile read = read_vectors(folder.path("v"));
  EXPECT_EQ(read.embeddings.words(), made.words());
  EXPECT_TRUE(same_vectors(read.embeddings.vectors(), made.vectors()));
}

/// What every format that is read holds, and what only some do.
TEST(Formats, WordsThatFormatsCarry) {
  const TemporaryFolder folder;
  const std::string kept = "\xC2\xA0 # ' \" \xff\xfe \xE2\x80\xA8 , \x01";
  std::vector<std::string> everywhere;
  for (std::size_t at = 0; at < kept.size();) {
    const std::size_t end = std::min(kept.find(' ', at), kept.size());
    everywhere.push_back(kept.substr(at, end - at));
    at = end + 1;
  }
  const std::vector<std::string> blanks = {"a b", " ", "a\tb", "\t"}, returns = {"a\r", "\rb"};
  const auto carries = [&](VectorFormat format, std::vector<std::string> words) {
    words.insert(words.begin(), "first");
    save(folder.path("v"), format, words, Matrix(words.size(), 2));
    const VectorFile file = read_vectors(folder.path("v"));
    EXPECT_EQ(file.format, format);
    EXPECT_EQ(file.embeddings.words(), words) << format_name(format);
  };
  for (const VectorFormat format :
       {VectorFormat::text, VectorFormat::binary, VectorFormat::glove, VectorFormat::npy, VectorFormat::safetensors})
    carries(format, everywhere);
  carries(VectorFormat::binary, {"a\tb", "a\r", "\v"});
  carries(VectorFormat::npy, blanks);
  carries(VectorFormat::safetensors, blanks);
  carries(VectorFormat::safetensors, returns);
}

TEST(Formats, WordsThatFormatsRefuse) {
  const TemporaryFolder folder;
  using Words = std::vector<std::string>;
  const std::pair<VectorFormat, Words> refused[] = {
      {VectorFormat::text, {"", "a b", "a\n", "a\tb", "a\r", "\v", std::string("a\0b", 3)}},
      {VectorFormat::glove, {"", "a b", "a\n", "a\tb", "a\r", "\v", std::string("a\0b", 3)}},
      {VectorFormat::binary, {"", "a b", "a\n", std::string("a\0b", 3), std::string(70000, 'w')}},
      {VectorFormat::npy, {"", "a\n", "a\r"}},
      {VectorFormat::safetensors, {"", "a\n"}},
      {VectorFormat::projector, {"", "a\n", "a\r", "a\tb"}},
  };
  for (const auto& [format, words] : refused) {
    for (const std::string& word : words) {
      const std::string message = message_of<Error>([&, form = format] {
        save(folder.path("v"), form, {"first", word}, Matrix(2, 2));
      });
      EXPECT_NE(message.find(folder.path("")), std::string::npos) << message;
      EXPECT_NE(message.find("; use another"), std::string::npos) << message;
      EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("")));
}

TEST(Formats, WritesTheFirstRowsOfALargerMatrix) {
  const TemporaryFolder folder;
  save(folder.path("v"), VectorFormat::text, {"a", "b"}, Matrix(5, 2));
  EXPECT_EQ(read_whole(folder.path("v")), "2 2\na 0 0\nb 0 0\n");
  for (const VectorFormat format : {VectorFormat::binary, VectorFormat::glove, VectorFormat::npy, VectorFormat::safetensors}) {
    save(folder.path("w"), format, {"a", "b"}, Matrix(5, 2));
    EXPECT_EQ(read_vectors(folder.path("w")).embeddings.size(), 2U) << format_name(format);
  }
}

TEST(Formats, RefusesToWriteNumbersThatAreNotFiniteAndWordsWithoutRows) {
  const TemporaryFolder folder;
  for (const VectorFormat format : {VectorFormat::text, VectorFormat::binary, VectorFormat::glove, VectorFormat::npy,
                                    VectorFormat::safetensors, VectorFormat::projector}) {
    const std::string told = message_of<Error>([&] {
      save(folder.path("v"), format, {"a", "b"}, matrix_of({{1, 2}, {3, std::numeric_limits<float>::quiet_NaN()}}));
    });
    EXPECT_NE(told.find("the vector of 'b' has a number that is not finite"), std::string::npos) << told;
    EXPECT_THROW(save(folder.path("v"), format, {"a", "b"}, Matrix(1, 2)), Error);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("")));
}

TEST(Formats, NamesOfFormats) {
  for (const char* const name : {"text", "binary", "glove", "npy", "safetensors", "projector"})
    EXPECT_STREQ(format_name(parse_format(name)), name);
  EXPECT_EQ(message_of<UsageError>([] { parse_format("Text"); }),
            "there is no format Text; use text, binary, glove, npy, safetensors or projector");
  EXPECT_THROW(parse_format(""), UsageError);
}

}  // namespace
}  // namespace word2vec
