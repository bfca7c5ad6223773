#include "trainer/embeddings/simd.h"

#include <string>

#include "corpus/io/error.h"

namespace word2vec {

const char* simd_name(SimdLevel level) {
  switch (level) {
    case SimdLevel::avx512:
      return "avx512";
    case SimdLevel::avx2:
      return "avx2";
    case SimdLevel::baseline:
      break;
  }
#if defined(__aarch64__)
  return "neon";
#else
  return "baseline";
#endif
}

SimdLevel best_simd() {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx2) return avx512 ? SimdLevel::avx512 : SimdLevel::avx2;
#endif
  return SimdLevel::baseline;
}

SimdLevel parse_simd(std::string_view name) {
  if (name == "auto") return best_simd();
  if (name == "baseline" || name == simd_name(SimdLevel::baseline)) return SimdLevel::baseline;
  const bool known = name == "avx2" || name == "avx512" || name == "neon";
  if (!known) throw UsageError("--simd is " + std::string(name) + ": wants auto, baseline, avx2, avx512 or neon");
  const SimdLevel level = name == "avx512" ? SimdLevel::avx512 : SimdLevel::avx2;
  if (name == "neon" || level > best_simd()) {
    throw UsageError("--simd " + std::string(name) + " is not in this machine's processor; its best is " +
                     simd_name(best_simd()));
  }
  return level;
}

}  // namespace word2vec
