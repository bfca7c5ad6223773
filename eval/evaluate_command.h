// `word2vec evaluate`.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

/// Gets the words after the command's name; returns the exit status. Throws UsageError and Error.
int evaluate_command(const std::vector<std::string>& words);

}  // namespace word2vec
