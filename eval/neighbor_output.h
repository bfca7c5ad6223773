// Answers about neighbours as text. Knows layout; refuses to know how answers were found.
#pragma once

#include <string>
#include <vector>

#include "eval/queries.h"

namespace word2vec {

enum class NeighborFormat {
  table,  ///< to read: the query when there are several, then rank, word and score
  tsv,    ///< query, word, score; no header. No word holds a tab or a newline, which set words apart in every format
  json    ///< the interface's, on one line for each query
};

/// `answers[q]` belongs to `queries[q]`; rows name words of `words`.
std::string format_neighbors(NeighborFormat format, const std::vector<std::string>& words, const std::vector<Query>& queries,
                             const std::vector<std::vector<Neighbor>>& answers);

}  // namespace word2vec
