// The pairs of a block of centres: which rows are met, and which by which. Knows windows; refuses to know what pairs are for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trainer/piece.h"
#include "trainer/rows.h"

namespace word2vec {

/// One thread's scratch: the rows of the block that was gathered last, and its pairs. Every place that a window covers is a
/// context, once; where it is a centre that no other window covers, of no pair.
template <class Real>
struct BlockPairs {
  /// A context's number, and a target's.
  struct Pair {
    std::uint32_t context, target;
  };
  /// From number `first` to the one before `last`.
  struct Range {
    std::uint32_t first, last;
  };
  /// So many pairs behind the last are of the first context and target, for who takes a register of them at once.
  static constexpr std::size_t pairs_behind = 16;

  std::vector<Real*> contexts, targets, negatives;  ///< input rows, and output rows
  std::vector<std::int32_t> pairs_of_context;
  std::vector<std::uint32_t>
      targets_before;               ///< of each context's place, and of the end: the targets whose centres are before it
  std::vector<std::uint32_t> self;  ///< of each target: the context that is the centre's own place
  std::vector<Range> windows;       ///< of each target: its contexts, and amid them its own place
  std::uint32_t widest = 0;         ///< how far from its own place a target has a context
  std::vector<Pair> pairs;          ///< target by target, once they are listed
  std::size_t count = 0;            ///< of the pairs

  explicit BlockPairs(std::size_t negatives_of_block) : negatives(negatives_of_block) {}

  /// Takes the centres from number `first` to the one before `last`.
  void gather(const Piece& piece, std::size_t first, std::size_t last, const Rows<Real>& input, const Rows<Real>& output) {
    const Centre* const centres = &piece.centres[first];
    const std::size_t count_of_targets = last - first;
    std::uint32_t low = centres[0].first_context, high = low;
    for (std::size_t t = 0; t < count_of_targets; ++t) {
      low = std::min(low, centres[t].first_context);
      high = std::max(high, centres[t].last_context);
    }
    covered_.assign(high - low + 1, 0);
    for (std::size_t t = 0; t < count_of_targets; ++t) {
      ++covered_[centres[t].first_context - low];
      --covered_[centres[t].last_context - low];
    }
    make_room(count_of_targets, high - low);
    std::int32_t covering = 0;
    std::uint32_t target = 0, context = 0;
    for (std::uint32_t place = low; place < high; ++place) {
      covering += covered_[place - low];
      if (covering == 0) continue;
      const bool is_centre = target < count_of_targets && centres[target].index == place;
      contexts[context] = input.row(piece.words[place]);
      pairs_of_context[context] = covering - is_centre;
      targets_before[context] = target;
      self[target] = context++;
      target += is_centre;
    }
    contexts.resize(context);
    targets_before[context] = target;
    for (std::size_t t = 0; t < count_of_targets; ++t) targets[t] = output.row(piece.words[centres[t].index]);
    for (std::size_t k = 0; k < negatives.size(); ++k) negatives[k] = output.row(piece.negatives_of(first)[k]);
    find_windows(centres);
  }

  /// Fills `pairs`.
  void list_pairs() {
    if (pairs.size() < count + pairs_behind + 1) pairs.resize(count + pairs_behind + 1);
    std::size_t next = 0;
    for (std::uint32_t target = 0; target < targets.size(); ++target) {
      for (std::uint32_t context = windows[target].first; context < windows[target].last; ++context) {
        pairs[next] = {context, target};  // and then written over: no branch
        next += context != self[target];
      }
    }
    std::fill_n(&pairs[next], pairs_behind, Pair{0, 0});
  }

 private:
  void make_room(std::size_t count_of_targets, std::size_t places) {
    const auto at_least = [](auto& numbers, std::size_t size) {
      if (numbers.size() < size) numbers.resize(size);
    };
    targets.resize(count_of_targets);
    windows.resize(count_of_targets);
    contexts.resize(places);
    at_least(self, count_of_targets + 1);
    at_least(pairs_of_context, places);
    at_least(targets_before, places + 1);
  }

  void find_windows(const Centre* centres) {
    widest = 0;
    count = 0;
    for (std::uint32_t target = 0; target < targets.size(); ++target) {
      const Centre& centre = centres[target];
      const std::uint32_t own = self[target], before = centre.index - centre.first_context,
                          end = own + centre.last_context - centre.index;
      windows[target] = {own - before, end};
      widest = std::max({widest, before, end - 1 - own});
      count += centre.contexts();
    }
  }

  std::vector<std::int32_t> covered_;  // what each place changes in the number of windows that cover it
};

}  // namespace word2vec
