// Memory for matrices. Knows the allocator and pages; refuses to know what the numbers mean.
#include "trainer/embeddings/matrix.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::size_t floats_per_line = Matrix::row_alignment / sizeof(float);

[[noreturn]] void refuse(std::size_t rows, std::size_t columns) {
  const double gigabytes = static_cast<double>(rows) * static_cast<double>(columns) * sizeof(float) / 1e9;
  throw Error(fmt::format(
      "not enough memory for {} rows of {} numbers ({:.3g} GB); use fewer words, fewer dimensions or a larger machine", rows,
      columns, gigabytes));
}

constexpr std::size_t huge_page = std::size_t{2} << 20;

/// Training jumps from row to row: with small pages nearly every jump would also miss the TLB. A refusal costs speed alone.
void ask_for_huge_pages([[maybe_unused]] void* start, [[maybe_unused]] std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  ::madvise(start, bytes, MADV_HUGEPAGE);
#endif
}

}  // namespace

Matrix::Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {
  if (rows == 0 || columns == 0) return;
  constexpr std::size_t most = std::numeric_limits<std::ptrdiff_t>::max() - 2 * huge_page;
  if (columns > most / sizeof(float) - floats_per_line) refuse(rows, columns);
  stride_ = (columns + floats_per_line - 1) / floats_per_line * floats_per_line;
  if (rows > most / sizeof(float) / stride_) refuse(rows, columns);
  const std::size_t bytes = rows * stride_ * sizeof(float);
  // calloc and not aligned_alloc: a large block comes from the system as pages already zero, which are only placed when
  // the thread that uses them first touches them, and which the address sanitizer still watches.
  // Of huge pages as many as the rows fill, the last at least by half; the system has no memory to find for what is not touched.
  const std::size_t in_huge_pages = (bytes + huge_page / 2) / huge_page * huge_page;
  const std::size_t alignment = in_huge_pages > 0 ? huge_page : row_alignment;
  std::size_t space = std::max(bytes, in_huge_pages) + alignment;
  void* const block = std::calloc(1, space);
  if (block == nullptr) refuse(rows, columns);
  void* start = block;
  data_ = {static_cast<float*>(std::align(alignment, std::max(bytes, in_huge_pages), start, space)), Free{block}};
  if (in_huge_pages > 0) ask_for_huge_pages(data_.get(), in_huge_pages);
}

bool all_finite(std::span<const float> values) {
  // Without stopping at the first that is not, as nearly none has one: so it is done many at once.
  constexpr std::uint32_t exponent = 0x7F800000U;
  std::uint32_t others = 0;
  for (const float value : values) others += (std::bit_cast<std::uint32_t>(value) & exponent) == exponent;
  return others == 0;
}

std::size_t first_row_not_finite(const Matrix& matrix) {
  std::size_t row = 0;
  while (row < matrix.rows() && all_finite(matrix.values(row))) ++row;
  return row;
}

void Matrix::Free::operator()(float* /*data*/) const { std::free(block); }

}  // namespace word2vec
