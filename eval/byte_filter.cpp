// Rounding to bytes, products of bytes, and what they bound. Refuses to know words and ranks.
#include "eval/byte_filter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "trainer/embeddings/selection.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace word2vec {
namespace {

constexpr std::size_t width = RowPanels::width, tile = ByteQueries::tile, lanes = 16, parts = width / lanes;
constexpr float most = 127;
// What is smaller is rounded to zero, since 127 over it may be infinite, and so is what is not finite: all is then error.
constexpr float least_top = 1e-30F;
// Norms whose squares are beyond this may overflow in the floats' own sums.
constexpr double too_large = 1e37;

using Floats [[gnu::vector_size(64)]] = float;
using Integers [[gnu::vector_size(64)]] = std::int32_t;
using Words [[gnu::vector_size(64)]] = std::uint32_t;

std::size_t groups_of(std::size_t dim) { return (dim + 3) / 4; }
std::size_t whole_tiles(std::size_t queries) { return (queries + tile - 1) / tile * tile; }
bool has_scale(float top) { return top >= least_top && top <= std::numeric_limits<float>::max(); }

#if defined(__x86_64__)
#define WORD2VEC_BYTE_PRODUCTS [[gnu::target("avx512vnni," WORD2VEC_AVX512_FEATURES), gnu::flatten]]
#define WORD2VEC_INLINE_BYTE_PRODUCTS [[gnu::target("avx512f,avx512vnni"), gnu::always_inline]] inline
#else
#define WORD2VEC_BYTE_PRODUCTS [[gnu::flatten]]
#define WORD2VEC_INLINE_BYTE_PRODUCTS [[gnu::always_inline]] inline
#endif

/// Adds to each lane of `sums` the products of its four bytes of `rows`, from 0 to 255, and those of `query`, from -128 to 127.
WORD2VEC_INLINE_BYTE_PRODUCTS void add_products(const Integers& rows, std::uint32_t query, Integers& sums) {
#if defined(__x86_64__)
  sums = reinterpret_cast<Integers>(_mm512_dpbusd_epi32(reinterpret_cast<__m512i>(sums), reinterpret_cast<__m512i>(rows),
                                                        _mm512_set1_epi32(static_cast<int>(query))));
#else
  for (int shift = 0; shift < 32; shift += 8) {
    sums += (rows >> shift & 255) * static_cast<std::int32_t>(static_cast<std::int8_t>(query >> shift & 255U));
  }
#endif
}

/// Whether some lane is not less than it wants: where `wanted` is no number, it says nothing.
WORD2VEC_INLINE_BYTE_PRODUCTS bool any_reaches(const Integers& sums, const Floats& wanted) {
  const Floats numbers = __builtin_convertvector(sums, Floats);
#if defined(__x86_64__)
  return _mm512_cmp_ps_mask(numbers, wanted, _CMP_NLT_UQ) != 0;
#else
  const Integers less = numbers < wanted;
  std::int32_t all = -1;
  for (std::size_t lane = 0; lane < lanes; ++lane) all &= less[lane];
  return all == 0;
#endif
}

float largest_lane(const Floats& numbers) {
  float largest = numbers[0];
  for (std::size_t lane = 1; lane < lanes; ++lane) largest = std::max(largest, numbers[lane]);
  return largest;
}

WORD2VEC_BYTE_PRODUCTS float largest_number(const float* panel, std::size_t dim) {
  Floats largest = {};
  for (std::size_t i = 0; i < dim * parts; ++i) {
    Floats x;
    std::memcpy(&x, panel + i * lanes, sizeof x);
    const Floats size = x < 0 ? -x : x;
    largest = size > largest ? size : largest;  // what is no number is passed over
  }
  return largest_lane(largest);
}

/// Rows 16 * part and on. `inverse` is 1 over the scale, 0 for rounding all to zero.
WORD2VEC_BYTE_PRODUCTS void round_part(const float* numbers, std::size_t dim, std::size_t part, float inverse, float gamma,
                                       BytePanel& to) {
  // A float this large has no bits for fractions: to add it rounds to the nearest integer, which then is in its lowest bits.
  constexpr float rounding = 0x1.8p23F;
  constexpr std::uint32_t rounding_bits = 0x4B400000;
  Floats squares = {}, errors = {};
  for (std::size_t group = 0; group < groups_of(dim); ++group) {
    Words bytes = Words{} + 0x80808080U;  // 128 in each, so that adding signed numbers borrows from none
    for (std::size_t i = 4 * group; i < std::min(4 * group + 4, dim); ++i) {
      Floats x;
      std::memcpy(&x, numbers + i * width + part * lanes, sizeof x);
      const Floats rounded = x * inverse + rounding;
      const Floats error = x - (rounded - rounding) * to.scale;
      squares += x * x;
      errors += error * error;
      bytes += (reinterpret_cast<Words>(rounded) - rounding_bits) << static_cast<std::uint32_t>(8 * (i % 4));
    }
    std::memcpy(&to.lines[group * parts + part], &bytes, sizeof bytes);
  }
  const Floats half_squares = squares * ((1 - gamma) / 2) / to.scale;
  std::memcpy(to.half_squares + part * lanes, &half_squares, sizeof half_squares);
  to.largest_square = std::max(to.largest_square, largest_lane(squares));
  to.largest_error = std::max(to.largest_error, largest_lane(errors));
}

struct Job {
  const BytePanel& panel;
  const std::uint32_t* queries;
  const std::int32_t* starts;
  const float *bounds, *factors;
  std::size_t tiles;
  std::uint32_t* found;
};

/// One tile of queries, whose sums begin as `starts` says.
WORD2VEC_INLINE_BYTE_PRODUCTS void multiply(const ByteLine* line, std::size_t groups, const std::uint32_t* queries,
                                            const std::int32_t* starts, Integers (&sums)[tile][parts]) {
#pragma GCC unroll 8
  for (std::size_t q = 0; q < tile; ++q) {
#pragma GCC unroll 2
    for (std::size_t part = 0; part < parts; ++part) sums[q][part] = Integers{} + starts[q];
  }
  for (std::size_t group = 0; group < groups; ++group, line += parts, queries += tile) {
    Integers rows[parts];
#pragma GCC unroll 2
    for (std::size_t part = 0; part < parts; ++part) {
      Integers loaded;  // one at a time: to copy into the array would keep it in memory
      std::memcpy(&loaded, line + part, sizeof loaded);
      rows[part] = loaded;
    }
#pragma GCC unroll 8
    for (std::size_t q = 0; q < tile; ++q) {
#pragma GCC unroll 2
      for (std::size_t part = 0; part < parts; ++part) add_products(rows[part], queries[q], sums[q][part]);
    }
  }
}

template <Score kind>
WORD2VEC_BYTE_PRODUCTS std::size_t find(const Job& job) {
  Floats half_squares[parts];
  std::memcpy(half_squares, job.panel.half_squares, sizeof half_squares);
  const std::size_t groups = job.panel.lines.size() / parts;
  std::size_t found = 0;
  for (std::size_t first = 0; first < job.tiles * tile; first += tile) {
    Integers sums[tile][parts];
    multiply(job.panel.lines.data(), groups, job.queries + first * groups, job.starts + first, sums);
#pragma GCC unroll 8
    for (std::size_t q = 0; q < tile; ++q) {
      bool reached = false;
#pragma GCC unroll 2
      for (std::size_t part = 0; part < parts; ++part) {
        Floats wanted = job.bounds[first + q] - Floats{};
        if constexpr (kind == Score::squared_distance) wanted += half_squares[part] * job.factors[first + q];
        reached |= any_reaches(sums[q][part], wanted);
      }
      job.found[found] = static_cast<std::uint32_t>(first + q);
      found += reached ? 1 : 0;
    }
  }
  return found;
}

/// What a panel multiplies a query's numbers by for its bound.
struct Terms {
  double bar, tiny, half_square, norm, error;
};

WORD2VEC_BYTE_PRODUCTS void add_terms(const Terms& terms, const float* bars, const double* inverses, const double* half_squares,
                                      const double* norms, const double* errors, std::size_t count, float* bounds) {
  for (std::size_t q = 0; q < count; ++q) {
    const double bar = (terms.bar * static_cast<double>(bars[q]) - terms.tiny) * inverses[q];
    const double wanted = bar + terms.half_square * half_squares[q] - terms.norm * norms[q] - terms.error * errors[q];
    bounds[q] = static_cast<float>(wanted - std::abs(wanted) * 0x1p-20 - 1);  // less, for the rounding here and in find()
  }
}

}  // namespace

