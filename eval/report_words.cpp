// Names of methods and rules. Knows wording; no layout.
#include "eval/report_words.h"

namespace word2vec {

const char* method_name(AnalogyMethod method) { return method == AnalogyMethod::cos_add ? "3cosadd" : "3cosmul"; }

const char* case_name(CaseRule rule) {
  if (rule == CaseRule::exact) return "exact";
  return rule == CaseRule::folded ? "case-folded" : "exact, then case-folded";
}

std::optional<double> ratio(double part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return part / static_cast<double>(whole);
}

}  // namespace word2vec
