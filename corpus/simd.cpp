// Asks the processor what it has. Knows names of instruction sets; no arithmetic.
#include "corpus/simd.h"

#include <fmt/format.h>

#include "corpus/io/error.h"

namespace word2vec {

const char* simd_name(SimdLevel level) {
  switch (level) {
    case SimdLevel::avx2:
      return "avx2";
    case SimdLevel::avx512:
      return "avx512";
    default:
      return "baseline";
  }
}

SimdLevel best_simd() {
#if defined(__x86_64__)
  // The built-in also asks whether the system saves the wide registers. The lists are those of the target attributes.
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return avx512 ? SimdLevel::avx512 : avx2 ? SimdLevel::avx2 : SimdLevel::baseline;
#else
  return SimdLevel::baseline;
#endif
}

SimdLevel parse_simd(std::string_view name) {
  const SimdLevel best = best_simd();
  if (name == "auto") return best;
  if (name == "baseline") return SimdLevel::baseline;
#if defined(__aarch64__)
  if (name == "neon") return SimdLevel::baseline;
#endif
  for (const SimdLevel level : {SimdLevel::avx2, SimdLevel::avx512}) {
    if (name == simd_name(level) && level <= best) return level;
  }
  if (name == "avx2" || name == "avx512" || name == "neon") {
    throw UsageError(
        fmt::format("--simd is {}: this processor does not have it (its best is {}); use auto", name, simd_name(best)));
  }
  throw UsageError(fmt::format("--simd is {}: wants one of auto, baseline, avx2, avx512, neon", name.empty() ? "''" : name));
}

}  // namespace word2vec
