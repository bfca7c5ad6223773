// Bytes as a message may show them. Knows UTF-8; refuses to know messages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace word2vec {

/// `bytes` on one line and in valid UTF-8: what is not, and control characters, as \xNN. Ends with "..." past `most` bytes.
std::string escaped(std::string_view bytes, std::size_t most = 40);

}  // namespace word2vec
