// Arithmetic on rows that several threads read and write without locks: the one file that may race.
//
// The contract (Hogwild, Recht et al. 2011): rows are aligned floats, each read and written whole by the processor; an update
// may be lost when two threads meet in a row; nothing depends on two floats of a row being of the same moment. Every other
// shared variable of the trainer is an atomic or is not written while threads run.
//
// `stride` is a row's length with its padding, a multiple of 16; the padding is zero and these operations keep it so.
#pragma once

#include <cstddef>

namespace word2vec {

/// One matrix as the trainer sees it: V rows of `stride` numbers, addressed in 64 bits.
template <class Real>
struct Rows {
  Real* data;
  std::size_t stride;
  Real* row(std::size_t index) const { return data + index * stride; }
};

template <class Real>
inline Real dot(const Real* left, const Real* right, std::size_t stride) {
  Real sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < stride; ++i) sum += left[i] * right[i];
  return sum;
}

/// to += scale * from
template <class Real>
inline void add_scaled(Real* to, Real scale, const Real* from, std::size_t stride) {
#pragma omp simd
  for (std::size_t i = 0; i < stride; ++i) to[i] += scale * from[i];
}

/// gradient += scale * output; output += scale * hidden: both halves of one output row's part, in one pass over it.
template <class Real>
inline void update_output(Real* output, Real* gradient, Real scale, const Real* hidden, std::size_t stride) {
#pragma omp simd
  for (std::size_t i = 0; i < stride; ++i) {
    const Real old = output[i];
    gradient[i] += scale * old;
    output[i] = old + scale * hidden[i];
  }
}

/// Asks for a whole row ahead of its use.
template <class Real>
inline void prefetch_row(const Real* row, std::size_t stride) {
  for (std::size_t i = 0; i < stride; i += 64 / sizeof(Real)) __builtin_prefetch(row + i, 1);
}

}  // namespace word2vec
