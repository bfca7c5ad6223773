// Panels against plain loops, for registers of every width, in the compiler's own code where the machine lacks them.
#include "trainer/panel_products.h"

#include <gtest/gtest.h>

#include <random>

namespace word2vec {
namespace {

template <class Real>
struct Numbers {
  std::size_t stride;
  std::vector<Real> numbers;
  std::vector<Real*> rows;

  // Small whole numbers, so that all sums are exact.
  Numbers(std::size_t count, std::size_t columns, unsigned seed) : stride((columns + 15) / 16 * 16), numbers(count * stride) {
    std::mt19937 random(seed);
    for (std::size_t r = 0; r < count; ++r) {
      rows.push_back(&numbers[r * stride]);
      for (std::size_t i = 0; i < columns; ++i) rows[r][i] = static_cast<Real>(random() % 15) - 7;
    }
  }
};

template <class Registers>
void check_scores(std::size_t left_rows, std::size_t right_rows, std::size_t columns) {
  SCOPED_TRACE(testing::Message() << left_rows << " by " << right_rows << " rows of " << columns << ", lanes "
                                  << Registers::lanes);
  using Real = typename Registers::Real;
  const Numbers<Real> left(left_rows, columns, 1), right(right_rows, columns, 2);
  RowPanel<Registers> left_panel(columns), right_panel(columns);
  left_panel.take(left.rows.data(), left_rows);
  right_panel.take(right.rows.data(), right_rows);
  const std::size_t pitch = (right_rows + Registers::lanes - 1) / Registers::lanes * Registers::lanes;
  AlignedNumbers<Real> transposed, scores;
  Real* const panel = transposed.room(right_panel.registers() * Registers::lanes * pitch);
  tiles::transpose_rows<Registers>(right_panel, right_rows, pitch, panel);
  Real* const found = scores.room(left_rows * pitch);
  score_panel<Registers>(left_panel, 0, left_rows, panel, pitch, found);
  for (std::size_t l = 0; l < left_rows; ++l) {
    for (std::size_t r = 0; r < pitch; ++r) {
      Real want = 0;
      for (std::size_t i = 0; i < columns && r < right_rows; ++i) want += left.rows[l][i] * right.rows[r][i];
      ASSERT_EQ(found[l * pitch + r], want) << "row " << l << ", " << r;
    }
  }
}

template <class Registers>
void check_scores_of_all_shapes() {
  for (const std::size_t columns : {1, 3, 8, 16, 17, 100}) {
    for (const std::size_t rows : {1, 5, 6, 7, 43}) {
      for (const std::size_t others : {1, 2, 16, 18, 33}) check_scores<Registers>(rows, others, columns);
    }
  }
}

TEST(Panels, ScoresAreTheProductsOfAllRows) {
  check_scores_of_all_shapes<DoubleRegisters>();
  check_scores_of_all_shapes<BaselineRegisters>();
  check_scores_of_all_shapes<Avx2Registers>();
  check_scores_of_all_shapes<Avx512Registers>();
}

// Adds left[r][k] * right[k] to rows, a tile at a time, and one of the rows twice.
template <class Registers, std::size_t columns>
void check_sums_over_rows(std::size_t rows, std::size_t count) {
  using Real = typename Registers::Real;
  constexpr std::size_t width = columns * Registers::lanes;
  const Numbers<Real> right(count, width, 3);
  Numbers<Real> moved(rows, width, 4);
  const Numbers<Real> factors(rows, count, 5);
  moved.rows.back() = moved.rows.front();
  std::vector<Real> want = moved.numbers;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t i = 0; i < width; ++i) {
        want[static_cast<std::size_t>(moved.rows[r] - moved.numbers.data()) + i] += factors.rows[r][k] * right.rows[k][i];
      }
    }
  }
  RowPanel<Registers> panel(width);
  panel.take(right.rows.data(), count);
  tiles::over_rows<tiles::rows_of_tile(columns)>(0, rows, [&](std::size_t first, auto height) {
    constexpr std::size_t some = decltype(height)::value;
    typename Registers::Pack sum[some * columns] = {};
    const tiles::Left<Registers, some> left(factors.rows[first], factors.stride, 1);
    tiles::add_tile<Registers, some, columns>(sum, left, panel.across(0), panel.pitch(), count);
    tiles::add_to_rows<Registers, some, columns>(sum, &moved.rows[first], 0);
  });
  EXPECT_EQ(moved.numbers, want) << rows << " rows, " << count << " factors, " << columns << " registers of " << Registers::lanes;
}

TEST(Panels, SumsOverRowsAreAddedToEachRow) {
  for (const std::size_t rows : {1, 2, 3, 6, 11}) {
    for (const std::size_t count : {1, 2, 16, 19}) {
      check_sums_over_rows<DoubleRegisters, 2>(rows, count);
      check_sums_over_rows<BaselineRegisters, 1>(rows, count);
      check_sums_over_rows<Avx2Registers, 2>(rows, count);
      check_sums_over_rows<Avx512Registers, 4>(rows, count);
      check_sums_over_rows<Avx512Registers, 7>(rows, count);
    }
  }
}

}  // namespace
}  // namespace word2vec
