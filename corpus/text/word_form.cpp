// ASCII words, which are most, are changed in place; others by ICU.
#include "corpus/text/word_form.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

template <class Visit>
void for_each_point(std::string_view text, Visit&& visit) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::size_t size = text.size();
  for (std::size_t i = 0; i != size;) {
    const std::size_t begin = i;
    UChar32 point = 0;
    U8_NEXT(bytes, i, size, point);
    visit(point, text.substr(begin, i - begin));
  }
}

bool has_letter_or_number(std::string_view text) {
  bool found = false;
  for_each_point(text, [&](UChar32 point, std::string_view) { found |= u_isUAlphabetic(point) != 0 || u_isdigit(point) != 0; });
  return found;
}

}  // namespace

WordForm::WordForm(const TextOptions& options) : options_(options), normalizer_(options.normalization) {}

void WordForm::append(std::string_view word, bool ascii, std::string& out) {
  const std::size_t from = out.size();
  if (ascii) {
    out.append(word);
    const auto begin = out.begin() + static_cast<std::ptrdiff_t>(from);
    if (options_.lowercase) {
      std::transform(begin, out.end(), begin,
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    }
    if (options_.digits == Digits::zero) std::replace_if(begin, out.end(), is_ascii_digit, '0');
  } else {
    append_other(word, out);
  }
  if (options_.digits == Digits::spell) spell_digits(from, out);
}

void WordForm::append_other(std::string_view word, std::string& out) {
  if (options_.lowercase) {
    lower_.clear();
    icu::StringByteSink<std::string> sink(&lower_);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())), sink, nullptr,
                              status);
    if (U_FAILURE(status)) throw Error(fmt::format("ICU cannot lower a word ({}); leave --lowercase out", u_errorName(status)));
    // H with a line below has no code point of its own and h has: the lower case of a normal form may not be one.
    word = normalizer_(lower_, normal_);
  }
  if (options_.digits != Digits::zero) {
    out.append(word);
    return;
  }
  for_each_point(word, [&](UChar32 point, std::string_view bytes) {
    if (u_isdigit(point) != 0) bytes = "0";
    out.append(bytes);
  });
}

/// Rewrites what `out` has from `from` on. Of a word with Unicode boundaries, marks that only its digits held do not become
/// words.
void WordForm::spell_digits(std::size_t from, std::string& out) {
  static constexpr std::string_view names[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  if (std::none_of(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), is_ascii_digit)) return;
  const std::string word = out.substr(from);
  out.resize(from);
  const auto part = [&](std::string_view text) {
    if (text.empty() || (options_.breaks == WordBreaks::unicode && !has_letter_or_number(text))) return;
    if (out.size() > from) out += ' ';
    out.append(text);
  };
  for (std::string_view rest = word; !rest.empty();) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, is_ascii_digit) - rest.begin());
    part(rest.substr(0, end));
    rest.remove_prefix(end);
    if (rest.empty()) break;
    part(names[rest.front() - '0']);
    rest.remove_prefix(1);
  }
}

}  // namespace word2vec
