// `word2vec info`.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

int info_command(const std::vector<std::string>& words);

}  // namespace word2vec
