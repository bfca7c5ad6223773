// Numbers that begin at a cache line's start: to the processor a register's worth at another place is two lines. Knows memory
// alone.
#pragma once

#include <cstddef>
#include <vector>

namespace word2vec {

/// `count` numbers, zero at first.
template <class Number>
class AlignedNumbers {
 public:
  explicit AlignedNumbers(std::size_t count = 0) : lines_(count / per_line + 1) {}
  std::size_t size() const { return lines_.size() * per_line; }  ///< at least `count`
  Number* data() { return lines_.front().numbers; }
  const Number* data() const { return lines_.front().numbers; }

 private:
  static constexpr std::size_t per_line = 64 / sizeof(Number);
  struct alignas(64) Line {
    Number numbers[per_line];
  };
  std::vector<Line> lines_;
};

}  // namespace word2vec
