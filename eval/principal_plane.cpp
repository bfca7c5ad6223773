#include "eval/principal_plane.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "eval/row_panels.h"

namespace word2vec {
namespace {

/// Unit rows less their mean: rows x dim.
Eigen::MatrixXd centred(const Matrix& vectors, std::span<const std::size_t> rows) {
  std::vector<float> unit(vectors.columns());
  Eigen::MatrixXd result(rows.size(), vectors.columns());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    write_unit(vectors.values(rows[i]), unit);
    result.row(static_cast<Eigen::Index>(i)) =
        Eigen::Map<const Eigen::RowVectorXf>(unit.data(), static_cast<Eigen::Index>(unit.size())).cast<double>();
  }
  result.rowwise() -= result.colwise().mean().eval();
  return result;
}

}  // namespace

PrincipalPlane principal_plane(const Matrix& vectors, std::span<const std::size_t> rows) {
  PrincipalPlane plane;
  plane.points.resize(rows.size());
  if (rows.size() < 2) return plane;
  const Eigen::MatrixXd data = centred(vectors, rows);
  const Eigen::MatrixXd products = data * data.transpose();
  const double variance = products.trace();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(products);  // ascending
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const Eigen::Index which = solver.eigenvalues().size() - 1 - static_cast<Eigen::Index>(axis);
    const double value = solver.eigenvalues()[which];
    if (!(value > 1e-12 * std::max(variance, 1e-12))) break;  // what rounding leaves of nothing
    Eigen::VectorXd places = solver.eigenvectors().col(which) * std::sqrt(value);
    if (places.maxCoeff() < -places.minCoeff()) places = -places;
    for (std::size_t i = 0; i < rows.size(); ++i) plane.points[i][axis] = places[static_cast<Eigen::Index>(i)];
    plane.shares[axis] = value / variance;
  }
  return plane;
}

}  // namespace word2vec
