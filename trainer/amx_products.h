// What row_scores.h and row_update.h do, by the matrix registers of AMX (amx.h): all of a step's rows by all, in a few
// instructions. Knows tiles; refuses to know what the rows are. May race, as rows.h says.
//
// Rows stay float in memory, and so do sums; factors are cut to bf16 and pulls rounded, as in bf16_products.h. What costs is to
// make pairs, and to store them and the sums, where tiles are loaded from and stored to: a register stored takes two cycles, 256
// products one. So each pair is made where it is used, a column at a time, and what was stored is met again only a column later.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "trainer/aligned_numbers.h"
#include "trainer/amx.h"
#include "trainer/bf16_products.h"
#include "trainer/panel_products.h"
#include "trainer/rows.h"

namespace word2vec {

/// From so many pairs of rows on they take less time than products of floats do (measured with 6 to 16 of either, dim 100 and
/// 300).
constexpr std::size_t fewest_pairs_for_tiles = 96;

#if defined(__x86_64__)
/// One thread's scratch.
class AmxProducts {
 public:
  using Registers = AmxRegisters;
  using Real = Registers::Real;

  /// Takes the rows for the calls that follow, of `length` numbers.
  [[gnu::always_inline]] inline void take(Real* const* contexts, std::size_t count, Real* const* outputs,
                                          std::size_t count_of_outputs, std::size_t length) {
    contexts_ = {contexts, count};
    outputs_ = {outputs, count_of_outputs};
    length_ = length;
    context_rows_ = rows_of_scores(count) / groups_of(count);
    output_rows_ = std::min(count_of_outputs, amx::tile_rows);
    depth_ = std::max(count, count_of_outputs) <= lanes ? lanes : 2 * lanes;
    amx::Shapes shapes;
    for (const int tile : {context_sums, more_context_sums, context_factors}) shapes.set(tile, context_rows_);
    shapes.set(output_factors, amx::tile_rows);
    shapes.set(context_pulls, context_rows_, depth_ * 2);
    shapes.set(output_sums, output_rows_);
    shapes.set(output_pulls, output_rows_, depth_ * 2);
    shapes.set(right_factors, depth_ / 2);
    amx::shape(shapes);
  }

  /// How many rows of scores are written for so many contexts: whole tiles of equal height.
  static std::size_t rows_of_scores(std::size_t contexts) {
    const std::size_t groups = groups_of(contexts);
    return (contexts + groups - 1) / groups * groups;
  }
  /// scores[c * pitch + o] = contexts[c] . outputs[o]. Unless `pitch` is the outputs' number it is whole registers. Writes
  /// rows_of_scores, and up to a register past those. Calls between() now and then.
  template <class Between>
  [[gnu::always_inline]] inline void score(Real* scores, std::size_t pitch, Between&& between) {
    const std::size_t halves = (length_ + 2 * lanes - 1) / (2 * lanes), groups = groups_of(contexts_.count),
                      places = rows_of_scores(contexts_.count);
    const bool once = outputs_.count <= lanes, one_pass = groups <= 2;
    Pair* const left = left_.room((once ? 2 : halves) * places * lanes);
    Pair* const right = right_.room((one_pass ? 2 : halves) * lanes * lanes);
    // The last outputs first: what is stored past a context's last score are the next one's first, and then stored over.
    for (std::size_t o = (outputs_.count - 1) / lanes * lanes + lanes; o > 0;) {
      o -= lanes;
      const bool first_pass = o + lanes >= outputs_.count;
      for (std::size_t g = 0; g < groups; g += 2) {
        amx::clear<context_sums>();
        amx::clear<more_context_sums>();
        const auto place_in = [&](Pair * all, bool all_kept, std::size_t i, std::size_t rows) __attribute__((always_inline)) {
          return all + (all_kept ? i : i % 2) * rows * lanes;
        };
        for (std::size_t i = 0; i <= halves; ++i) {
          if (i < halves) {
            over_pair(
                i, [&](auto low, auto high) __attribute__((always_inline)) {
                  const Taken<decltype(low), decltype(high)> taken{2 * i * lanes};
                  if (g == 0) pair_down(taken, outputs_, o, place_in(right, !one_pass, i, lanes));
                  if (first_pass) {
                    pair_across(taken, g * context_rows_, std::min(contexts_.count, (g + 2) * context_rows_),
                                place_in(left, !once, i, places));
                  }
                });
          }
          if (i == 0) continue;
          const Pair* const factors = place_in(left, !once, i - 1, places) + g * context_rows_ * lanes;
          amx::load<output_factors>(place_in(right, !one_pass, i - 1, lanes), amx::row_bytes);
          amx::load<context_factors>(factors, amx::row_bytes);
          amx::add_products<context_sums, context_factors, output_factors>();
          if (g + 1 < groups) {
            amx::load<context_factors>(factors + context_rows_ * lanes, amx::row_bytes);
            amx::add_products<more_context_sums, context_factors, output_factors>();
          }
          if (first_pass) between();
        }
        Real* const from = scores + g * context_rows_ * pitch + o;
        amx::store<context_sums>(from, pitch * sizeof(Real));
        if (g + 1 < groups) amx::store<more_context_sums>(from + context_rows_ * pitch, pitch * sizeof(Real));
      }
    }
  }

