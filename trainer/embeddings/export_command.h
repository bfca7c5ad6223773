// `word2vec export`.
#pragma once

#include <string>
#include <vector>

namespace word2vec {

int export_command(const std::vector<std::string>& words);

}  // namespace word2vec
