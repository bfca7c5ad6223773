// Principal components against what can be worked out by hand, and against the definition.
#include "eval/principal_plane.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "eval/row_panels.h"
#include "tests/eval/small_vectors.h"

namespace word2vec {
namespace {

std::vector<std::size_t> all_rows(const Matrix& matrix) {
  std::vector<std::size_t> rows(matrix.rows());
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

TEST(PrincipalPlane, APlaneInSpaceIsFoundWhereverItLies) {
  // Unit rows (cos t, sin t) times an orthonormal pair: within a plane through the origin, at most 90 degrees apart.
  const double third = 1 / std::sqrt(3.0), half = 1 / std::sqrt(2.0);
  Matrix matrix(5, 3);
  std::vector<double> angles = {0, 0.3, 0.7, 1.1, 1.5};
  for (std::size_t i = 0; i < 5; ++i) {
    const double across = std::cos(angles[i]), along = std::sin(angles[i]);
    const std::vector<double> row = {across * third + along * half, across * third - along * half, across * third};
    for (std::size_t d = 0; d < 3; ++d) matrix.row(i)[d] = static_cast<float>(7 * row[d]);  // lengths do not matter
  }
  const PrincipalPlane plane = principal_plane(matrix, all_rows(matrix));
  EXPECT_NEAR(plane.shares[0] + plane.shares[1], 1, 1e-6);
  EXPECT_GT(plane.shares[0], plane.shares[1]);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      // Distances survive, as nothing lies outside the plane.
      const double seen = std::hypot(plane.points[i][0] - plane.points[j][0], plane.points[i][1] - plane.points[j][1]);
      EXPECT_NEAR(seen, 2 * std::sin((angles[i] - angles[j]) / 2), 1e-6);
    }
  }
}

TEST(PrincipalPlane, IsCentredUncorrelatedAndVariesMostAlongTheFirst) {
  for (const auto& [rows, columns] : {std::pair(40, 7), std::pair(12, 50)}) {
    const Matrix matrix = random_matrix(static_cast<std::size_t>(rows), static_cast<std::size_t>(columns), 3);
    const PrincipalPlane plane = principal_plane(matrix, all_rows(matrix));
    double mean[2] = {0, 0}, square[2] = {0, 0}, product = 0;
    for (const auto& [x, y] : plane.points) {
      mean[0] += x;
      mean[1] += y;
      square[0] += x * x;
      square[1] += y * y;
      product += x * y;
    }
    EXPECT_NEAR(mean[0], 0, 1e-6);
    EXPECT_NEAR(mean[1], 0, 1e-6);
    EXPECT_NEAR(product, 0, 1e-6);
    EXPECT_GT(square[0], square[1]);
    EXPECT_NEAR(plane.shares[0] / plane.shares[1], square[0] / square[1], 1e-6);
    // No direction among many tried has more of the variance.
    std::vector<std::vector<float>> unit(matrix.rows(), std::vector<float>(matrix.columns()));
    for (std::size_t i = 0; i < matrix.rows(); ++i) write_unit(matrix.values(i), unit[i]);
    const Matrix directions = random_matrix(200, matrix.columns(), 4);
    for (std::size_t d = 0; d < directions.rows(); ++d) {
      double sum = 0, squares = 0;
      for (const auto& row : unit) {
        const double along =
            exact_dot(row, directions.values(d)) / std::sqrt(exact_dot(directions.values(d), directions.values(d)));
        sum += along;
        squares += along * along;
      }
      EXPECT_LE(squares - sum * sum / static_cast<double>(unit.size()), square[0] + 1e-6);
    }
  }
}

TEST(PrincipalPlane, WhatDoesNotVaryStaysAtTheOrigin) {
  const Matrix same = matrix_of({{1, 2, 2}, {2, 4, 4}, {0.5F, 1, 1}});
  for (const auto& rows : {std::vector<std::size_t>{0, 1, 2}, {0}, {}}) {
    const PrincipalPlane plane = principal_plane(same, rows);
    ASSERT_EQ(plane.points.size(), rows.size());
    for (const auto& [x, y] : plane.points) {
      EXPECT_EQ(x, 0);
      EXPECT_EQ(y, 0);
    }
    EXPECT_EQ(plane.shares[0], 0);
  }
  const PrincipalPlane zeros = principal_plane(matrix_of({{0, 0}, {3, 0}}), std::vector<std::size_t>{0, 1});
  EXPECT_NEAR(std::abs(zeros.points[0][0]), 0.5, 1e-9);
  EXPECT_EQ(zeros.points[0][1], 0);  // two points make a line
}

}  // namespace
}  // namespace word2vec
