// What `nearest` and `analogy` share: their options, where queries come from, output. Knows the command line; refuses to know
// vectors' arithmetic.
#pragma once

#include <string>
#include <vector>

#include "corpus/cli/command_line.h"
#include "eval/neighbor_output.h"
#include "eval/queries.h"

namespace word2vec {

/// How a command writes a query.
struct QuerySyntax {
  const char* command;  ///< its name
  const char* hint;     ///< what to type
  Query (*parse)(const std::string& line);
  bool analogies;  ///< whether a query is made by analogy_query
};

struct NeighborArguments {
  std::vector<std::string> words;  ///< VECTORS and what follows it
  std::string queries;             ///< a file; empty: none
  std::string metric = "cosine";
  bool json = false, tsv = false;
  NeighborOptions options;  ///< its metric is set by check()

  /// Declares the options on `line`.
  void declare(CommandLine& line);
  /// After parsing. Throws UsageError.
  void check();
  /// Prints to standard output. Throws Error when that fails.
  void print(const Embeddings& embeddings, const std::vector<Query>& asked,
             const std::vector<std::vector<Neighbor>>& answers) const;
};

/// Answers the `queries` of the command line; without one, those of --queries or of standard input, by a prompt when that is a
/// terminal. Returns the exit status.
int answer_neighbors(NeighborArguments& arguments, std::vector<Query> queries, const QuerySyntax& syntax);

}  // namespace word2vec
