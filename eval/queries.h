// Queries about neighbours, from text to answers. Knows words and vectors; refuses to know options and output.
#pragma once

#include <string>
#include <vector>

#include "eval/analogies.h"
#include "eval/expression.h"
#include "eval/search.h"
#include "trainer/embeddings/embeddings.h"

namespace word2vec {

struct Query {
  std::string text;  ///< as it is shown
  Expression words;
  std::string place;  ///< "path:line", or empty for the command line
};

/// One query for each line that is not blank ("-": standard input), by `parse(line)`. A line that it refuses with UsageError is
/// an Error that names the line. Throws Error when there is no query.
std::vector<Query> read_queries(const std::string& path, Query (*parse)(const std::string& line));

/// "king - man + woman" as a query.
Query expression_query(const std::string& text);
/// A is to B as C is to what: "B - A + C".
Query analogy_query(const std::string& a, const std::string& b, const std::string& c);

struct NeighborOptions {
  std::size_t k = 10;
  Metric metric = Metric::cosine;
  std::size_t restrict_rows = 0;  ///< only the first rows answer; 0: all
};

/// The nearest rows of each query but its own words'. An expression is the signed sum of unit rows; a word alone is, for the
/// metrics that know lengths, its row as stored. Throws Error for a word that has no row (with near spellings), and for a
/// query without direction when the metric is the cosine.
std::vector<std::vector<Neighbor>> answer_queries(const Embeddings& embeddings, const std::vector<Query>& queries,
                                                  const NeighborOptions& options);

/// The answers of queries made by analogy_query, by 3CosMul.
std::vector<std::vector<Neighbor>> answer_by_cos_mul(const Embeddings& embeddings, const std::vector<Query>& queries,
                                                     const NeighborOptions& options);

}  // namespace word2vec
