// The plane in which some vectors differ most: principal component analysis. Knows numbers only.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "trainer/embeddings/matrix.h"

namespace word2vec {

struct PrincipalPlane {
  std::vector<std::array<double, 2>> points;  ///< one a row, around the rows' mean
  std::array<double, 2> shares{};             ///< of the rows' whole variance, 0 to 1, along the first and the second component
};

/// Puts `rows` of `vectors`, each divided by its length, into the plane of their first two principal components. Directions are
/// such that the point furthest out along each is on its positive side. Where rows do not vary, points are 0. Takes the
/// eigenvectors of rows x rows inner products: meant for hundreds of rows, of any dimension.
PrincipalPlane principal_plane(const Matrix& vectors, std::span<const std::size_t> rows);

}  // namespace word2vec