bool can_filter(SimdLevel level, std::size_t dim) {
  return level >= SimdLevel::avx512 && has_byte_products() && dim <= std::size_t{1} << 16U;
}

ByteQueries::ByteQueries(std::span<const float* const> queries, std::size_t dim)
    : groups_(groups_of(dim)), numbers_(whole_tiles(queries.size()) * groups_), starts_(whole_tiles(queries.size())) {
  for (const float* const query : queries) add({query, dim});
  factors_.resize(starts_.size());
}

void ByteQueries::add(std::span<const float> query) {
  float top = 0;
  for (const float number : query) top = std::max(top, std::abs(number));
  const bool scaled = has_scale(top);
  const double scale = scaled ? static_cast<double>(top) / static_cast<double>(most) : 1;
  const std::size_t place = count();
  double squared_error = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const auto number = static_cast<double>(query[i]);
    const int whole = scaled ? static_cast<int>(std::lrint(number / scale)) : 0;
    const double error = number - whole * scale;
    squared_error += error * error;
    starts_[place] -= 128 * whole;
    std::uint32_t& four = numbers_[(place / tile * groups_ + i / 4) * tile + place % tile];
    four |= (static_cast<std::uint32_t>(whole) & 255U) << (8 * (i % 4));
  }
  const double length = norm(query);
  largest_norm_ = length <= largest_norm_ ? largest_norm_ : length;  // also when it is no number
  inverses_.push_back(1 / scale);
  norms_.push_back(length / scale);
  errors_.push_back(std::sqrt(squared_error) / scale);
  half_squares_.push_back(length * length / 2 / scale);
  factors_.push_back(static_cast<float>((1 - 0x1p-20) / scale));
}

