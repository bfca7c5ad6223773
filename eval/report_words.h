// What tables, JSON and pages of an evaluation say in the same words and with the same figures. Knows wording; no layout.
#pragma once

#include <optional>
#include <string>

#include "eval/analogies.h"
#include "eval/confidence.h"

namespace word2vec {

/// "3cosadd" or "3cosmul".
const char* method_name(AnalogyMethod method);

/// "exact, then case-folded", "exact" or "case-folded".
const char* case_name(CaseRule rule);

inline constexpr const char* proportion_method = "percentile bootstrap over questions (exact, by the binomial distribution)";
inline constexpr const char* correlation_method = "Fisher's z (for Spearman with Bonett and Wright's error); p by Student's t";
inline constexpr const char* mcnemar_method = "McNemar's exact test, two-sided";
inline constexpr const char* bootstrap_method = "paired bootstrap, 10000 drawings of pairs, percentiles; p two-sided";

/// part / whole, 0 to 1; nothing when whole is 0.
std::optional<double> ratio(double part, std::uint64_t whole);

}  // namespace word2vec
