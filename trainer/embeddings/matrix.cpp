#include "trainer/embeddings/matrix.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::size_t row_floats = Matrix::row_alignment / sizeof(float);

}  // namespace

// Anonymous pages come zeroed and are made when first touched, so each lands near the thread that fills it.
Matrix::Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {
  stride_ = (columns + row_floats - 1) / row_floats * row_floats;
  std::size_t bytes = 0;
  void* memory = MAP_FAILED;
  if (!__builtin_mul_overflow(rows, stride_ * sizeof(float), &bytes)) {
    memory = mmap(nullptr, bytes == 0 ? 1 : bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }
  if (memory == MAP_FAILED) {
    throw Error(fmt::format(
        "not enough memory for a matrix of {} x {} floats; give a smaller --dim, or fewer words by --max-vocab", rows, columns));
  }
  data_ = std::unique_ptr<float, Free>(static_cast<float*>(memory), Free{bytes == 0 ? 1 : bytes});
}

void Matrix::Free::operator()(float* data) const { munmap(data, bytes); }

}  // namespace word2vec
