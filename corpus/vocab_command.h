// `word2vec vocab`: the vocabulary pass alone. Turns options into calls and prints; knows no text itself.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

/// `words` are those after "vocab". Returns the exit status; throws UsageError or Error.
int vocab_command(const std::vector<std::string>& words);

}  // namespace word2vec
