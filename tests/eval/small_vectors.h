// Small random embeddings and double-precision twins, shared by the tests of this folder.
#pragma once

#include <cmath>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "corpus/simd.h"
#include "trainer/embeddings/embeddings.h"

namespace word2vec {

inline Matrix random_matrix(std::size_t rows, std::size_t columns, unsigned seed) {
  Matrix matrix(rows, columns);
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  for (std::size_t row = 0; row < rows; ++row) {
    for (float& value : matrix.values(row)) value = normal(random);
  }
  return matrix;
}

inline Matrix matrix_of(const std::vector<std::vector<float>>& rows) {
  Matrix matrix(rows.size(), rows.at(0).size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t d = 0; d < rows[i].size(); ++d) matrix.row(i)[d] = rows[i][d];
  }
  return matrix;
}

/// Words w0, w1, ... with random rows.
inline Embeddings random_embeddings(std::size_t rows, std::size_t columns, unsigned seed) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < rows; ++i) words.push_back("w" + std::to_string(i));
  return {std::move(words), random_matrix(rows, columns, seed)};
}

inline double exact_dot(std::span<const float> left, std::span<const float> right) {
  double sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i) sum += static_cast<double>(left[i]) * static_cast<double>(right[i]);
  return sum;
}

inline double exact_cosine(std::span<const float> left, std::span<const float> right) {
  const double lengths = std::sqrt(exact_dot(left, left) * exact_dot(right, right));
  return lengths > 0 ? exact_dot(left, right) / lengths : 0;
}

inline double exact_distance(std::span<const float> left, std::span<const float> right) {
  double sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double difference = static_cast<double>(left[i]) - static_cast<double>(right[i]);
    sum += difference * difference;
  }
  return std::sqrt(sum);
}

}  // namespace word2vec
