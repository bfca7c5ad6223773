// Queries about neighbours, from text to answers. Knows words and vectors; refuses to know options and output.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/analogy_answers.h"
#include "eval/expression.h"
#include "eval/search.h"
#include "eval/word_lookup.h"
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
  std::size_t restrict_rows = 0;                  ///< only the first rows answer; 0: all
  AnalogyMethod method = AnalogyMethod::cos_add;  ///< cos_mul is for queries made by analogy_query, and metric cosine
};

/// Answers queries over the same vectors, batch after batch. What a search is made of (a copy of the rows, the foldings of words)
/// is made when it is first wanted and kept. For one thread at a time; keeps a reference.
class QueryAnswers {
 public:
  explicit QueryAnswers(const Embeddings& embeddings) : embeddings_(embeddings), lookup_(embeddings) {}

  /// The nearest rows of each query but its own words'. An expression is the signed sum of unit rows; a word alone is, for the
  /// metrics that know lengths, its row as stored. Throws Error for a word that has no row (with near spellings), and for a
  /// query without direction when the metric is the cosine.
  std::vector<std::vector<Neighbor>> answer(const std::vector<Query>& queries, const NeighborOptions& options);

 private:
  const Search& search(Metric metric, std::size_t rows);

  const Embeddings& embeddings_;
  WordLookup lookup_;
  std::optional<Search> search_;
  Metric metric_ = Metric::cosine;  // of search_, as are the rows
  std::size_t rows_ = 0;
};

}  // namespace word2vec
