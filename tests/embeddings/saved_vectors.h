// Small vectors made and saved by tests.
#pragma once

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

#include "trainer/embeddings/vector_output.h"

namespace word2vec {

inline Matrix matrix_of(std::initializer_list<std::vector<float>> rows) {
  Matrix matrix(rows.size(), rows.begin()->size());
  std::size_t row = 0;
  for (const std::vector<float>& values : rows) std::copy(values.begin(), values.end(), matrix.row(row++));
  return matrix;
}

inline void save(const std::string& path, VectorFormat format, const std::vector<std::string>& words, const Matrix& vectors,
                 const VectorNotes& notes = {}) {
  VectorOutput output(path, format);
  output.write(words, vectors, notes);
  output.commit();
}

inline void save(const std::string& path, VectorFormat format, const Embeddings& embeddings) {
  save(path, format, embeddings.words(), embeddings.vectors());
}

/// Bits, so that a zero of the other sign or another rounding is seen.
inline bool same_vectors(const Matrix& one, const Matrix& other) {
  if (one.rows() != other.rows() || one.columns() != other.columns()) return false;
  for (std::size_t row = 0; row < one.rows(); ++row) {
    if (std::memcmp(one.row(row), other.row(row), one.columns() * sizeof(float)) != 0) return false;
  }
  return true;
}

}  // namespace word2vec
