// UTF-8 by ICU. Knows Unicode; refuses to know words' counts or meanings.
#include "corpus/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace word2vec {
namespace {

bool is_utf8(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::size_t size = bytes.size();
  for (std::size_t i = 0; i != size;) {
    UChar32 point = 0;
    U8_NEXT(data, i, size, point);
    if (point < 0) return false;
  }
  return true;
}

/// Letters, digits and the like: what most words consist of, looked at without ICU, eight bytes at once.
bool is_ascii_without_nul(std::string_view bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101ULL, highest = ones << 7U;
  // A byte's highest bit is set if it is no ASCII, or if taking one away borrows from it, which a zero does.
  const auto bad = [](std::uint64_t eight) { return (eight | (eight - ones)) & highest; };
  if (bytes.size() < 8) {
    std::uint64_t eight = ones;
    for (const char c : bytes) eight = eight << 8U | static_cast<unsigned char>(c);
    return bad(eight) == 0;
  }
  const auto eight_from = [&](std::size_t first) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + first, sizeof(eight));
    return eight;
  };
  std::uint64_t all = bad(eight_from(bytes.size() - 8));
  for (std::size_t i = 0; i + 8 < bytes.size(); i += 8) all |= bad(eight_from(i));
  return all == 0;
}

}  // namespace

bool is_valid_word(std::string_view bytes) {
  return is_ascii_without_nul(bytes) || (bytes.find('\0') == std::string_view::npos && is_utf8(bytes));
}

std::string case_folded(std::string_view text) {
  // ICU's lengths are 32-bit, and it would turn what is not UTF-8 into U+FFFD.
  if (text.size() > std::size_t{std::numeric_limits<std::int32_t>::max()} || !is_utf8(text)) return std::string(text);
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                         nullptr, status);
  return U_SUCCESS(status) ? folded : std::string(text);
}

}  // namespace word2vec
