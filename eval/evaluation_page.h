// An evaluation as an HTML page. Knows the page's data; refuses to know how figures were computed.
#pragma once

#include <string>
#include <vector>

#include "eval/comparison.h"
#include "eval/evaluation.h"
#include "eval/word_views.h"

namespace word2vec {

/// One file that needs nothing beside it. `views[i]` are of evaluation.files[i].
std::string to_page(const Evaluation& evaluation, const Comparison& comparison, const std::vector<WordViews>& views);

}  // namespace word2vec
