// "king - man + woman" as signed words. Knows the syntax; refuses to know which words exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

struct SignedWord {
  std::string word;
  int sign;  ///< +1 or -1
  bool operator==(const SignedWord&) const = default;
};

using Expression = std::vector<SignedWord>;

/// Words with a sign between each two, all set apart by white space: "e-mail" is a word, "-" a sign. The first word may have
/// a sign. Throws UsageError, which quotes `text`, for anything else. Thread-safe.
Expression parse_expression(std::string_view text);

}  // namespace word2vec
