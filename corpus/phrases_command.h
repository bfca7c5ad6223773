// `word2vec phrases`.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

/// Runs the command with the words after its name; returns the exit status. Throws UsageError, Error.
int phrases_command(const std::vector<std::string>& words);

}  // namespace word2vec
