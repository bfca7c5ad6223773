// A word within a line, as the segmenters find it. Knows places only.
#pragma once

#include <cstddef>

namespace word2vec {

struct Segment {
  std::size_t begin, end;  ///< bytes of the line
  bool starts_sentence;    ///< the first word of a sentence; a line's first word is one
  bool valid;              ///< false: damaged text, with bytes that are not UTF-8, or a NUL, in it

  friend bool operator==(const Segment&, const Segment&) = default;
};

}  // namespace word2vec
