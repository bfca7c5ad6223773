// One step of negative sampling: a hidden row against one positive and K negative output rows (Mikolov et al. 2013,
// arXiv 1310.4546, equation 4). Knows the gradient; refuses to know where rows and samples come from. Written once for float,
// which trains, and double, in which the tests check the gradient of this very code.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "corpus/word_table.h"
#include "trainer/logistic.h"
#include "trainer/row_operations.h"

namespace word2vec {

/// Loss = -log s(h.o_0) - sum_k log s(-h.o_k), with o_0 the target's output row and o_k the negatives'. Moves the output rows
/// by -alpha times their gradient, and sets `gradient` (stride long) to -alpha times that of `hidden`, which it leaves alone:
/// all scores at the point before the step. A negative that came twice counts twice; its second turn meets the row where the
/// first left it, which is off the gradient by the order of alpha squared. `scores` is scratch of 1 + K. Returns the loss.
template <class Real>
inline double negative_sampling_step(const Real* hidden, WordId target, std::span<const WordId> negatives, Rows<Real> output,
                                     Real alpha, Real* gradient, Real* scores) {
  const std::size_t stride = output.stride, count = negatives.size() + 1;
  scores[0] = dot(hidden, output.row(target), stride);
  for (std::size_t k = 1; k < count; ++k) scores[k] = -dot(hidden, output.row(negatives[k - 1]), stride);

  // A score is now how right the row is: its loss is softplus(-score), its pull 1 - s(score) = s(-score). The sum of
  // log(1 + exp(-|score|)) is taken as the logarithm of a product, one call for up to 64 rows.
  double loss = 0;
  for (std::size_t first = 0; first < count; first += 64) {
    const std::size_t last = std::min(first + 64, count);
    Real product = 1, linear = 0;
#pragma omp simd reduction(* : product) reduction(+ : linear)
    for (std::size_t k = first; k < last; ++k) {
      const Real tail = exp_minus(std::abs(scores[k]));
      linear += scores[k] < 0 ? -scores[k] : Real(0);
      product *= 1 + tail;
      scores[k] = alpha * (scores[k] < 0 ? 1 : tail) / (1 + tail);
    }
    loss += static_cast<double>(linear) + std::log(static_cast<double>(product));
  }

  std::fill(gradient, gradient + stride, Real(0));
  update_output(output.row(target), gradient, scores[0], hidden, stride);
  for (std::size_t k = 1; k < count; ++k) update_output(output.row(negatives[k - 1]), gradient, -scores[k], hidden, stride);
  return loss;
}

}  // namespace word2vec
