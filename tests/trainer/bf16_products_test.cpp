// Scores and updates by products of bf16, against a twin that cuts each factor in the same way and sums in double.
#include "trainer/bf16_products.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "corpus/simd.h"
#include "tests/trainer/bf16_numbers.h"
#include "trainer/row_scores.h"
#include "trainer/row_update.h"

#if defined(__x86_64__)
namespace word2vec {
namespace {

using Registers = Avx512Bf16Registers;
constexpr std::size_t stride = 144;

struct Case {
  std::size_t dim, contexts, outputs;
  bool twice;
  std::vector<std::vector<float>> rows;     // distinct ones, padded with zeros
  std::vector<std::size_t> hidden, output;  // which of them; a row may come twice
  std::vector<std::uint32_t> group_ends;    // no row twice in a group
  std::vector<float> pulls, hidden_rates, output_rates;

  Case(std::size_t d, std::size_t c, std::size_t o, bool with_rows_twice)
      : dim(d), contexts(c), outputs(o), twice(with_rows_twice), rows(c + o), pulls((c + 1) * o + 48) {
    std::mt19937 random(static_cast<unsigned>(d * 1000 + c * 30 + o));
    std::uniform_real_distribution<float> values(-1, 1);
    for (std::vector<float>& row : rows) {
      row.resize(stride);
      std::generate_n(row.begin(), dim, [&] { return values(random); });
    }
    for (std::size_t i = 0; i < c * o; ++i) pulls[i] = values(random);
    for (std::size_t i = 0; i < c; ++i) {
      hidden.push_back(twice && i % 5 == 4 ? i - 3 + i % 2 : i);
      if (twice && i % 8 == 5) hidden.back() = hidden[i - 1];  // two that would be a pair
    }
    for (std::size_t i = 0; i < o; ++i) output.push_back(c + (twice && i % 9 == 7 ? i - 2 : i));
    std::size_t first = 0;
    for (std::size_t i = 1; i <= o; ++i) {
      const auto begin = output.begin() + static_cast<std::ptrdiff_t>(first),
                 end = output.begin() + static_cast<std::ptrdiff_t>(i);
      if (i < o && i - first < Registers::tile_outputs && std::find(begin, end, output[i]) == end) continue;
      group_ends.push_back(static_cast<std::uint32_t>(i));
      first = i;
    }
    for (std::size_t i = 0; i < c; ++i) hidden_rates.push_back(values(random));
    for (std::size_t i = 0; i < o; ++i) output_rates.push_back(values(random));
  }
  std::size_t length() const { return (dim + 7) / 8 * 8; }
};

template <class ScoreRegisters>
WORD2VEC_AVX512_BF16 void score(Case& test, float* scores) {
  const std::vector<float*> hidden = pointers(test.rows, test.hidden), output = pointers(test.rows, test.output);
  score_rows<ScoreRegisters>(hidden.data(), test.contexts, output.data(), test.outputs, test.length(), scores);
}

template <bool row_rates>
WORD2VEC_AVX512_BF16 void update(Case& test) {
  const std::vector<float*> hidden = pointers(test.rows, test.hidden), output = pointers(test.rows, test.output);
  PullPairs<Registers> pairs;
  update_rows<Registers, row_rates>(hidden.data(), test.contexts, output.data(), test.outputs, test.group_ends, test.pulls.data(),
                                    pairs, test.length(), {test.hidden_rates.data(), test.output_rates.data()});
}

template <class ScoreRegisters>
void check_scores(Case test) {
  constexpr std::size_t pair = 2 * ScoreRegisters::lanes;
  std::vector<float> scores(test.contexts * test.outputs + 32);
  score<ScoreRegisters>(test, scores.data());
  for (std::size_t c = 0; c < test.contexts; ++c) {
    const std::size_t tile = c < test.contexts / 4 * 4 ? 4 : test.contexts % 4;
    for (std::size_t o = 0; o < test.outputs; ++o) {
      const std::size_t group = o < test.outputs / 6 * 6 ? 6 : test.outputs % 6;
      const std::size_t in_pairs = tile > 1 && group > 1 ? test.length() / pair * pair : 0;
      double sum = 0, size = 0;
      for (std::size_t i = 0; i < test.dim; ++i) {
        const float a = test.rows[test.hidden[c]][i], b = test.rows[test.output[o]][i];
        const double product = i < in_pairs ? static_cast<double>(cut(a)) * cut(b) : static_cast<double>(a) * b;
        sum += product;
        size += std::abs(product);
      }
      ASSERT_NEAR(scores[c * test.outputs + o], sum, 1e-6 * (size + 1e-3)) << "context " << c << " output " << o;
    }
  }
}

// One column of an update after the other, as row_update.h says it.
template <bool row_rates>
std::vector<std::vector<double>> twin_of_update(const Case& test) {
  const bool paired = test.contexts > 1 && test.outputs > 1;
  std::vector<std::vector<double>> rows;
  for (const std::vector<float>& row : test.rows) rows.emplace_back(row.begin(), row.end());
  const auto product = [](float pull, double number, bool in_pair) {
    return in_pair ? static_cast<double>(rounded(pull)) * cut(static_cast<float>(number)) : static_cast<double>(pull) * number;
  };
  for (std::size_t i = 0; i < test.dim; ++i) {
    std::vector<double> change(test.contexts);
    std::size_t first = 0;
    for (const std::uint32_t end : test.group_ends) {
      const std::size_t size = end - first;
      std::vector<double> before, sum(size);
      for (std::size_t o = first; o < end; ++o) before.push_back(rows[test.output[o]][i]);
      for (std::size_t c = 0; c < test.contexts;) {
        const bool both = paired && c % 2 == 0 && c + 2 <= test.contexts && test.hidden[c] != test.hidden[c + 1];
        const std::size_t some = both ? 2 : 1;
        for (std::size_t r = c; r < c + some; ++r) {
          const double number = rows[test.hidden[r]][i];
          for (std::size_t o = 0; o < size; ++o) {
            const float pull = test.pulls[r * test.outputs + first + o];
            sum[o] += product(pull, number, some == 2);
            change[r] += product(pull, before[o], paired && o < size / 2 * 2);
          }
        }
        for (std::size_t r = c; r < c + some && end == test.outputs; ++r)
          rows[test.hidden[r]][i] += change[r] * (row_rates ? static_cast<double>(test.hidden_rates[r]) : 1);
        c += some;
      }
      for (std::size_t o = first; o < end; ++o)
        rows[test.output[o]][i] += sum[o - first] * (row_rates ? static_cast<double>(test.output_rates[o]) : 1);
      first = end;
    }
  }
  return rows;
}

template <bool row_rates>
void check_update(Case test) {
  const std::vector<std::vector<double>> want = twin_of_update<row_rates>(test);
  update<row_rates>(test);
  std::size_t off = 0;  // columns
  for (std::size_t i = 0; i < stride; ++i) {
    bool same = true;
    for (std::size_t row = 0; row < want.size(); ++row) {
      // A number that is met again, where it lies at a cut in double, may have been cut to the next one in float; all
      // rows of its column are then off.
      same = same && std::abs(static_cast<double>(test.rows[row][i]) - want[row][i]) <= 2e-5;
      ASSERT_NEAR(test.rows[row][i], want[row][i], test.twice ? 0.1 : 2e-5) << "row " << row << " number " << i;
    }
    off += !same;
  }
  EXPECT_LE(off, test.dim / 10);
}

TEST(Bf16Products, ScoresAndUpdatesAreThoseOfTheCutFactors) {
  const std::vector<SimdLevel> here = simd_levels();
  if (std::find(here.begin(), here.end(), SimdLevel::avx512bf16) == here.end())
    GTEST_SKIP() << "this processor has no AVX512_BF16";
  for (std::size_t dim = 1; dim <= 130; ++dim) {
    for (std::size_t turn = 0; turn < 6; ++turn) {
      const std::size_t contexts = 1 + (dim * 7 + turn * 5) % 32, outputs = 1 + (dim * 11 + turn * 9) % 26;
      SCOPED_TRACE(testing::Message() << "dim " << dim << " contexts " << contexts << " outputs " << outputs);
      const Case test(dim, contexts, outputs, turn % 2 != 0);
      check_scores<Registers>(test);
      check_scores<Avx512Bf16HalfRegisters>(test);
      check_update<false>(test);
      check_update<true>(test);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace word2vec
#endif
