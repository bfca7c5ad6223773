// When a run is saved, and how it goes on meanwhile. Knows the clock and a thread of its own; refuses to know how a run trains.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <string>
#include <thread>
#include <utility>

#include "trainer/checkpoint.h"

namespace word2vec {

/// Writes one file again and again, each time whole or not at all. While it writes, the run goes on: it holds a copy of both
/// matrices for that long. One thread at a time may call.
class Checkpointer {
 public:
  /// `every` in seconds; 0: only when asked. `run` and `vocabulary` are what stays the same. The file is opened once to try, so
  /// that a bad path is an Error now.
  Checkpointer(std::string path, double every, CheckpointRun run, const Vocabulary& vocabulary);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  /// Whether it is time, and the last one is written.
  bool due() const { return every_.count() > 0 && !writing_ && Clock::now() >= next_; }

  /// Copies the run and writes the copy meanwhile. Throws Error when a row is not finite: the file that was there stays. What
  /// else fails, memory for the copy or the disk, is failure()'s to tell, and the next one tries again.
  void save(const TrainResult& state);
  /// What the last writing failed of, once; nullptr when it did not, or is under way.
  std::exception_ptr failure() { return writing_ ? nullptr : std::exchange(failure_, nullptr); }
  /// Waits until all is on the disk. Throws what failed and was not told.
  void finish();

  const std::string& path() const { return path_; }

 private:
  using Clock = std::chrono::steady_clock;

  void write(const TrainResult& copy);

  std::string path_;
  std::chrono::duration<double> every_;
  CheckpointRun run_;
  const Vocabulary& vocabulary_;
  Clock::time_point next_;
  std::atomic<bool> writing_{false};
  std::thread thread_;
  std::exception_ptr failure_;
};

}  // namespace word2vec
