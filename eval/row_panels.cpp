// Scoring by panels of rows. Refuses to know words and ranks.
#include "eval/row_panels.h"

#include <cmath>
#include <cstring>
#include <type_traits>

#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/selection.h"

namespace word2vec {
namespace {

constexpr std::size_t width = RowPanels::width;

// Registers of the three widths. A reduction over a row's numbers would end in adding up lanes, once for each of 600 million
// scores in a full evaluation; here lanes are rows and stay apart. The vector extension, not a loop for the compiler to
// widen, because g++ keeps an array of sums in memory and these in registers.
using Narrow [[gnu::vector_size(16)]] = float;
using Middle [[gnu::vector_size(32)]] = float;
using Wide [[gnu::vector_size(64)]] = float;

/// `Queries` queries against a panel of `dim x width`: Queries * width / lanes sums, chosen to be 8 registers.
template <class Register, std::size_t Queries, Score kind>
[[gnu::always_inline]] inline void score_block(const float* panel, std::size_t dim, const float* const* queries, float* scores,
                                               std::size_t stride) {
  constexpr std::size_t lanes = sizeof(Register) / sizeof(float), parts = width / lanes;
  Register sums[Queries][parts] = {};
  for (std::size_t i = 0; i < dim; ++i, panel += width) {
    Register numbers[parts];
    for (std::size_t part = 0; part < parts; ++part) {
      Register loaded;
      std::memcpy(&loaded, panel + part * lanes, sizeof loaded);
      numbers[part] = loaded;
    }
#pragma GCC unroll 8
    for (std::size_t q = 0; q < Queries; ++q) {
      const float number = queries[q][i];
#pragma GCC unroll 8
      for (std::size_t part = 0; part < parts; ++part) {
        if constexpr (kind == Score::dot) {
          sums[q][part] += numbers[part] * number;
        } else {
          const Register difference = numbers[part] - number;
          sums[q][part] += difference * difference;
        }
      }
    }
  }
  for (std::size_t q = 0; q < Queries; ++q) {
    // Not through a Register*: `scores` need not be aligned, and an alignment attribute would be lost on a template argument.
    for (std::size_t part = 0; part < parts; ++part) {
      const Register sum = sums[q][part];  // one at a time: to copy the array would keep it in memory
      std::memcpy(scores + q * stride + part * lanes, &sum, sizeof sum);
    }
  }
}

struct Job {
  const float* panel;
  std::size_t dim;
  std::span<const float* const> queries;
  float* scores;
  std::size_t stride;
};

template <class Register, std::size_t Queries, Score kind>
[[gnu::always_inline]] inline void score_all(const Job& job) {
  const float* const* query = job.queries.data();
  const float* const* const end = query + job.queries.size();
  float* scores = job.scores;
  for (; query + Queries <= end; query += Queries, scores += Queries * job.stride) {
    score_block<Register, Queries, kind>(job.panel, job.dim, query, scores, job.stride);
  }
  for (; query < end; ++query, scores += job.stride) {
    score_block<Register, 1, kind>(job.panel, job.dim, query, scores, job.stride);
  }
}

template <Score kind>
void score_baseline(const Job& job) {
  score_all<Narrow, 1, kind>(job);
}
template <Score kind>
WORD2VEC_AVX2 void score_avx2(const Job& job) {
  score_all<Middle, 2, kind>(job);
}
template <Score kind>
WORD2VEC_AVX512 void score_avx512(const Job& job) {
  score_all<Wide, 4, kind>(job);
}

template <Score kind>
void score_at(SimdLevel level, const Job& job) {
  switch (level) {
    case SimdLevel::avx512:
    case SimdLevel::avx512bf16:
    case SimdLevel::amx:
      return score_avx512<kind>(job);
    case SimdLevel::avx2:
      return score_avx2<kind>(job);
    default:
      return score_baseline<kind>(job);
  }
}

}  // namespace

void write_unit(std::span<const float> row, std::span<float> to) {
  const double length = norm(row);
  const double scale = length > 0 ? 1 / length : 0;  // a double: to multiply by it is as exact, rounded to float, as to divide
  for (std::size_t i = 0; i < row.size(); ++i) to[i] = static_cast<float>(static_cast<double>(row[i]) * scale);
}

std::vector<const float*> row_pointers(const Matrix& matrix, std::size_t first, std::size_t last) {
  std::vector<const float*> pointers;
  pointers.reserve(last - first);
  for (std::size_t row = first; row < last; ++row) pointers.push_back(matrix.row(row));
  return pointers;
}

RowPanels::RowPanels(const Matrix& matrix, std::size_t count, bool unit, SimdLevel level)
    : rows_(count), dim_(matrix.columns()), level_(level), panels_((count + width - 1) / width, matrix.columns() * width) {
  for_rows(panels(), [&](std::size_t panel) {
    std::vector<float> scaled(dim_);
    for (std::size_t r = 0; r < rows_in(panel); ++r) {
      std::span<const float> row = matrix.values(panel * width + r);
      if (unit) write_unit(row, scaled);
      if (unit) row = scaled;
      for (std::size_t i = 0; i < dim_; ++i) panels_.row(panel)[i * width + r] = row[i];
    }
  });
}

void RowPanels::score(std::size_t panel, std::span<const float* const> queries, Score kind, float* scores,
                      std::size_t stride) const {
  const Job job{panels_.row(panel), dim_, queries, scores, stride};
  if (kind == Score::dot) return score_at<Score::dot>(level_, job);
  score_at<Score::squared_distance>(level_, job);
}

}  // namespace word2vec
