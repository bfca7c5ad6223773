// The syntax of expressions. Refuses to know which words exist.
#include "eval/expression.h"

#include <fmt/format.h>

#include "corpus/io/error.h"
#include "eval/text_lines.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view what) {
  throw UsageError(
      fmt::format("the query {} {}; write a word, or a quoted expression such as \"king - man + woman\"", shown(text), what));
}

}  // namespace

Expression parse_expression(std::string_view text) {
  Expression expression;
  int sign = 0;  // 0: none since the last word
  for (const std::string_view token : split_at_space(text)) {
    if (token == "+" || token == "-") {
      if (sign != 0) refuse(text, "has two signs in a row");
      sign = token == "+" ? 1 : -1;
      continue;
    }
    if (sign == 0 && !expression.empty()) refuse(text, fmt::format("has no + or - before {}", shown(token)));
    expression.push_back({std::string(token), sign == 0 ? 1 : sign});
    sign = 0;
  }
  if (expression.empty()) refuse(text, "has no word");
  if (sign != 0) refuse(text, "ends with a sign");
  return expression;
}

}  // namespace word2vec
