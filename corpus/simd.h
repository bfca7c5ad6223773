// Which instruction sets this processor has, and which one a run uses. Knows processors; no arithmetic.
#pragma once

#include <string_view>

namespace word2vec {

/// Ascending; `baseline` is what the compiler targets (SSE2 on x86-64, NEON on AArch64).
enum class SimdLevel { baseline, avx2, avx512 };

const char* simd_name(SimdLevel level);
/// The best level that this machine has.
SimdLevel best_simd();
/// "auto" is the best; else the named level. Throws UsageError for an unknown name or one that this machine lacks.
SimdLevel parse_simd(std::string_view name);

// Functions of one body compiled for each level: the body is an inline template, the wrappers differ by these attributes,
// and `flatten` pulls the whole body in, so that no code for a wider level leaks into what other machines run.
#if defined(__x86_64__)
#define WORD2VEC_AVX2 [[gnu::target("avx2,fma,bmi,bmi2,popcnt,prfchw"), gnu::flatten]]
#define WORD2VEC_AVX512 \
  [[gnu::target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi,bmi2,popcnt,prfchw,prefer-vector-width=512"), gnu::flatten]]
#else
#define WORD2VEC_AVX2 [[gnu::flatten]]
#define WORD2VEC_AVX512 [[gnu::flatten]]
#endif

}  // namespace word2vec
