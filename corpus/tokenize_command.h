// `word2vec tokenize`: raw text as the trainer sees it. Turns options into calls and prints; knows no text itself.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

/// `words` are those after "tokenize". Returns the exit status; throws UsageError or Error.
int tokenize_command(const std::vector<std::string>& words);

}  // namespace word2vec
