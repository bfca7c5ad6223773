// Parts of a job on all threads, with a step that they take one after the other. Knows threads; nothing of what they do.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <limits>
#include <mutex>

namespace word2vec {

/// Whose turn it is, and what has gone wrong first.
class PartTurns {
 public:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  /// The next part to be done by whoever asks.
  std::size_t take() { return next_++; }

  /// Calls `step` when all parts before have had their turn, unless one of them or `failure` stands in the way. Returns whether
  /// it has done so without an exception. Passes the turn on, whatever happens: the next part would wait for ever.
  template <class Step>
  bool in_turn(std::size_t part, std::exception_ptr failure, Step step) {
    for (std::size_t now = 0; (now = turn_.load(std::memory_order_acquire)) != part;) turn_.wait(now);
    const bool free = !failure && !failed();
    if (free) failure = caught(step);
    if (failure) note(part, failure);
    turn_.store(part + 1, std::memory_order_release);
    turn_.notify_all();
    return free && !failure;
  }

  /// What `step` throws, if anything.
  template <class Step>
  static std::exception_ptr caught(Step step) {
    try {
      step();
    } catch (...) {
      return std::current_exception();
    }
    return nullptr;
  }

  /// Keeps the failure of the first part.
  void note(std::size_t part, const std::exception_ptr& failure) {
    const std::lock_guard guard(lock_);
    if (part >= failed_) return;
    failed_ = part;
    failure_ = failure;
  }

  bool failed() const { return failed_ != none; }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::atomic<std::size_t> next_{0}, turn_{0}, failed_{none};
  std::mutex lock_;
  std::exception_ptr failure_;
};

/// For each part from 0 on: `before`, then `step` in the order of the parts, then `after`, each called with the part and a
/// Scratch that its thread keeps. Ends early and rethrows the failure of the first part that has one; no `step` follows a failed
/// one.
template <class Scratch, class Before, class Step, class After>
void for_parts(std::size_t parts, Before before, Step step, After after) {
  PartTurns turns;
#pragma omp parallel if (parts > 1)
  {
    Scratch scratch{};
    // A part that is taken has its turn.
    for (std::size_t part = 0; !turns.failed() && (part = turns.take()) < parts;) {
      const std::exception_ptr failure = PartTurns::caught([&] { before(part, scratch); });
      if (!turns.in_turn(part, failure, [&] { step(part, scratch); })) continue;
      if (const std::exception_ptr late = PartTurns::caught([&] { after(part, scratch); })) turns.note(part, late);
    }
  }
  turns.rethrow();
}

}  // namespace word2vec
