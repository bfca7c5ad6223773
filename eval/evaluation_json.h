// An evaluation as JSON. Knows keys; refuses to know how figures were computed.
#pragma once

#include <string>

#include "eval/comparison.h"

namespace word2vec {

/// Of one vector file: the interface's JSON, indented. Of several: {"files": [that of each], "comparison": {...}}. Accuracies are
/// from 0 to 1, null when nothing was asked; so are undefined correlations, intervals and p.
std::string to_json(const Evaluation& evaluation, const Comparison& comparison);

}  // namespace word2vec