  /// contexts[c] += sum over o of pulls[c * pitch + o] * outputs[o], and outputs[o] += sum over c of pulls[c * pitch + o] *
  /// contexts[c], all from the rows as they were. With rates of the rows' own each row's sum counts so many times. Reads up to
  /// two registers past the last pull. Calls between() after each column.
  template <bool row_rates, class Between>
  [[gnu::always_inline]] inline void update(const Real* pulls, std::size_t pitch, Rates<Real> rates, Between&& between) {
    spread(pulls, pitch);
    const std::size_t columns = (length_ + lanes - 1) / lanes;
    make_room();
    over_column(
        0, [&](auto registers) __attribute__((always_inline)) { make_pairs<decltype(registers)>(0); });
    const bool few = groups_of(contexts_.count) <= 2 && outputs_.count <= lanes;
    for (std::size_t n = 0; n <= columns; ++n) {
      if (n < columns && few) multiply_few(n);
      if (n < columns && !few) multiply_many(n);
      if (n + 1 < columns)
        over_column(
            n + 1, [&](auto registers) __attribute__((always_inline)) { make_pairs<decltype(registers)>(n + 1); });
      if (n > 0)
        over_column(
            n - 1, [&](auto registers)
                       __attribute__((always_inline)) { add_sums<decltype(registers), row_rates>(n - 1, rates); });
      if (n < columns && few) store_few(n);
      between();
    }
  }

 private:
  static constexpr std::size_t lanes = Registers::lanes, slots = 2;
  using Pack = Registers::Pack;
  using Pairs = Avx512Bf16Registers::Pairs;
  using Pair = std::uint32_t;
  struct Some {
    Real* const* rows = nullptr;
    std::size_t count = 0;
  };
  // The tiles.
  static constexpr int context_sums = 0, more_context_sums = 1, context_factors = 2, output_factors = 3, context_pulls = 4,
                       output_sums = 5, output_pulls = 6, right_factors = 7;

  static std::size_t groups_of(std::size_t rows) { return (rows + amx::tile_rows - 1) / amx::tile_rows; }
  std::size_t turns(std::size_t count) const { return (count + depth_ - 1) / depth_; }

  struct Nothing {};
  /// Two registers of a row from number `at` on, in pairs; what is past its length is zero.
  template <class Low, class High>
  struct Taken {
    std::size_t at;
    [[gnu::always_inline]] inline void operator()(const Real* row, Pairs& pairs) const {
      Pack low{}, high{};
      load_lanes<Low>(low, row + at);
      if constexpr (!std::is_same_v<High, Nothing>) load_lanes<High>(high, row + at + lanes);
      pair_up(pairs, low, high);
    }
  };
  /// Calls visit with what registers the two that pairs `i` are of are.
  template <class Visit>
  [[gnu::always_inline]] inline void over_pair(std::size_t i, Visit&& visit) const {
    const std::size_t left = length_ - 2 * i * lanes;
    if (left >= 2 * lanes) return visit(Registers(), Registers());
    if (left > lanes) return visit(Registers(), Registers::Half());
    if (left == lanes) return visit(Registers(), Nothing());
    visit(Registers::Half(), Nothing());
  }
  /// Pairs of contexts, a register of each.
  template <class Take>
  [[gnu::always_inline]] inline void pair_across(const Take& take, std::size_t first, std::size_t last, Pair* factors) const {
    for (std::size_t c = first; c < last; ++c) {
      Pairs pairs;
      take(contexts_.rows[c], pairs);
      store(factors + c * lanes, pairs);
    }
  }
  /// Pairs of up to 16 rows, a register of all rows' each.
  template <class Take>
  [[gnu::always_inline]] static inline void pair_down(const Take& take, const Some& some, std::size_t first, Pair* panel) {
    Pack packs[lanes];
    const std::size_t count = some.count - first;
    unrolled<lanes>([&](std::size_t r) __attribute__((always_inline)) {
      Pairs pairs{};
      if (r < count) take(some.rows[first + r], pairs);
      packs[r] = __builtin_bit_cast(Pack, pairs);
    });
    tiles::transpose<lanes>(packs);
    unrolled<lanes>([&](std::size_t k) __attribute__((always_inline)) { store(panel + k * lanes, packs[k]); });
  }

