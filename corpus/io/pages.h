// Memory straight from the system, for what grows to gigabytes: zeroed, in huge pages where they pay, grown without a copy.
// Knows pages; refuses to know what is in them.
#pragma once

#include <cstddef>

namespace word2vec {

/// Movable, not copyable.
class Pages {
 public:
  Pages() = default;
  /// Zeroed bytes. Throws std::bad_alloc.
  explicit Pages(std::size_t bytes);
  ~Pages();
  Pages(Pages&& other) noexcept;
  Pages& operator=(Pages&& other) noexcept;
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  /// Makes it larger or smaller; what was there stays, perhaps elsewhere, and what was never there is zero. Throws
  /// std::bad_alloc.
  void resize(std::size_t bytes);

  /// Gives the first bytes' memory back to the system, but for a part of a huge page. There are zeros in its place.
  void give_back(std::size_t bytes);

  void* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t most_bytes = std::size_t{1} << 47;

  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace word2vec
