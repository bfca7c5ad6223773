// Checkpoints on disk: all of it comes back, and no damage goes unseen.
#include "trainer/embeddings/checkpoint_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "tests/embeddings/temporary_folder.h"

namespace word2vec {
namespace {

std::string small_checkpoint(const TemporaryFolder& folder) {
  Matrix input(3, 5), output(3, 5);
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < 5; ++i) {
      input.row(row)[i] = static_cast<float>(row * 10 + i) / 3;
      output.row(row)[i] = -input.row(row)[i];
    }
  }
  const std::string path = folder.path("run.ckpt");
  OutputFile file(path);
  write_checkpoint(file, R"({"options": {"dim": "5"}, "done": []})", {"one", "t\xC3\xBCr", "3"}, {9, 8, std::uint64_t{1} << 40},
                   input, output, {1, 2.5F, 0}, {7, 8, 9});
  file.commit();
  return path;
}

TEST(CheckpointFile, AllOfItComesBack) {
  const TemporaryFolder folder;
  const std::string path = small_checkpoint(folder);
  const CheckpointContent content = read_checkpoint(path);
  EXPECT_EQ(content.run, R"({"options": {"dim": "5"}, "done": []})");
  EXPECT_EQ(read_checkpoint_run(path), content.run);
  EXPECT_EQ(read_checkpoint_vocabulary(path), std::pair(content.words, content.counts));
  EXPECT_EQ(content.words, (std::vector<std::string>{"one", "t\xC3\xBCr", "3"}));
  EXPECT_EQ(content.counts, (std::vector<std::uint64_t>{9, 8, std::uint64_t{1} << 40}));
  EXPECT_EQ(content.input.columns(), 5U);
  EXPECT_EQ(content.input.row(2)[4], 8.0F);
  EXPECT_EQ(content.output.row(2)[4], -8.0F);
  EXPECT_EQ(content.input_sums, (std::vector<float>{1, 2.5F, 0}));
  EXPECT_EQ(content.output_sums, (std::vector<float>{7, 8, 9}));
  const VectorFile vectors = read_vectors(path);
  EXPECT_EQ(vectors.format, VectorFormat::checkpoint);
  EXPECT_EQ(vectors.embeddings.vectors().row(1)[0], content.input.row(1)[0]);
  ASSERT_FALSE(vectors.notes.empty());
  EXPECT_EQ(vectors.notes[0].second, "5");
}

TEST(CheckpointFile, NumbersThatAreNotFiniteAreRefused) {
  const TemporaryFolder folder;
  Matrix input(1, 2), output(1, 2);
  output.row(0)[1] = std::numeric_limits<float>::infinity();
  OutputFile file(folder.path("c"));
  write_checkpoint(file, "{}", {"one"}, {1}, input, output, {}, {});
  file.commit();
  try {
    read_checkpoint(folder.path("c"));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("'output': row 0 has a number that is not finite"), std::string::npos)
        << error.what();
  }
}

TEST(CheckpointFile, SumsMayBeMissingButNotOfSomeRows) {
  const TemporaryFolder folder;
  const Matrix matrix(2, 3);
  for (const std::vector<float>& sums :
       {std::vector<float>{}, std::vector<float>{1}, std::vector<float>{1, 2, 3}, std::vector<float>{1, -2}}) {
    const std::string path = folder.path("sums.ckpt");
    OutputFile file(path);
    write_checkpoint(file, "{}", {"a", "b"}, {2, 1}, matrix, matrix, sums.empty() ? sums : std::vector<float>{1, 2}, sums);
    file.commit();
    if (sums.empty()) {
      EXPECT_TRUE(read_checkpoint(path).output_sums.empty());
      EXPECT_EQ(read_vectors(path).embeddings.size(), 2U);
      continue;
    }
    try {
      read_checkpoint(path);
      FAIL() << sums.size();
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("'out-sums'"), std::string::npos) << error.what();
    }
    if (sums.size() != 2) {
      EXPECT_THROW(read_vectors(path), Error);
    }
  }
}

TEST(CheckpointFile, CutAnywhereOrLongerIsAnError) {
  const TemporaryFolder folder;
  const std::string bytes = read_whole(small_checkpoint(folder));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW(parse_checkpoint(std::string_view(bytes).substr(0, size), "c"), Error) << size;
  EXPECT_THROW(parse_checkpoint(bytes + "x", "c"), Error);
  EXPECT_NO_THROW(parse_checkpoint(bytes, "c"));
  // The first sections alone, from a file that ends anywhere before or within their end.
  const std::size_t counts_end = bytes.find("input") - 1;
  for (std::size_t size = 0; size < counts_end; ++size) {
    std::ofstream(folder.path("cut"), std::ios::binary) << std::string_view(bytes).substr(0, size);
    EXPECT_THROW(read_checkpoint_vocabulary(folder.path("cut")), Error) << size;
  }
}

TEST(CheckpointFile, AnyBitThatFlipsIsAnErrorThatNamesTheFile) {
  const TemporaryFolder folder;
  std::string bytes = read_whole(small_checkpoint(folder));
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const char mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    try {
      parse_checkpoint(bytes, "run.ckpt");
      ADD_FAILURE() << "bit " << bit;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("run.ckpt"), std::string::npos) << error.what();
    }
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

}  // namespace
}  // namespace word2vec
