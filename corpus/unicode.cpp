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
  const auto load = [&](std::size_t first, auto value) -> std::uint64_t {
    std::memcpy(&value, bytes.data() + first, sizeof(value));
    return value;
  };
  // A byte's highest bit is set if it is no ASCII, or if taking one away borrows from it, which a zero does.
  const auto good = [](std::uint64_t eight) { return ((eight | (eight - ones)) & highest) == 0; };
  const std::size_t size = bytes.size();
  if (size < 4) {  // the first, the middle and the last are all
    const auto at = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(bytes[i])}; };
    return size == 0 || good(ones << 24U | at(0) << 16U | at(size / 2) << 8U | at(size - 1));
  }
  if (size < 8) return good(load(0, std::uint32_t{}) << 32U | load(size - 4, std::uint32_t{}));
  bool all = good(load(size - 8, std::uint64_t{}));
  for (std::size_t i = 0; i + 8 < size; i += 8) all &= good(load(i, std::uint64_t{}));
  return all;
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
