// A matrix of float rows, each starting on a 64-byte boundary. Knows memory; refuses to know words or learning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace word2vec {

/// `rows x columns` floats, rows padded to `stride` (a multiple of 16 floats, 64 bytes) so that none shares a cache line.
/// Padding is zero and stays so. Addresses are 64-bit. Movable, not copyable. Distinct rows may be written by distinct threads.
class Matrix {
 public:
  static constexpr std::size_t row_alignment = 64;  // bytes: a cache line, and the widest vector register

  Matrix() = default;
  /// All zero. Throws Error, with the size wanted, when there is not enough memory.
  Matrix(std::size_t rows, std::size_t columns);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t stride() const { return stride_; }
  float* row(std::size_t index) { return data_.get() + index * stride_; }
  const float* row(std::size_t index) const { return data_.get() + index * stride_; }
  std::span<float> values(std::size_t index) { return {row(index), columns_}; }
  std::span<const float> values(std::size_t index) const { return {row(index), columns_}; }
  /// Keeps the first `rows` rows.
  void truncate(std::size_t rows) { rows_ = rows < rows_ ? rows : rows_; }

 private:
  struct Free {
    void operator()(float* data) const;
    void* block;  // what the allocator gave; the first row starts at the next boundary
  };
  std::unique_ptr<float, Free> data_;
  std::size_t rows_ = 0, columns_ = 0, stride_ = 0;
};

bool all_finite(std::span<const float> values);

/// The first row that has a number which is not finite; rows() when all are.
std::size_t first_row_not_finite(const Matrix& matrix);

}  // namespace word2vec
