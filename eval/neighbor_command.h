// What `nearest` and `analogy` share: their options, where queries come from, output. Knows the command line; refuses to know
// vectors' arithmetic.
#pragma once

#include <string>
#include <vector>

#include "corpus/cli/command_line.h"
#include "eval/neighbor_output.h"
#include "eval/queries.h"

namespace word2vec {

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
  /// The file to read queries from when the command line has none: --queries, or "-" for a standard input that is no
  /// terminal. Throws UsageError, which says how to give a query (`example`), when there is neither.
  std::string query_file(const char* example) const;
  /// Prints to standard output. Throws Error when that fails.
  void print(const Embeddings& embeddings, const std::vector<Query>& asked,
             const std::vector<std::vector<Neighbor>>& answers) const;
};

}  // namespace word2vec
