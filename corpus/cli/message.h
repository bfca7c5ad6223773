// Messages on standard error. Knows that they may fail, and that no run depends on them.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace word2vec {

/// Prints to standard error. What cannot be printed is lost: hours of training do not end because the disk of a log is full.
template <class... Values>
void tell(fmt::format_string<Values...> text, Values&&... values) {
  const std::string message = fmt::format(text, std::forward<Values>(values)...);
  if (std::fwrite(message.data(), 1, message.size(), stderr) != message.size()) std::clearerr(stderr);
}

}  // namespace word2vec
