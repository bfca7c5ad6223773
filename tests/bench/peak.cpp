// Chains of multiply-adds, more of them than latency times units.
#include "peak.h"

#include <algorithm>
#include <chrono>

#include "trainer/registers.h"

namespace word2vec {
namespace {

constexpr std::size_t chains = 12, most_lanes = 16;

template <class Registers>
[[gnu::always_inline]] inline std::size_t multiply_add(float* values, std::size_t times) {
  using Pack = typename Registers::Pack;
  Pack sum[chains], factor, term;
  load(factor, values);
  load(term, values + 1);
  unrolled<chains>([&](std::size_t c) __attribute__((always_inline)) { load(sum[c], values + c); });
  for (std::size_t i = 0; i < times; ++i) {
    unrolled<chains>([&](std::size_t c) __attribute__((always_inline)) { sum[c] = sum[c] * factor + term; });
  }
  unrolled<chains>([&](std::size_t c) __attribute__((always_inline)) { store(values + c * Registers::lanes, sum[c]); });
  return 2 * times * chains * Registers::lanes;
}

// Each returns the operations done.
std::size_t run_baseline(float* values, std::size_t times) { return multiply_add<BaselineRegisters>(values, times); }
#if defined(__x86_64__)
WORD2VEC_AVX2 std::size_t run_avx2(float* values, std::size_t times) { return multiply_add<Avx2Registers>(values, times); }
WORD2VEC_AVX512 std::size_t run_avx512(float* values, std::size_t times) { return multiply_add<Avx512Registers>(values, times); }
#endif

std::size_t run(SimdLevel simd, float* values, std::size_t times) {
#if defined(__x86_64__)
  if (simd >= SimdLevel::avx512) return run_avx512(values, times);
  if (simd == SimdLevel::avx2) return run_avx2(values, times);
#endif
  (void)simd;
  return run_baseline(values, times);
}

}  // namespace

double measured_peak(SimdLevel simd) {
  using Clock = std::chrono::steady_clock;
  float values[chains * most_lanes + 1];
  double best = 0;
  for (int turn = 0; turn < 8; ++turn) {
    std::fill(std::begin(values), std::end(values), 0.5F);
    const Clock::time_point start = Clock::now();
    const std::size_t operations = run(simd, values, 1 << 16);
    const std::chrono::duration<double> seconds = Clock::now() - start;
    // Never false; the compiler cannot know, and so does the work.
    if (values[0] > 0) best = std::max(best, static_cast<double>(operations) / seconds.count());
  }
  return best * 1e-9;
}

}  // namespace word2vec
