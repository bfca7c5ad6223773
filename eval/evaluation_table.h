// An evaluation as tables to read, at most 100 columns wide. Knows layout; refuses to know how figures were computed.
#pragma once

#include <string>

#include "eval/comparison.h"

namespace word2vec {

/// Of one vector file: by section with intervals. Of several: side by side, with the differences' significance. Beside the
/// figures stand the vocabulary cut, the case rule, the coverage and the methods: they mean nothing without them.
std::string to_table(const Evaluation& evaluation, const Comparison& comparison);

// The halves that share these pieces: evaluation_table.cpp and comparison_table.cpp.
/// `name` in exactly `width` columns of letters: filled with spaces, or cut with "..." at the end.
std::string in_columns(const std::string& name, std::size_t width);
/// "12.34%", or "n/a".
std::string percent(std::uint64_t part, std::uint64_t whole);
/// "10.1-14.6", in percent, or "".
std::string percent_interval(std::uint64_t part, std::uint64_t whole);
/// "0.1234", or "n/a".
std::string fixed(const std::optional<double>& value);
/// "p = 0.012", or "p < 1e-300" where a double ends.
std::string p_value(double p);
/// The lines on method, words and case, each indented.
std::string conditions(const AnalogyOptions& options, std::uint64_t most_words);
std::string comparison_tables(const Evaluation& evaluation, const Comparison& comparison);

}  // namespace word2vec
