// The one tokenizer: text -> where its words and its lines end, 64 bytes at a time. Knows ASCII white space; refuses to know
// what a word means, how often it came or whether it is valid text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "corpus/simd.h"

namespace word2vec {

/// A word is a maximal run of bytes other than ASCII white space (space, \t, \n, \v, \f, \r); '\n' ends a line. Goes through a
/// text in steps, so that what follows finds the step's bytes and words in the nearest cache. Not thread-safe.
class Tokenizer {
 public:
  static constexpr std::size_t step_bytes = 1024;
  static constexpr std::size_t most_words = step_bytes / 2 + 1;  ///< that end in a step
  static constexpr std::size_t readable_behind = 64;             ///< bytes behind a text that are read, whatever they are

  /// The word's first byte, and the one behind its last.
  struct Word {
    std::uint32_t begin, end;
  };
  /// A line end: its place, and how many of the step's words are before it.
  struct LineEnd {
    std::uint32_t place, words;
  };

  /// `level`: the instructions to use; the words are the same with any. `newest`: with AVX-512 also those that compress bytes,
  /// where the processor has them.
  explicit Tokenizer(SimdLevel level = best_simd(), bool newest = true);

  /// A new text, which ends in white space, has less than 2^32 - 64 bytes and stays until the last step.
  void start(const char* text, std::size_t size);
  /// Looks at the next bytes; false behind the last.
  bool step();

  /// Of the step: the words that end in it, and its line ends.
  std::span<const Word> words() const { return {reinterpret_cast<const Word*>(edges_.data()), edge_count_ / 2}; }
  std::span<const LineEnd> line_ends() const { return {line_ends_.data(), line_end_count_}; }

  static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

 private:
  template <class Marking, class Placing>
  void look(std::size_t end);
  void look_baseline(std::size_t end);
  void look_avx2(std::size_t end);
  void look_avx512(std::size_t end);
  void look_vbmi2(std::size_t end);
  void note_line_ends(std::uint64_t line_ends, std::uint64_t edges, std::size_t place, std::size_t edges_before);

  static constexpr std::size_t most_stored = 64;  // edges, wanted or not, behind those that are there
  void (Tokenizer::*look_)(std::size_t end);
  const char* text_ = nullptr;
  std::size_t size_ = 0, place_ = 0;
  std::uint64_t in_word_ = 0;  // 1: the byte before was a word's
  std::size_t edge_count_ = 0, line_end_count_ = 0;
  std::array<std::uint32_t, step_bytes + 1 + most_stored> edges_{};  // where words begin and end, by turns
  std::array<LineEnd, step_bytes> line_ends_{};
};

}  // namespace word2vec
