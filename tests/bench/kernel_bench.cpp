// The speed of the row kernels and of whole steps over rows in the first-level cache, by instruction set and dimension.
// Counters: GFLOP/s over the columns (padding is not counted, nor are logistic and loss), and its share of the arithmetic
// peak measured just before. With equal speed per float, rows of a kernel differ in neither.
#include <benchmark/benchmark.h>

#include <vector>

#include "peak.h"
#include "trainer/cbow_step.h"
#include "trainer/embeddings/matrix.h"
#include "trainer/negative_sampling.h"
#include "trainer/random.h"

namespace word2vec {
namespace {

constexpr std::size_t contexts = 6, outputs = 6;  // a window of 5 draws 6 contexts in the mean; 5 negatives and the target

enum class Kernel { score, update, skipgram_step, cbow_step };
constexpr const char* kernel_names[] = {"score_rows", "update_rows", "skipgram_step", "cbow_step"};

double operations(Kernel kernel, std::size_t dim) {
  const std::size_t met = contexts * outputs;
  switch (kernel) {
    case Kernel::score:
      return static_cast<double>(2 * met * dim);
    case Kernel::update:
      return static_cast<double>(4 * met * dim);
    case Kernel::skipgram_step:
      return static_cast<double>(6 * met * dim);
    case Kernel::cbow_step:  // the mean of the contexts, one hidden row's step, and the change added to the contexts
      return static_cast<double>((contexts + 6 * outputs + contexts) * dim);
  }
  return 0;
}

struct Work {
  Matrix input, output;
  std::vector<float*> hidden, output_rows;
  std::vector<WordId> negatives;
  std::vector<float> scores;
  Rows<float> rows;

  explicit Work(std::size_t dim)
      : input(contexts, dim),
        output(outputs, dim),
        scores(contexts * outputs + 2 * 16, 1e-9F),
        rows(output.row(0), output.stride(), dim) {
    Random random(1);
    for (Matrix* matrix : {&input, &output}) {
      for (std::size_t row = 0; row < matrix->rows(); ++row) {
        for (float& value : matrix->values(row)) value = static_cast<float>(random.uniform() - 0.5);
      }
    }
    for (std::size_t row = 0; row < contexts; ++row) hidden.push_back(input.row(row));
    for (std::size_t row = 0; row < outputs; ++row) output_rows.push_back(output.row(row));
    for (WordId word = 1; word < outputs; ++word) negatives.push_back(word);
  }
};

template <class Registers>
[[gnu::always_inline]] inline void run_kernel(Kernel kernel, Work& work, std::size_t times) {
  constexpr float alpha = 1e-9F;  // the rows stay as they are, or their numbers would run away
  const std::size_t length = work.rows.length<Registers>();
  const std::uint32_t all = outputs;
  const auto nothing = [](Half) {};
  NegativeSampling<Registers> sampling(work.rows, outputs - 1);
  CbowStep<Registers> cbow(work.rows, outputs - 1);
  PullPairs<Registers> pairs;
  for (std::size_t i = 0; i < times; ++i) {
    switch (kernel) {
      case Kernel::score:
        score_rows<Registers>(work.hidden.data(), contexts, work.output_rows.data(), outputs, length, work.scores.data());
        break;
      case Kernel::update:
        update_rows<Registers>(work.hidden.data(), contexts, work.output_rows.data(), outputs, {&all, 1}, work.scores.data(),
                               pairs, length);
        break;
      case Kernel::skipgram_step:
        sampling.template choose<false>(0, work.negatives.data());
        sampling.template step<false>(work.hidden.data(), nullptr, contexts, alpha, nothing);
        break;
      case Kernel::cbow_step:
        cbow.step(work.hidden.data(), contexts, 0, work.negatives.data(), alpha, 1.0F, nothing);
        break;
    }
    benchmark::ClobberMemory();
  }
}

void run_baseline(Kernel kernel, Work& work, std::size_t times) { run_kernel<BaselineRegisters>(kernel, work, times); }
#if defined(__x86_64__)
WORD2VEC_AVX2 void run_avx2(Kernel kernel, Work& work, std::size_t times) { run_kernel<Avx2Registers>(kernel, work, times); }
WORD2VEC_AVX512 void run_avx512(Kernel kernel, Work& work, std::size_t times) {
  run_kernel<Avx512Registers>(kernel, work, times);
}
WORD2VEC_AVX512_BF16 void run_avx512bf16(Kernel kernel, Work& work, std::size_t times) {
  run_kernel<Avx512Bf16Registers>(kernel, work, times);
}
#elif defined(__aarch64__)
void run_neon(Kernel kernel, Work& work, std::size_t times) { run_kernel<NeonRegisters>(kernel, work, times); }
#endif

void run_at(SimdLevel simd, Kernel kernel, Work& work, std::size_t times) {
#if defined(__x86_64__)
  if (simd == SimdLevel::avx512bf16) return run_avx512bf16(kernel, work, times);
  if (simd == SimdLevel::avx512) return run_avx512(kernel, work, times);
  if (simd == SimdLevel::avx2) return run_avx2(kernel, work, times);
#elif defined(__aarch64__)
  if (simd == SimdLevel::neon) return run_neon(kernel, work, times);
#endif
  (void)simd;
  run_baseline(kernel, work, times);
}

void measure(benchmark::State& state, Kernel kernel, SimdLevel simd, std::size_t dim) {
  constexpr std::size_t times = 256;
  Work work(dim);
  const double peak = measured_peak(simd);
  for (auto _ : state) run_at(simd, kernel, work, times);
  const double done = static_cast<double>(state.iterations()) * times * operations(kernel, dim) * 1e-9;
  state.counters["GFLOP/s"] = benchmark::Counter(done, benchmark::Counter::kIsRate);
  state.counters["peak"] = peak;
  state.counters["of_peak"] = benchmark::Counter(done / peak, benchmark::Counter::kIsRate);
}

void declare_all() {
  for (const SimdLevel simd : simd_levels()) {
    if (simd == SimdLevel::amx) continue;  // so few rows it multiplies as avx512 does
    for (const Kernel kernel : {Kernel::score, Kernel::update, Kernel::skipgram_step, Kernel::cbow_step}) {
      for (const std::size_t dim : {50, 64, 99, 100, 101, 128, 150, 199, 200, 201, 256, 299, 300}) {
        const std::string name =
            std::string(kernel_names[static_cast<int>(kernel)]) + "/" + simd_name(simd) + "/dim:" + std::to_string(dim);
        benchmark::RegisterBenchmark(name.c_str(), measure, kernel, simd, dim);
      }
    }
  }
}

}  // namespace
}  // namespace word2vec

int main(int argc, char** argv) {
  word2vec::declare_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
