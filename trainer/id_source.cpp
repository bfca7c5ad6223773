#include "trainer/id_source.h"

#include <xxhash.h>

namespace word2vec {

std::uint64_t CachedIds::hash() const { return XXH3_64bits(ids_.data(), ids_.size_bytes()); }

}  // namespace word2vec
