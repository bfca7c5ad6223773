// A run from its first word to its exit status. Knows exceptions and the standard streams; no command.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

/// Calls `command(words)` and returns the exit status: its own, or 2 for UsageError, 128 + its signal for Interrupted and 1 for
/// every other exception, after one line on standard error. What it printed to standard output and could not be written there is
/// such a failure too.
int run_program(int (*command)(const std::vector<std::string>& words), const std::vector<std::string>& words);

}  // namespace word2vec