  /// The pulls as left factors, rounded: of a context with all outputs, and of an output with all contexts.
  [[gnu::always_inline]] inline void spread(const Real* pulls, std::size_t pitch) {
    using Cut [[gnu::vector_size(32)]] = std::uint16_t;
    context_pitch_ = turns(outputs_.count) * depth_ / 2;
    output_pitch_ = turns(contexts_.count) * depth_ / 2;
    Pair* const across = context_pulls_.room(rows_of_scores(contexts_.count) * context_pitch_);
    Pair* const down = output_pulls_.room((outputs_.count + lanes) * output_pitch_ + 2 * lanes);
    Pairs place;
    for (std::size_t lane = 0; lane < lanes; ++lane) place[lane] = static_cast<Pair>(lane);
    for (std::size_t o = 0; o < 2 * context_pitch_; o += lanes) {
      const Pairs there = place < static_cast<Pair>(outputs_.count - std::min(o, outputs_.count));
      for (std::size_t first = 0; first < 2 * output_pitch_; first += 2 * lanes) {
        Pack packs[lanes] = {};
        unrolled<lanes>([&](std::size_t k) __attribute__((always_inline)) {
          const std::size_t c = first + 2 * k;
          if (c >= contexts_.count) return;
          Pairs low, high{};
          load(low, pulls + c * pitch + o);
          low = (low + 0x8000U) & there;
          store(across + c * context_pitch_ + o / 2, __builtin_convertvector(low >> 16U, Cut));
          if (c + 1 < contexts_.count) {
            load(high, pulls + (c + 1) * pitch + o);
            high = (high + 0x8000U) & there;
            store(across + (c + 1) * context_pitch_ + o / 2, __builtin_convertvector(high >> 16U, Cut));
          }
          Pairs both;
          pair_up(both, __builtin_bit_cast(Pack, low), __builtin_bit_cast(Pack, high));
          packs[k] = __builtin_bit_cast(Pack, both);
        });
        if (o >= outputs_.count) continue;
        tiles::transpose<lanes>(packs);
        // Where depth is 16 alone, the half past it comes over the next output's, which is stored after.
        unrolled<lanes>([&](std::size_t k)
                            __attribute__((always_inline)) { store(down + (o + k) * output_pitch_ + first / 2, packs[k]); });
      }
    }
  }

  void make_room() {
    pairs_of_outputs_ = turns(outputs_.count) * depth_ / 2;
    pairs_of_contexts_ = turns(contexts_.count) * depth_ / 2;
    right_.room(slots * (pairs_of_outputs_ + pairs_of_contexts_) * lanes);
    sums_of_contexts_ = rows_of_scores(contexts_.count);
    sums_of_outputs_ = groups_of(outputs_.count) * amx::tile_rows;
    sums_.room(slots * (sums_of_contexts_ + sums_of_outputs_) * lanes);
  }
  Pair* pairs_in(std::size_t n) { return right_.data() + n % slots * (pairs_of_outputs_ + pairs_of_contexts_) * lanes; }
  Real* sums_in(std::size_t n) { return sums_.data() + n % slots * (sums_of_contexts_ + sums_of_outputs_) * lanes; }

  /// Calls visit with the registers that column n is of.
  template <class Visit>
  [[gnu::always_inline]] inline void over_column(std::size_t n, Visit&& visit) const {
    if ((n + 1) * lanes <= length_) {
      visit(Registers());
    } else {
      visit(Registers::Half());
    }
  }

  template <class Its>
  [[gnu::always_inline]] inline void make_pairs(std::size_t n) {
    Pair* const pairs = pairs_in(n);
    pair_rows<Its>(outputs_, n * lanes, pairs);
    pair_rows<Its>(contexts_, n * lanes, pairs + pairs_of_outputs_ * lanes);
  }
  template <class Its>
  [[gnu::always_inline]] static inline void pair_rows(const Some& some, std::size_t at, Pair* to) {
    std::size_t r = 0;
    Pack low, high;
    Pairs pairs;
    for (; r + 2 <= some.count; r += 2, to += lanes) {
      load_lanes<Its>(low, some.rows[r] + at);
      load_lanes<Its>(high, some.rows[r + 1] + at);
      pair_up(pairs, low, high);
      store(to, pairs);
    }
    if (r < some.count) {
      load_lanes<Its>(low, some.rows[r] + at);
      pair_up(pairs, low, Pack{});
      store(to, pairs);
    }
  }

