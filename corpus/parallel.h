// Runs one function on several threads and brings back what it throws. Knows OpenMP; nothing of the work.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>

namespace word2vec {

/// Calls `work(thread)` once on each of `threads` threads and waits. Keeps the first exception and rethrows it here; `failed`
/// turns true at once, for the others to look at and stop. The atomics say to the reader, and to ThreadSanitizer, which does
/// not see OpenMP's own fork and join, that what came before is visible inside and what came inside is visible after.
template <class Work>
#if defined(__SANITIZE_THREAD__)
[[gnu::no_sanitize_thread]]
#endif
void run_threads(std::uint32_t threads, std::atomic<bool>& failed, Work&& work) {
  std::exception_ptr first;
  std::mutex first_lock;
  std::atomic<std::uint32_t> handover{1};
#pragma omp parallel num_threads(static_cast <int>(threads)) default(shared)
  {
    const std::uint32_t ticket = handover.fetch_add(1, std::memory_order_acq_rel) - 1;
    try {
      work(ticket);
    } catch (...) {
      failed = true;
      const std::lock_guard guard(first_lock);
      if (!first) first = std::current_exception();
    }
    handover.fetch_add(0, std::memory_order_acq_rel);
  }
  handover.load(std::memory_order_acquire);
  if (first) std::rethrow_exception(first);
}

}  // namespace word2vec
