// A block of text to the ids of its words, and an account of its lines. Knows text; refuses to know files and threads.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "corpus/tokenizer.h"
#include "corpus/word_table.h"

namespace word2vec {

/// The lines of consecutive text. A sentence is a line that has a word.
struct LineAccount {
  std::uint64_t sentences = 0;  ///< that end here
  std::uint64_t longest_bytes = 0;
  std::uint64_t last_bytes = 0;  ///< of the line that goes on
  bool last_has_word = false;

  /// Adds what follows. `first_end`: it has a line end, `first_bytes` before which it has words or not.
  struct Next {
    bool any_end = false, first_has_word = false, last_has_word = false;
    std::uint64_t first_bytes = 0, longest_bytes = 0, last_bytes = 0;  // longest: of those between the first end and the last
    std::uint64_t sentences = 0;                                       // between the first end and the last
  };
  void add(const Next& next) {
    if (next.any_end) {
      sentences += next.sentences + (last_has_word || next.first_has_word ? 1 : 0);
      longest_bytes = std::max({longest_bytes, next.longest_bytes, last_bytes + next.first_bytes});
      last_bytes = next.last_bytes;
      last_has_word = next.last_has_word;
    } else {
      last_bytes += next.last_bytes;
      last_has_word |= next.last_has_word;
    }
  }
};

/// What a block of text became. Its memory serves from block to block.
struct EncodedBlock {
  /// With `sentence_end` after each line that has a word, and after the first line in any case, of which a part may lie before
  /// the text. Dropped words are left out.
  std::span<const WordId> ids() const { return {memory.get(), count}; }

  std::unique_ptr<WordId[]> memory;
  std::size_t room = 0, count = 0;  // ids
  std::uint64_t words = 0;
  LineAccount::Next lines;
};

/// Consecutive words of a text.
struct WordRun {
  std::string_view operator[](std::size_t i) const { return {text + words[i].begin, words[i].end - words[i].begin}; }

  std::span<const WordKey> keys;
  const std::size_t* places;  // in the table that they are looked up in
  const char* text;
  const Tokenizer::Word* words;
};

/// One thread's. `Words` has
///   WordTable::Places places() const: of the table that the words will be looked up in;
///   WordId* look_up(const WordRun&, WordId* ids): writes the words' ids, but for those that are to be dropped, and returns what
///   is behind the last. It may write behind that, as much as there are words.
class TextEncoder {
 public:
  /// `level`: the instructions to use; the result is the same with any.
  explicit TextEncoder(SimdLevel level = best_simd()) : level_(level), tokenizer_(level) {}

  /// `text` must end in white space, and Tokenizer::readable_behind bytes behind it be readable.
  template <class Words>
  void encode(std::string_view text, Words& words, EncodedBlock& block) {
    if (level_ >= SimdLevel::avx512) {
      encode_avx512(text, words, block);
    } else if (level_ == SimdLevel::avx2) {
      encode_avx2(text, words, block);
    } else {
      encode_at_level(text, words, block);
    }
  }

 private:
  template <class Words>
  [[gnu::always_inline]] void encode_at_level(std::string_view text, Words& words, EncodedBlock& block);
  template <class Words>
  WORD2VEC_AVX2 void encode_avx2(std::string_view text, Words& words, EncodedBlock& block) {
    encode_at_level(text, words, block);
  }
  template <class Words>
  WORD2VEC_AVX512 void encode_avx512(std::string_view text, Words& words, EncodedBlock& block) {
    encode_at_level(text, words, block);
  }
  void begin(std::string_view text, EncodedBlock& block);
  WordId* end_line(const Tokenizer::LineEnd& end, EncodedBlock& block, WordId* ids);

  SimdLevel level_;
  Tokenizer tokenizer_;
  std::array<WordKey, Tokenizer::most_words> keys_;
  std::array<std::size_t, Tokenizer::most_words> places_;
  std::uint64_t line_start_ = 0, words_before_line_ = 0;
};

template <class Words>
inline void TextEncoder::encode_at_level(std::string_view text, Words& words, EncodedBlock& block) {
  begin(text, block);
  WordId* ids = block.memory.get();
  while (tokenizer_.step()) {
    // First all places, then all look-ups, so that the memory has the time in between to come near.
    const std::span<const Tokenizer::Word> found = tokenizer_.words();
    const WordTable::Places places = words.places();
    std::size_t* place = places_.data();
    WordKey* key = keys_.data();
    for (const Tokenizer::Word& word : found) {
      *key = WordKey::in_text(text.data() + word.begin, word.end - word.begin);
      *place++ = places.ask_for(*key++);
    }
    std::size_t done = 0;
    const auto look_up = [&](std::size_t end) {
      ids = words.look_up(
          WordRun{{keys_.data() + done, keys_.data() + end}, places_.data() + done, text.data(), found.data() + done}, ids);
      done = end;
    };
    for (const Tokenizer::LineEnd& end : tokenizer_.line_ends()) {
      look_up(end.words);
      ids = end_line(end, block, ids);
    }
    look_up(found.size());
    block.words += found.size();
  }
  block.count = static_cast<std::size_t>(ids - block.memory.get());
  block.lines.last_has_word = block.words > words_before_line_;
  block.lines.last_bytes = text.size() - line_start_;
}

}  // namespace word2vec
