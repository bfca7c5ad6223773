// `word2vec train`, and the original tool's own command line.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

int train_command(const std::vector<std::string>& words);

/// Whether these words are the original tool's command line: the first is one of its flags.
bool is_original_command(const std::vector<std::string>& words);
int original_command(const std::vector<std::string>& words);

}  // namespace word2vec
