// Scores and counts in registers of each width. Refuses to know words and ranks.
//
// A full evaluation makes 2.6 billion scores and wants of each only whether it is above the best so far and above the right
// word's: two comparisons in the registers that made it. Few tiles need a second look.
#include "eval/analogy_tile.h"

#include <cstdint>
#include <cstring>

namespace word2vec {
namespace {

using Narrow [[gnu::vector_size(16)]] = float;
using Middle [[gnu::vector_size(32)]] = float;
using Wide [[gnu::vector_size(64)]] = float;

template <class Register>
[[gnu::always_inline]] inline void load(const float* from, Register& to) {
  std::memcpy(&to, from, sizeof to);
}

template <AnalogyMethod method, class Register>
[[gnu::always_inline]] inline void combine(const Register& a, const Register& b, const Register& c, Register& score) {
  constexpr float epsilon = 0.001F;  // Levy and Goldberg's, against a division by zero
  if constexpr (method == AnalogyMethod::cos_add) {
    score = b - a + c;
  } else {
    score = (b + 1) / 2 * ((c + 1) / 2) / ((a + 1) / 2 + epsilon);
  }
}

struct Job {
  const float *a, *b, *c;
  std::size_t count;
  float first_bar, second_bar;
  float* scores;
};

template <AnalogyMethod method, class Register>
[[gnu::always_inline]] inline OverBars score_all(const Job& job) {
  constexpr std::size_t lanes = sizeof(Register) / sizeof(float);
  using Counts = decltype(Register() > Register());  // a lane is -1 where it holds, so that subtracting counts
  Counts first = {}, second = {};
  for (std::size_t r = 0; r < job.count; r += lanes) {
    Register a, b, c, score;
    load(job.a + r, a);
    load(job.b + r, b);
    load(job.c + r, c);
    combine<method>(a, b, c, score);
    std::memcpy(job.scores + r, &score, sizeof score);
    first -= score > job.first_bar;
    second -= score > job.second_bar;
  }
  OverBars over{0, 0};
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    over.first += static_cast<std::size_t>(first[lane]);
    over.second += static_cast<std::size_t>(second[lane]);
  }
  return over;
}

template <AnalogyMethod method>
OverBars score_baseline(const Job& job) {
  return score_all<method, Narrow>(job);
}
template <AnalogyMethod method>
WORD2VEC_AVX2 OverBars score_avx2(const Job& job) {
  return score_all<method, Middle>(job);
}
template <AnalogyMethod method>
WORD2VEC_AVX512 OverBars score_avx512(const Job& job) {
  return score_all<method, Wide>(job);
}

template <AnalogyMethod method>
OverBars score_at(SimdLevel level, const Job& job) {
  switch (level) {
    case SimdLevel::avx512:
    case SimdLevel::avx512bf16:
    case SimdLevel::amx:
      return score_avx512<method>(job);
    case SimdLevel::avx2:
      return score_avx2<method>(job);
    default:
      return score_baseline<method>(job);
  }
}

}  // namespace

OverBars score_tile(AnalogyMethod method, const float* a, const float* b, const float* c, std::size_t count, float first_bar,
                    float second_bar, float* scores, SimdLevel level) {
  const Job job{a, b, c, count, first_bar, second_bar, scores};
  if (method == AnalogyMethod::cos_add) return score_at<AnalogyMethod::cos_add>(level, job);
  return score_at<AnalogyMethod::cos_mul>(level, job);
}

}  // namespace word2vec
