// The rules of UAX #29 for ASCII, named as there (WB: words, SB: sentences).
#include "corpus/text/ascii_segmenter.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "corpus/text/unicode_segmenter.h"

namespace word2vec {

AsciiSegmenter::AsciiSegmenter(UnicodeSegmenter& unicode) {
  std::vector<Segment> words;
  const auto is_one_word = [&](std::string_view text) {
    unicode.split(text, words);
    return words.size() == 1 && words.front().begin == 0 && words.front().end == text.size();
  };
  for (int code = 1; code < 128; ++code) {
    const char c = static_cast<char>(code);
    Character& character = characters_[static_cast<std::size_t>(code)];
    character.sentence = static_cast<std::uint8_t>(u_getIntPropertyValue(code, UCHAR_SENTENCE_BREAK));
    const auto word = static_cast<UWordBreakValues>(u_getIntPropertyValue(code, UCHAR_WORD_BREAK));
    character.makes_word = word == U_WB_ALETTER || word == U_WB_NUMERIC;
    character.in_word = is_one_word(std::string{'a', c});
    character.like_digit = word == U_WB_NUMERIC;
    character.like_letter = character.in_word && !character.like_digit && word != U_WB_EXTENDNUMLET;
    character.between_letters = !character.in_word && is_one_word(std::string{'a', c, 'a'});
    character.between_digits = !character.in_word && is_one_word(std::string{'0', c, '0'});
  }
}

bool AsciiSegmenter::takes(std::string_view line) {
  constexpr std::size_t step = 32;
  std::size_t i = 0;
  for (; i + step <= line.size(); i += step) {
    bool bad = false;
    for (std::size_t k = 0; k < step; ++k) bad |= static_cast<signed char>(line[i + k]) <= 0;
    if (bad) return false;
  }
  for (; i < line.size(); ++i) {
    if (static_cast<signed char>(line[i]) <= 0) return false;
  }
  return true;
}

/// Where the sentence ends that the character at `place` may end; 0 when it ends none. Within a line's words this is all of SB6
/// to SB11.
std::size_t AsciiSegmenter::sentence_end(std::string_view line, std::size_t place) const {
  const std::size_t size = line.size();
  const auto is = [&](std::size_t i, USentenceBreak kind) { return i < size && at(line, i).sentence == kind; };
  const bool full_stop = is(place, U_SB_ATERM);
  if (full_stop) {
    if (is(place + 1, U_SB_NUMERIC)) return 0;  // SB6
    const bool letter_before = place > 0 && (is(place - 1, U_SB_UPPER) || is(place - 1, U_SB_LOWER));
    if (letter_before && is(place + 1, U_SB_UPPER)) return 0;  // SB7
  }
  std::size_t end = place + 1;
  while (is(end, U_SB_CLOSE)) ++end;
  while (is(end, U_SB_SP)) ++end;
  if (is(end, U_SB_SCONTINUE) || is(end, U_SB_ATERM) || is(end, U_SB_STERM)) return 0;  // SB8a
  if (!full_stop) return end;
  const auto goes_on = [&](std::size_t i) {
    switch (at(line, i).sentence) {
      case U_SB_OLETTER:
      case U_SB_UPPER:
      case U_SB_LOWER:
      case U_SB_SEP:
      case U_SB_CR:
      case U_SB_LF:
      case U_SB_ATERM:
      case U_SB_STERM:
        return false;
      default:
        return true;
    }
  };
  std::size_t next = end;
  while (next < size && goes_on(next)) ++next;
  return is(next, U_SB_LOWER) ? 0 : end;  // SB8
}

/// WB5, 8, 9, 10, 13a and 13b: letters, digits and `_` hold together; WB6, 7, 11 and 12: so does one mark between two letters, or
/// two digits. A full stop among these may end a sentence, if an at sign is like a letter.
AsciiSegmenter::Word AsciiSegmenter::word_at(std::string_view line, std::size_t begin) const {
  Word word{begin, 0, false};
  for (; word.end < line.size(); ++word.end) {
    const Character& here = at(line, word.end);
    if (here.in_word) {
      word.makes_word |= here.makes_word;
      continue;
    }
    if ((!here.between_letters && !here.between_digits) || word.end + 1 == line.size()) break;
    const Character &before = at(line, word.end - 1), &after = at(line, word.end + 1);
    if (!(here.between_letters && before.like_letter && after.like_letter) &&
        !(here.between_digits && before.like_digit && after.like_digit)) {
      break;
    }
    if (here.sentence == U_SB_ATERM) word.sentence_end = std::max(word.sentence_end, sentence_end(line, word.end));
  }
  return word;
}

void AsciiSegmenter::split(std::string_view line, std::vector<Segment>& words) const {
  words.clear();
  bool starts_sentence = true;
  std::size_t sentence = 0;  // where the last sentence ended; 0: since then a word began
  for (std::size_t i = 0; i < line.size();) {
    const Character& here = at(line, i);
    if (here.in_word) {
      const Word word = word_at(line, i);
      starts_sentence |= sentence != 0;
      if (word.makes_word) {
        words.push_back({i, word.end, starts_sentence, true});
        starts_sentence = false;
      }
      sentence = word.sentence_end;
      i = word.end;
      continue;
    }
    switch (here.sentence) {
      case U_SB_ATERM:
      case U_SB_STERM:
        sentence = std::max(sentence, sentence_end(line, i));
        break;
      case U_SB_CR:
      case U_SB_LF:
        sentence = i + 1;
        break;
      default:
        break;
    }
    ++i;
  }
}

}  // namespace word2vec
