// Rows begin on cache lines, everything starts as zero, and what does not fit is an Error with its size.
#include "trainer/embeddings/matrix.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "corpus/io/error.h"
#include "tests/embeddings/temporary_folder.h"

// The sanitizers' allocators abort on a size that they cannot give, unless told to answer as the system's does.
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }
#elif defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_options() { return "allocator_may_return_null=1"; }
#endif

namespace word2vec {
namespace {

TEST(Matrix, RowsAreAlignedPaddedAndZero) {
  for (const std::size_t columns : {1UL, 3UL, 15UL, 16UL, 17UL, 100UL, 300UL}) {
    for (const std::size_t rows : {1UL, 7UL, 5000UL}) {
      const Matrix matrix(rows, columns);
      EXPECT_EQ(matrix.rows(), rows);
      EXPECT_EQ(matrix.columns(), columns);
      EXPECT_EQ(matrix.stride() % 16, 0U);
      EXPECT_GE(matrix.stride(), columns);
      EXPECT_LT(matrix.stride(), columns + 16);
      std::size_t misaligned = 0, nonzero = 0;
      for (std::size_t row = 0; row < rows; ++row) {
        misaligned += reinterpret_cast<std::uintptr_t>(matrix.row(row)) % Matrix::row_alignment != 0;
        for (std::size_t i = 0; i < matrix.stride(); ++i) nonzero += matrix.row(row)[i] != 0;
      }
      EXPECT_EQ(misaligned, 0U);
      EXPECT_EQ(nonzero, 0U);
    }
  }
}

TEST(Matrix, ZeroAgainWhereMemoryWasUsedBefore) {
  for (int round = 0; round < 50; ++round) {
    Matrix matrix(13, 20);
    std::size_t nonzero = 0;
    for (std::size_t row = 0; row < 13; ++row) {
      for (std::size_t i = 0; i < matrix.stride(); ++i) {
        nonzero += matrix.row(row)[i] != 0;
        matrix.row(row)[i] = 7;
      }
    }
    ASSERT_EQ(nonzero, 0U);
  }
}

TEST(Matrix, WritingValuesLeavesThePaddingZero) {
  Matrix matrix(3, 5);
  for (std::size_t row = 0; row < 3; ++row) std::ranges::fill(matrix.values(row), 1.0F);
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < matrix.stride(); ++i) EXPECT_EQ(matrix.row(row)[i], i < 5 ? 1.0F : 0.0F);
  }
}

TEST(Matrix, MovesAndTruncates) {
  Matrix first(4, 2);
  first.row(3)[1] = 5;
  Matrix second = std::move(first);
  EXPECT_EQ(second.row(3)[1], 5);
  second.truncate(9);
  EXPECT_EQ(second.rows(), 4U);
  second.truncate(2);
  EXPECT_EQ(second.rows(), 2U);
  second = Matrix();
  EXPECT_EQ(second.rows(), 0U);
}

TEST(Matrix, EmptyOnesAreAllowed) {
  EXPECT_EQ(Matrix(0, 5).rows(), 0U);
  EXPECT_EQ(Matrix(5, 0).columns(), 0U);
}

TEST(Matrix, TooLargeIsAnErrorThatNamesTheSize) {
  constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
  for (const auto& size : {std::pair{most, most},
                           {most, std::size_t{1}},
                           {std::size_t{1}, most},
                           {most / 64, std::size_t{16}},
                           {std::size_t{1} << 58, std::size_t{16}},
                           {std::size_t{1} << 33, std::size_t{1} << 27}}) {
    const std::string message = message_of<Error>([&] { Matrix(size.first, size.second); });
    EXPECT_NE(message.find("not enough memory for " + std::to_string(size.first) + " rows"), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace word2vec