  /// Adds up in a tile the products of a group of contexts, or outputs, in column n.
  template <int sums>
  [[gnu::always_inline]] inline void multiply_contexts(std::size_t n, std::size_t first) {
    amx::clear<sums>();
    for (std::size_t k = 0; k < pairs_of_outputs_; k += depth_ / 2) {
      amx::load<context_pulls>(context_pulls_.data() + first * context_pitch_ + k, context_pitch_ * sizeof(Pair));
      amx::load<right_factors>(pairs_in(n) + k * lanes, amx::row_bytes);
      amx::add_products<sums, context_pulls, right_factors>();
    }
  }
  [[gnu::always_inline]] inline void multiply_outputs(std::size_t n, std::size_t first) {
    amx::clear<output_sums>();
    for (std::size_t k = 0; k < pairs_of_contexts_; k += depth_ / 2) {
      amx::load<output_pulls>(output_pulls_.data() + first * output_pitch_ + k, output_pitch_ * sizeof(Pair));
      amx::load<right_factors>(pairs_in(n) + (pairs_of_outputs_ + k) * lanes, amx::row_bytes);
      amx::add_products<output_sums, output_pulls, right_factors>();
    }
  }
  template <int sums>
  [[gnu::always_inline]] inline void store_contexts(std::size_t n, std::size_t first) {
    amx::store<sums>(sums_in(n) + first * lanes, amx::row_bytes);
  }
  [[gnu::always_inline]] inline void store_outputs(std::size_t n, std::size_t first) {
    amx::store<output_sums>(sums_in(n) + (sums_of_contexts_ + first) * lanes, amx::row_bytes);
  }
  /// Column n of few rows, whose sums all have a tile, in two parts.
  [[gnu::always_inline]] inline void multiply_few(std::size_t n) {
    multiply_contexts<context_sums>(n, 0);
    if (contexts_.count > context_rows_) multiply_contexts<more_context_sums>(n, context_rows_);
    multiply_outputs(n, 0);
  }
  [[gnu::always_inline]] inline void store_few(std::size_t n) {
    store_contexts<context_sums>(n, 0);
    if (contexts_.count > context_rows_) store_contexts<more_context_sums>(n, context_rows_);
    store_outputs(n, 0);
  }
  [[gnu::always_inline]] inline void multiply_many(std::size_t n) {
    for (std::size_t c = 0; c < contexts_.count; c += context_rows_) {
      multiply_contexts<context_sums>(n, c);
      store_contexts<context_sums>(n, c);
    }
    for (std::size_t o = 0; o < outputs_.count; o += lanes) {
      multiply_outputs(n, o);
      store_outputs(n, o);
    }
  }

  template <class Its, bool row_rates>
  [[gnu::always_inline]] inline void add_sums(std::size_t n, Rates<Real> rates) {
    const Real* const to_contexts = sums_in(n);
    add_to_rows<Its, row_rates>(contexts_, n * lanes, to_contexts, rates.hidden);
    add_to_rows<Its, row_rates>(outputs_, n * lanes, to_contexts + sums_of_contexts_ * lanes, rates.output);
  }
  /// One row after the other: the same row may be there twice.
  template <class Its, bool row_rates>
  [[gnu::always_inline]] static inline void add_to_rows(const Some& some, std::size_t at, const Real* sums, const Real* rates) {
    for (std::size_t r = 0; r < some.count; ++r) {
      Pack number, sum;
      load(sum, sums + r * lanes);
      load_lanes<Its>(number, some.rows[r] + at);
      if constexpr (row_rates) sum *= rates[r];
      number += sum;
      store_lanes<Its>(some.rows[r] + at, number);
    }
  }

  Some contexts_, outputs_;
  std::size_t length_ = 0, context_rows_ = 0, output_rows_ = 0;  // rows of the tiles that contexts and outputs are in
  std::size_t depth_ = 0;                                        // how many rows an update's product adds up
  std::size_t context_pitch_ = 0, output_pitch_ = 0;
  std::size_t pairs_of_outputs_ = 0, pairs_of_contexts_ = 0, sums_of_contexts_ = 0, sums_of_outputs_ = 0;
  AlignedNumbers<Pair> left_, right_, context_pulls_, output_pulls_;
  AlignedNumbers<Real> sums_;
};

#endif

/// Where there are no tiles, nothing.
template <class Registers>
struct ProductsByTiles {
  struct Type {};
};
#if defined(__x86_64__)
template <BesideTiles Registers>
struct ProductsByTiles<Registers> {
  using Type = AmxProducts;
};
#endif
template <class Registers>
using TileProducts = typename ProductsByTiles<Registers>::Type;

}  // namespace word2vec
