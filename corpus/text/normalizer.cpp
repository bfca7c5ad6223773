// NFC and NFKC by ICU, around what is not UTF-8.
#include "corpus/text/normalizer.h"

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

const icu::Normalizer2* find(Normalization form, UErrorCode& status) {
  switch (form) {
    case Normalization::nfc:
      return icu::Normalizer2::getNFCInstance(status);
    case Normalization::nfkc:
      return icu::Normalizer2::getNFKCInstance(status);
    case Normalization::none:
      break;
  }
  return nullptr;
}

icu::StringPiece piece(std::string_view text) { return {text.data(), static_cast<std::int32_t>(text.size())}; }

/// The end of the valid UTF-8 that `text` starts with; `damage` is set to the end of the invalid sequence after it.
std::size_t valid_end(std::string_view text, std::size_t& damage) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t end = 0;
  for (std::size_t i = 0; i != text.size(); end = i) {
    UChar32 point = 0;
    U8_NEXT(bytes, i, text.size(), point);
    damage = i;
    if (point < 0) return end;
  }
  damage = end;
  return end;
}

}  // namespace

Normalizer::Normalizer(Normalization form) {
  UErrorCode status = U_ZERO_ERROR;
  form_ = find(form, status);
  if (U_FAILURE(status)) {
    throw Error(fmt::format("ICU cannot normalize text ({}); install its data, or use --normalize none", u_errorName(status)));
  }
}

std::string_view Normalizer::operator()(std::string_view text, std::string& space) const {
  if (does_nothing()) return text;
  UErrorCode status = U_ZERO_ERROR;
  if (form_->isNormalizedUTF8(piece(text), status) != 0) return text;
  space.clear();
  icu::StringByteSink<std::string> sink(&space);
  while (!text.empty()) {
    std::size_t damage = 0;
    const std::size_t end = valid_end(text, damage);
    form_->normalizeUTF8(0, piece(text.substr(0, end)), sink, nullptr, status);
    space.append(text.substr(end, damage - end));
    text.remove_prefix(damage);
  }
  if (U_FAILURE(status)) throw Error(fmt::format("ICU cannot normalize a line ({}); use --normalize none", u_errorName(status)));
  return space;
}

}  // namespace word2vec
