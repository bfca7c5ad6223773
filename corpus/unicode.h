// UTF-8 validity and case folding, by ICU. Knows Unicode; refuses to know words' counts or meanings.
#pragma once

#include <string>
#include <string_view>

namespace word2vec {

/// Well-formed UTF-8 (no overlong forms, surrogates or values past U+10FFFF) without a NUL byte.
bool is_valid_word(std::string_view bytes);

/// Unicode full case folding; bytes that are not valid UTF-8 come back unchanged.
std::string case_folded(std::string_view text);

}  // namespace word2vec
