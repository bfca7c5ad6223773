// Signals as a long run meets them. Knows signals; refuses to know what is interrupted.
#pragma once

#include <stdexcept>
#include <string>

namespace word2vec {

/// A run that a signal ended in good order. Ends the program with status 128 + signal.
struct Interrupted : std::runtime_error {
  Interrupted(int which, const std::string& what) : std::runtime_error(what), signal(which) {}
  int signal;
};

/// While it lives, the first SIGINT, SIGTERM or SIGHUP (unless it is ignored, as under nohup) is noted and the second ends the
/// process at once; SIGUSR1 asks for a word on progress. One at a time.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  /// The signal that came, or 0. Any thread may ask.
  static int signal();
  /// Whether SIGUSR1 came since this was last asked.
  static bool progress_wanted();
};

/// "SIGINT" and so on.
const char* signal_name(int signal);

}  // namespace word2vec