ByteFilter::ByteFilter(std::size_t dim, std::size_t most_queries)
    : dim_(dim),
      gamma_(static_cast<double>(dim + 8) * 0x1p-23),  // twice what is needed, for the rounding of the norms too
      bounds_(whole_tiles(most_queries)),
      found_(bounds_.size()) {
  panel_.lines.resize(groups_of(dim) * parts);
}

void ByteFilter::take(std::span<const float> panel) {
  const float top = largest_number(panel.data(), dim_);
  panel_.scale = has_scale(top) ? top / most : 1;
  panel_.largest_square = panel_.largest_error = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    round_part(panel.data(), dim_, part, has_scale(top) ? most / top : 0, static_cast<float>(gamma_), panel_);
  }
}

std::span<const std::uint32_t> ByteFilter::may_reach(const ByteQueries& queries, Score kind, std::span<const float> bars) {
  const double tiny = static_cast<double>(dim_) * 0x1p-126;  // what products and squares that vanish may amount to
  const double norm = std::sqrt(static_cast<double>(panel_.largest_square) * (1 + gamma_) + tiny);
  // The second term is for processors that round a product before they subtract it.
  const double error = std::sqrt(static_cast<double>(panel_.largest_error) * (1 + gamma_) + tiny) + 0x1p-22 * norm;
  const double sum = norm + queries.largest_norm_;
  if (!(sum * sum < too_large)) {
    std::iota(found_.begin(), found_.end(), 0);
    return std::span(found_).first(queries.count());
  }
  const double inverse = 1 / static_cast<double>(panel_.scale);
  Terms terms{inverse, inverse * tiny, 0, inverse * (error + gamma_ * norm), inverse * (norm + error)};
  if (kind == Score::squared_distance) {
    terms = {inverse * (1 + 2 * gamma_) / 2, inverse * tiny, inverse, inverse * error, inverse * (norm + error)};
  }
  add_terms(terms, bars.data(), queries.inverses_.data(), queries.half_squares_.data(), queries.norms_.data(),
            queries.errors_.data(), queries.count(), bounds_.data());
  const Job job{panel_,         queries.numbers_.data(), queries.starts_.data(),
                bounds_.data(), queries.factors_.data(), whole_tiles(queries.count()) / tile,
                found_.data()};
  std::size_t found = kind == Score::dot ? find<Score::dot>(job) : find<Score::squared_distance>(job);
  while (found > 0 && found_[found - 1] >= queries.count()) --found;  // what fills the last tile
  return std::span(found_).first(found);
}

}  // namespace word2vec
