#include "corpus/cli/interruption.h"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX's

#include <array>
#include <atomic>
#include <csignal>

namespace word2vec {
namespace {

std::atomic<int> came{0};
std::atomic<bool> asked{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free,
              "a handler may touch nothing else");

constexpr std::array ending = {SIGINT, SIGTERM, SIGHUP};
std::array<struct sigaction, ending.size() + 1> before;

void note(int which) {
  if (came.exchange(which) == 0) return;
  std::signal(which, SIG_DFL);
  std::raise(which);  // taken when this returns
}
void note_question(int /*which*/) { asked = true; }

}  // namespace

SignalWatch::SignalWatch() {
  came = 0;
  asked = false;
  for (std::size_t i = 0; i < ending.size(); ++i) {
    ::sigaction(ending[i], nullptr, &before[i]);
    if (before[i].sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;  // no reader shall take a signal for the end
    ::sigaction(ending[i], &action, nullptr);
  }
  struct sigaction action {};
  action.sa_handler = note_question;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGUSR1, &action, &before.back());
}

SignalWatch::~SignalWatch() {
  for (std::size_t i = 0; i < ending.size(); ++i) ::sigaction(ending[i], &before[i], nullptr);
  ::sigaction(SIGUSR1, &before.back(), nullptr);
}

int SignalWatch::signal() { return came; }
bool SignalWatch::progress_wanted() { return asked.exchange(false); }

const char* signal_name(int which) { return which == SIGINT ? "SIGINT" : which == SIGTERM ? "SIGTERM" : "SIGHUP"; }

}  // namespace word2vec
