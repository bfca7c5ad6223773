#include "corpus/text/escape.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace word2vec {

std::string escaped(std::string_view bytes, std::size_t most) {
  std::string text;
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  for (std::size_t i = 0; i != bytes.size();) {
    const std::size_t begin = i;
    UChar32 point = 0;
    U8_NEXT(data, i, bytes.size(), point);
    if (i > most) return text + "...";
    // Separators and controls of other scripts could break the line, or turn it round.
    const bool printable = point >= 0 && (U_GET_GC_MASK(point) & (U_GC_C_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) == 0;
    if (printable) {
      text.append(bytes.substr(begin, i - begin));
    } else {
      for (std::size_t k = begin; k != i; ++k) text += fmt::format("\\x{:02X}", data[k]);
    }
  }
  return text;
}

}  // namespace word2vec
