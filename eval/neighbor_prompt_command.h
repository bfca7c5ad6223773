// The prompt of `nearest` and `analogy`: lines from a terminal, answers to standard output.
#pragma once

#include "eval/neighbor_command.h"

namespace word2vec {

/// Until the input ends or :quit. Returns the exit status. Throws Error when an answer cannot be written.
int run_prompt(NeighborArguments& arguments, const Embeddings& embeddings, const QuerySyntax& syntax);

}  // namespace word2vec
