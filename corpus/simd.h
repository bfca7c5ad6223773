// Which instruction sets this processor has, and which one a run uses. Knows processors; no arithmetic.
#pragma once

#include <string_view>
#include <vector>

namespace word2vec {

/// Ascending within a family of processors. `baseline` is what every machine of that family has, worked with as if it had few
/// registers: SSE2 on x86-64, and on AArch64 the same instructions as `neon`. `avx512bf16` is `avx512`, with Skip-gram's products
/// of numbers cut to bf16 (trainer/bf16_products.h), and `amx` is `avx512` too, with the products of many rows by many of such
/// numbers (trainer/amx_products.h): to ask for what all three have, compare with >=.
enum class SimdLevel { baseline, neon, avx2, avx512, avx512bf16, amx };

const char* simd_name(SimdLevel level);
/// The levels that this machine has, ascending. The first call asks the system for the registers of AMX, for the whole process.
std::vector<SimdLevel> simd_levels();
/// The fastest of these: the last, but avx512bf16 on AMD's processors alone. Intel's take four times as long for a register of
/// products of pairs as for one of floats, so that pairs have half the speed there.
SimdLevel best_simd();
/// Whether the processor adds up products of bytes (VNNI), beside all of SimdLevel::avx512.
bool has_byte_products();
/// Whether the processor takes 64-byte registers in two turns: Zen 4 among those with AVX-512.
bool halves_wide_registers();
/// "auto" is the best; else the named level. Throws UsageError for an unknown name or one that this machine lacks.
SimdLevel parse_simd(std::string_view name);

// Functions of one body compiled for each level: the body is an inline template, the wrappers differ by these attributes,
// and `flatten` pulls the whole body in, so that no code for a wider level leaks into what other machines run.
#if defined(__x86_64__)
#define WORD2VEC_AVX2 [[gnu::target("avx2,fma,bmi,bmi2,popcnt,prfchw"), gnu::flatten]]
#if defined(__clang__)  // takes no vector width here, and would ignore the whole attribute
#define WORD2VEC_WIDTH ""
#else
#define WORD2VEC_WIDTH ",prefer-vector-width=512"
#endif
#define WORD2VEC_AVX512_FEATURES "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi,bmi2,popcnt,prfchw" WORD2VEC_WIDTH
#define WORD2VEC_AVX512 [[gnu::target(WORD2VEC_AVX512_FEATURES), gnu::flatten]]
#define WORD2VEC_AVX512_BF16 [[gnu::target("avx512bf16," WORD2VEC_AVX512_FEATURES), gnu::flatten]]
#else
#define WORD2VEC_AVX2 [[gnu::flatten]]
#define WORD2VEC_AVX512 [[gnu::flatten]]
#endif

}  // namespace word2vec
