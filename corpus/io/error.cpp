// The text of the system's own errors. Knows errno values and nothing else.
#include "corpus/io/error.h"

#include <system_error>

namespace word2vec {

std::string system_message(int error_number) { return std::generic_category().message(error_number); }

}  // namespace word2vec
