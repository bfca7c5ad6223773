// Puts in order what threads finish in any order. Knows numbers; refuses to know the work.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>

namespace word2vec {

/// Turns 0, 1, ...: each is taken by whoever waits for it, and begins when the one before is done. What was written before
/// done() is seen by all later turns.
class Turns {
 public:
  /// Waits for turn `number`. False when some thread gave up, so that the turn may never come.
  bool wait(std::uint64_t number) {
    std::unique_lock guard(lock_);
    changed_.wait(guard, [&] { return given_up_ || next_ == number; });
    return !given_up_;
  }
  void done() {
    {
      const std::lock_guard guard(lock_);
      ++next_;
    }
    changed_.notify_all();
  }

  /// Lives in a thread's work: gives up for all when that ends by an exception.
  class Guard {
   public:
    explicit Guard(Turns& turns) : turns_(turns), exceptions_(std::uncaught_exceptions()) {}
    ~Guard() {
      if (std::uncaught_exceptions() > exceptions_) turns_.give_up();
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    Turns& turns_;
    int exceptions_;
  };

 private:
  void give_up() {
    {
      const std::lock_guard guard(lock_);
      given_up_ = true;
    }
    changed_.notify_all();
  }

  std::mutex lock_;
  std::condition_variable changed_;
  std::uint64_t next_ = 0;
  bool given_up_ = false;
};

}  // namespace word2vec
