// What the blocks of one long line leave to each other when threads work on them at once. Knows numbers of blocks; refuses to
// know the text.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace word2vec {

/// Thread-safe. Blocks are given to threads in their order, and each leaves its tail without waiting for a later one: so nobody
/// waits for ever.
class LineTails {
 public:
  /// What block `number` leaves to the next one, which takes it. One that a pass before, which was broken off, has left stays:
  /// it is the same.
  void put(std::uint64_t number, std::string tail) {
    const std::lock_guard guard(lock_);
    tails_.emplace(number, std::move(tail));
    changed_.notify_all();
  }
  /// Waits for what block `number` leaves. Empty when a thread gave up.
  std::string take(std::uint64_t number) {
    std::unique_lock guard(lock_);
    changed_.wait(guard, [&] { return given_up_ || tails_.contains(number); });
    return given_up_ ? std::string() : std::move(tails_.extract(number).mapped());
  }
  /// For a thread that cannot leave its tail: the others shall not wait for it.
  void give_up() {
    const std::lock_guard guard(lock_);
    given_up_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  std::map<std::uint64_t, std::string> tails_;
  bool given_up_ = false;
};

}  // namespace word2vec
