// A line goes through ICU in UTF-16, which its iterators read fastest. Knows ICU's break iterators; no option of ours.
#include "corpus/text/unicode_segmenter.h"

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>

#include "corpus/io/error.h"

namespace word2vec {

namespace {

bool is_letter_or_number(UChar32 point) { return u_isUAlphabetic(point) != 0 || (U_GET_GC_MASK(point) & U_GC_N_MASK) != 0; }

}  // namespace

struct UnicodeSegmenter::Breaks {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> words{icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status)};
  std::unique_ptr<icu::BreakIterator> sentences{icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status)};
  UText text = UTEXT_INITIALIZER;

  ~Breaks() { utext_close(&text); }

  void check() const {
    if (U_FAILURE(status)) {
      throw Error(fmt::format("ICU cannot find word boundaries ({}); install its data, or use --tokenize whitespace",
                              u_errorName(status)));
    }
  }
  void set(const std::u16string& units) {
    utext_openUChars(&text, units.data(), static_cast<std::int64_t>(units.size()), &status);
    words->setText(&text, status);
    sentences->setText(&text, status);
    check();
  }
};

UnicodeSegmenter::UnicodeSegmenter() : breaks_(std::make_unique<Breaks>()) { breaks_->check(); }
UnicodeSegmenter::~UnicodeSegmenter() = default;

void UnicodeSegmenter::decode(std::string_view line) {
  units_.resize(line.size());  // never more units than bytes
  offsets_.resize(line.size() + 1);
  damage_.clear();
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(line.data());
  const std::size_t size = line.size();
  std::size_t count = 0;
  for (std::size_t i = 0; i != size;) {
    const auto offset = static_cast<std::uint32_t>(i);
    UChar32 point = 0;
    U8_NEXT(bytes, i, size, point);
    if (point <= 0) {
      damage_.push_back(static_cast<std::uint32_t>(count));
      point = 0xFFFD;
    }
    offsets_[count] = offset;
    if (point <= 0xFFFF) {
      units_[count++] = static_cast<char16_t>(point);
    } else {
      offsets_[count + 1] = offset;
      units_[count++] = static_cast<char16_t>(U16_LEAD(point));
      units_[count++] = static_cast<char16_t>(U16_TRAIL(point));
    }
  }
  offsets_[count] = static_cast<std::uint32_t>(size);
  units_.resize(count);
}

bool UnicodeSegmenter::is_word(std::int32_t begin, std::int32_t end) const {
  UChar32 first = 0;
  std::int32_t next = begin;
  U16_NEXT(units_.data(), next, end, first);
  if (breaks_->words->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
    UChar32 point = first;
    while (!is_letter_or_number(point) && next != end) U16_NEXT(units_.data(), next, end, point);
    return is_letter_or_number(point);  // ICU takes "__" for a word as well, and some versions "@"
  }
  if (first < 0x80 && next == end) return false;  // nearly all of them: spaces, punctuation
  constexpr char16_t shown_as_picture = 0xFE0F;
  return u_hasBinaryProperty(first, UCHAR_EMOJI_PRESENTATION) ||
         std::find(units_.begin() + next, units_.begin() + end, shown_as_picture) != units_.begin() + end;
}

void UnicodeSegmenter::split(std::string_view line, std::vector<Segment>& words) {
  words.clear();
  decode(line);
  breaks_->set(units_);
  std::int32_t sentence_end = 0;
  bool starts_sentence = true, after_damage = false;
  auto damage = damage_.begin();
  std::int32_t begin = 0;
  for (std::int32_t end = breaks_->words->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks_->words->next()) {
    while (begin >= sentence_end) {
      sentence_end = breaks_->sentences->next();
      starts_sentence = true;
    }
    const bool damaged = damage != damage_.end() && *damage < static_cast<std::uint32_t>(end);
    while (damage != damage_.end() && *damage < static_cast<std::uint32_t>(end)) ++damage;
    if (damaged || is_word(begin, end)) {
      const std::size_t from = offsets_[static_cast<std::size_t>(begin)], to = offsets_[static_cast<std::size_t>(end)];
      if ((damaged || after_damage) && !words.empty() && words.back().end == from) {
        words.back().end = to;
        words.back().valid = false;
      } else {
        words.push_back({from, to, starts_sentence, !damaged});
      }
      starts_sentence = false;
    }
    after_damage = damaged;
  }
}

}  // namespace word2vec
