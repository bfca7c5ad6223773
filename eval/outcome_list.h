// Every question and what became of it, as lines for a spreadsheet or a script. Knows columns; no arithmetic.
#pragma once

#include <string>

#include "eval/evaluation.h"

namespace word2vec {

/// Tab-separated, one line a question for each vector file, after a line of heads: vectors, file, section, a, b, c, expected,
/// outcome (right, wrong, skipped), answer, answer_score, rank and expected_score (of the expected word; rank 0: it is a given
/// word, which never answers), missing (the words without a row, by spaces). What a question does not have is empty.
std::string to_outcome_list(const Evaluation& evaluation);

}  // namespace word2vec
