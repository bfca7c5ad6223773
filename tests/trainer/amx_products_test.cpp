// Scores and updates by matrix registers, against a twin that cuts each factor in the same way and sums in double.
#include "trainer/amx_products.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "corpus/simd.h"
#include "tests/trainer/bf16_numbers.h"

#if defined(__x86_64__)
namespace word2vec {
namespace {

struct Case {
  std::size_t dim, contexts, outputs, stride, pitch;
  std::vector<std::vector<float>> rows;  // of which some are there twice; past the length there is what no kernel may touch
  std::vector<std::size_t> hidden, output;
  std::vector<float> pulls, hidden_rates, output_rates;

  Case(std::size_t d, std::size_t c, std::size_t o, bool whole_registers)
      : dim(d),
        contexts(c),
        outputs(o),
        stride((d + 15) / 16 * 16),
        pitch(whole_registers ? (o + 15) / 16 * 16 : o),
        rows(c + o),
        pulls(c * pitch + 48) {
    std::mt19937 random(static_cast<unsigned>(d * 1000 + c * 60 + o));
    std::uniform_real_distribution<float> values(-1, 1);
    for (std::vector<float>& row : rows) {
      row.resize(stride, 1e30F);
      std::fill_n(row.begin(), length(), 0.0F);
      std::generate_n(row.begin(), dim, [&] { return values(random); });
    }
    for (float& pull : pulls) pull = values(random);
    for (std::size_t i = 0; i < c; ++i) hidden.push_back(i % 5 == 4 ? i - 3 : i);
    for (std::size_t i = 0; i < o; ++i) output.push_back(c + (i % 7 == 6 ? i - 1 : i));
    for (std::size_t i = 0; i < c; ++i) hidden_rates.push_back(values(random));
    for (std::size_t i = 0; i < o; ++i) output_rates.push_back(values(random));
  }
  std::size_t length() const { return (dim + 7) / 8 * 8; }
};

// What is asked for between the parts is asked for at least so often, and in the midst of both.
struct Calls {
  std::size_t of_score = 0, of_update = 0;
};

template <bool row_rates>
WORD2VEC_AVX512_BF16 Calls run(Case& test, AmxProducts& products, std::vector<float>& scores) {
  const std::vector<float*> hidden = pointers(test.rows, test.hidden), output = pointers(test.rows, test.output);
  Calls calls;
  products.take(hidden.data(), test.contexts, output.data(), test.outputs, test.length());
  products.score(scores.data(), test.pitch, [&] { ++calls.of_score; });
  products.update<row_rates>(test.pulls.data(), test.pitch, {test.hidden_rates.data(), test.output_rates.data()},
                             [&] { ++calls.of_update; });
  amx::release();
  return calls;
}

template <bool row_rates>
void check(Case test, AmxProducts& products) {
  const std::vector<std::vector<float>> before = test.rows;
  const std::size_t written = AmxProducts::rows_of_scores(test.contexts) * test.pitch + 16;
  std::vector<float> scores(written + 100, 5);
  const Calls calls = run<row_rates>(test, products, scores);
  EXPECT_EQ(std::count(scores.begin() + static_cast<std::ptrdiff_t>(written), scores.end(), 5.0F), 100) << "past the end";
  EXPECT_GE(calls.of_score, (test.length() + 31) / 32);
  EXPECT_GE(calls.of_update, (test.length() + 15) / 16);
  std::vector<std::vector<double>> want;
  for (const std::vector<float>& row : before) want.emplace_back(row.begin(), row.end());
  for (std::size_t c = 0; c < test.contexts; ++c) {
    const std::vector<float>& context = before[test.hidden[c]];
    for (std::size_t o = 0; o < test.outputs; ++o) {
      const std::vector<float>& output = before[test.output[o]];
      const auto pull = static_cast<double>(rounded(test.pulls[c * test.pitch + o]));
      double sum = 0, size = 0;
      for (std::size_t i = 0; i < test.dim; ++i) {
        const double a = cut(context[i]), b = cut(output[i]);
        sum += a * b;
        size += std::abs(a * b);
        want[test.hidden[c]][i] += pull * b * (row_rates ? static_cast<double>(test.hidden_rates[c]) : 1);
        want[test.output[o]][i] += pull * a * (row_rates ? static_cast<double>(test.output_rates[o]) : 1);
      }
      ASSERT_NEAR(scores[c * test.pitch + o], sum, 1e-6 * (size + 1e-3)) << "context " << c << " output " << o;
    }
  }
  for (std::size_t row = 0; row < want.size(); ++row) {
    for (std::size_t i = 0; i < test.stride; ++i) {
      if (i < test.dim) {
        ASSERT_NEAR(test.rows[row][i], want[row][i], 5e-5) << "row " << row << " number " << i;
      } else {
        ASSERT_EQ(test.rows[row][i], before[row][i]) << "row " << row << " number " << i << " is past the columns";
      }
    }
  }
}

TEST(AmxProducts, ScoresAndUpdatesAreThoseOfTheCutFactors) {
  const std::vector<SimdLevel> here = simd_levels();
  if (std::find(here.begin(), here.end(), SimdLevel::amx) == here.end()) GTEST_SKIP() << "this processor has no AMX";
  AmxProducts products;  // one for all, as for the steps of a piece: what a step leaves behind is not for the next
  for (std::size_t dim = 1; dim <= 140; ++dim) {
    for (std::size_t turn = 0; turn < 8; ++turn) {
      const std::size_t contexts = 1 + (dim * 7 + turn * 13) % 75, outputs = 1 + (dim * 11 + turn * 9) % 60;
      SCOPED_TRACE(testing::Message() << "dim " << dim << " contexts " << contexts << " outputs " << outputs);
      const Case test(dim, contexts, outputs, turn % 2 != 0);
      check<false>(test, products);
      check<true>(test, products);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
  for (const std::size_t contexts : {113, 226}) {  // of windows that are wide, in tiles of which the last lacks many rows
    check<false>(Case(20, contexts, 50, true), products);
    check<true>(Case(20, contexts, 50, false), products);
  }
}

}  // namespace
}  // namespace word2vec
#endif
