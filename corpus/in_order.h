// Puts in order what threads finish in any order. Knows numbers; refuses to know the work.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace word2vec {

/// Items 0, 1, ... come from any thread, and are taken one at a time, each after the one before. A thread that brings an item too
/// early leaves it and goes on; whoever brings the missing one takes those that waited for it too. So threads sleep only when
/// one of them falls far behind.
template <class Item>
class InOrder {
 public:
  using Use = std::function<void(Item&)>;

  /// `take` may change the item. `most_ahead`: an item further than that from the next one to be taken makes its thread wait.
  /// `finish`, if there is any, gets each item once it is taken: several at a time, in any order, on any thread.
  InOrder(std::uint64_t most_ahead, Use take, Use finish = nullptr)
      : most_ahead_(most_ahead), take_(std::move(take)), finish_(std::move(finish)) {}

  /// An item to be filled: one that was taken before and keeps its memory, or a new one.
  std::unique_ptr<Item> fresh() {
    const std::lock_guard guard(lock_);
    if (taken_.empty()) return std::make_unique<Item>();
    std::unique_ptr<Item> item = std::move(taken_.back());
    taken_.pop_back();
    return item;
  }

  /// Brings an item. False when some thread gave up. Throws what `take` and `finish` throw.
  bool put(std::uint64_t number, std::unique_ptr<Item> item) {
    std::unique_lock guard(lock_);
    changed_.wait(guard, [&] { return given_up_ || number - next_ <= most_ahead_; });
    if (given_up_) return false;
    if (waiting_.size() <= number - next_) waiting_.resize(number - next_ + 1);
    waiting_[number - next_] = std::move(item);
    if (!taking_) take_those_that_are_next(guard);  // or else who is at it finds this one too
    while (!unfinished_.empty()) {
      std::unique_ptr<Item> last = std::move(unfinished_.back());
      unfinished_.pop_back();
      use(finish_, *last, guard);
      taken_.push_back(std::move(last));
    }
    return true;
  }

  /// Lives in a thread's work: gives up for all when that ends by an exception, so that none waits for an item that never comes.
  class Guard {
   public:
    explicit Guard(InOrder& order) : order_(order), exceptions_(std::uncaught_exceptions()) {}
    ~Guard() {
      if (std::uncaught_exceptions() == exceptions_) return;
      const std::lock_guard guard(order_.lock_);
      order_.given_up_ = true;
      order_.changed_.notify_all();
    }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    InOrder& order_;
    int exceptions_;
  };

 private:
  void take_those_that_are_next(std::unique_lock<std::mutex>& guard) {
    taking_ = true;
    while (!waiting_.empty() && waiting_.front() != nullptr) {
      std::unique_ptr<Item> first = std::move(waiting_.front());
      waiting_.pop_front();
      ++next_;
      use(take_, *first, guard);
      (finish_ ? unfinished_ : taken_).push_back(std::move(first));
      changed_.notify_all();
    }
    taking_ = false;
  }
  static void use(const Use& use, Item& item, std::unique_lock<std::mutex>& guard) {
    guard.unlock();
    use(item);
    guard.lock();
  }

  std::uint64_t most_ahead_;
  Use take_, finish_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Item>> waiting_;  // from number next_ on; nullptr: not here yet
  std::vector<std::unique_ptr<Item>> unfinished_, taken_;
  std::uint64_t next_ = 0;
  bool taking_ = false, given_up_ = false;
};

}  // namespace word2vec
