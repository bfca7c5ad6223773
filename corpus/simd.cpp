// Asks the processor what it has. Knows names of instruction sets; no arithmetic.
#include "corpus/simd.h"

#include <fmt/format.h>

#include "corpus/io/error.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#if defined(__linux__) && defined(__x86_64__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace word2vec {
namespace {

#if defined(__x86_64__)
/// Whether the processor has AMX with products of bf16 (not every compiler's built-in knows), and the system lets this process
/// use its registers, for which it must be asked.
bool may_use_tiles() {
#if defined(__linux__)
  constexpr unsigned amx_bf16 = 1U << 22U, amx_tile = 1U << 24U;
  constexpr int ask_for_permission = 0x1023, tile_data = 18;  // ARCH_REQ_XCOMP_PERM and XFEATURE_XTILEDATA, of Linux 5.16
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  static const bool granted = __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (edx & amx_bf16) != 0 &&
                              (edx & amx_tile) != 0 && syscall(SYS_arch_prctl, ask_for_permission, tile_data) == 0;
  return granted;
#else
  return false;
#endif
}
#endif

}  // namespace

const char* simd_name(SimdLevel level) {
  switch (level) {
    case SimdLevel::neon:
      return "neon";
    case SimdLevel::avx2:
      return "avx2";
    case SimdLevel::avx512:
      return "avx512";
    case SimdLevel::avx512bf16:
      return "avx512bf16";
    case SimdLevel::amx:
      return "amx";
    default:
      return "baseline";
  }
}

std::vector<SimdLevel> simd_levels() {
  std::vector<SimdLevel> levels = {SimdLevel::baseline};
#if defined(__x86_64__)
  // The built-in also asks whether the system saves the wide registers. The lists are those of the target attributes.
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx2) levels.push_back(SimdLevel::avx2);
  if (avx512) levels.push_back(SimdLevel::avx512);
  const bool bf16 = avx512 && __builtin_cpu_supports("avx512bf16");
  if (bf16) levels.push_back(SimdLevel::avx512bf16);
  if (bf16 && may_use_tiles()) levels.push_back(SimdLevel::amx);
#elif defined(__aarch64__)
  levels.push_back(SimdLevel::neon);  // no AArch64 is without it
#endif
  return levels;
}

SimdLevel best_simd() {
  const std::vector<SimdLevel> levels = simd_levels();
#if defined(__x86_64__)
  if (levels.back() == SimdLevel::avx512bf16 && !__builtin_cpu_is("amd")) return SimdLevel::avx512;  // Intel's without AMX
#endif
  return levels.back();
}

bool has_byte_products() {
#if defined(__x86_64__)
  return best_simd() >= SimdLevel::avx512 && __builtin_cpu_supports("avx512vnni");
#else
  return false;
#endif
}

bool halves_wide_registers() {
#if defined(__x86_64__)
  return __builtin_cpu_is("amdfam19h");
#else
  return false;
#endif
}

SimdLevel parse_simd(std::string_view name) {
  if (name == "auto") return best_simd();
  for (const SimdLevel level : simd_levels()) {
    if (name == simd_name(level)) return level;
  }
  if (name == "avx2" || name == "avx512" || name == "avx512bf16" || name == "amx" || name == "neon") {
    throw UsageError(
        fmt::format("--simd is {}: this processor does not have it (its best is {}); use auto", name, simd_name(best_simd())));
  }
  throw UsageError(
      fmt::format("--simd is {}: wants one of auto, baseline, avx2, avx512, avx512bf16, amx, neon", name.empty() ? "''" : name));
}

}  // namespace word2vec
