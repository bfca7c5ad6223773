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
  /// Room for at least so many: what was there stays, what is new is zero.
  Number* room(std::size_t count) {
    if (count > size()) lines_.resize((count + per_line - 1) / per_line);
    return data();
  }
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
