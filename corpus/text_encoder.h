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

/// One thread's. `Words` has `prefetch(key)` and `WordId look_up(key, word)`, which may give `dropped_word` if its `drops` is
/// true.
class TextEncoder {
 public:
  /// `level`: the instructions to use; the result is the same with any.
  explicit TextEncoder(SimdLevel level = best_simd()) : level_(level), tokenizer_(level) {}

  /// `text` must end in white space, and Tokenizer::readable_behind bytes behind it be readable.
  template <class Words>
  void encode(std::string_view text, Words& words) {
    if (level_ == SimdLevel::baseline) {
      encode_at_level(text, words);
    } else {
      encode_avx2(text, words);
    }
  }

  /// Of the last text: its ids, with `sentence_end` after each line that has a word, and after the first line in any case, of
  /// which a part may lie before the text. Dropped words are left out.
  std::span<const WordId> ids() const { return {ids_.get(), count_}; }
  const LineAccount::Next& lines() const { return lines_; }
  std::uint64_t words() const { return words_; }
  std::uint64_t longest_word_bytes() const { return longest_word_; }

 private:
  template <class Words>
  void encode_at_level(std::string_view text, Words& words);
  template <class Words>
  WORD2VEC_AVX2 void encode_avx2(std::string_view text, Words& words) {
    encode_at_level(text, words);
  }
  void make_room(std::size_t ids);
  void end_line(const Tokenizer::LineEnd& end, WordId*& next);

  SimdLevel level_;
  Tokenizer tokenizer_;
  std::array<WordKey, Tokenizer::most_words> keys_;
  std::unique_ptr<WordId[]> ids_;
  std::size_t room_ = 0, count_ = 0;
  std::uint64_t words_ = 0, longest_word_ = 0;
  LineAccount::Next lines_;
  std::uint64_t line_start_ = 0, words_before_line_ = 0;
};

template <class Words>
void TextEncoder::encode_at_level(std::string_view text, Words& words) {
  make_room(text.size() + 1);
  lines_ = {};
  words_ = line_start_ = words_before_line_ = 0;
  std::uint32_t longest = 0;
  WordId* next = ids_.get();
  tokenizer_.start(text.data(), text.size());
  while (tokenizer_.step()) {
    // First all hashes, then all look-ups, so that the memory has the time in between to come near.
    const std::size_t count = tokenizer_.words();
    for (std::size_t i = 0; i < count; ++i) {
      const Tokenizer::Word word = tokenizer_.word(i);
      keys_[i] = WordKey::in_text(text.data() + word.begin, word.end - word.begin);
      longest = std::max(longest, keys_[i].length);
      words.prefetch(keys_[i]);
    }
    std::size_t i = 0;
    const auto look_up = [&](std::size_t end) {
      for (; i < end; ++i) {
        *next = words.look_up(keys_[i], text.data() + tokenizer_.word(i).begin);
        if constexpr (Words::drops) {
          next += *next != dropped_word;
        } else {
          ++next;
        }
      }
    };
    for (const Tokenizer::LineEnd& end : tokenizer_.line_ends()) {
      look_up(end.words);
      end_line(end, next);
    }
    look_up(count);
    words_ += count;
  }
  count_ = static_cast<std::size_t>(next - ids_.get());
  longest_word_ = longest;
  lines_.last_has_word = words_ > words_before_line_;
  lines_.last_bytes = text.size() - line_start_;
}

inline void TextEncoder::make_room(std::size_t ids) {
  if (ids <= room_) return;
  ids_.reset();
  ids_ = std::make_unique_for_overwrite<WordId[]>(ids);
  room_ = ids;
}

inline void TextEncoder::end_line(const Tokenizer::LineEnd& end, WordId*& next) {
  const std::uint64_t words = words_ + end.words, bytes = end.place - line_start_;
  const bool has_word = words > words_before_line_;
  if (!lines_.any_end) {
    lines_.any_end = true;
    lines_.first_has_word = has_word;
    lines_.first_bytes = bytes;
    *next++ = sentence_end;
  } else {
    lines_.sentences += has_word ? 1 : 0;
    lines_.longest_bytes = std::max(lines_.longest_bytes, bytes);
    if (has_word) *next++ = sentence_end;
  }
  line_start_ = std::uint64_t{end.place} + 1;
  words_before_line_ = words;
}

}  // namespace word2vec
