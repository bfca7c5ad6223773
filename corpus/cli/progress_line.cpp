#include "corpus/cli/progress_line.h"

#include <unistd.h>

#include "corpus/cli/message.h"

namespace word2vec {
namespace {

constexpr auto redraw_every = std::chrono::milliseconds(100);
constexpr auto line_every = std::chrono::seconds(5);

}  // namespace

ProgressLine::ProgressLine(bool enabled) : enabled_(enabled), terminal_(isatty(STDERR_FILENO) == 1) {
  next_ = std::chrono::steady_clock::now() +
          (terminal_ ? std::chrono::nanoseconds(redraw_every) : std::chrono::nanoseconds(line_every));
}

bool ProgressLine::due() {
  if (!enabled_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return false;
  next_ = now + (terminal_ ? std::chrono::nanoseconds(redraw_every) : std::chrono::nanoseconds(line_every));
  return true;
}

void ProgressLine::print(const std::string& text) {
  // \033[K clears what a longer line left behind.
  tell("{}{}{}", terminal_ ? "\r" : "", text, terminal_ ? "\033[K" : "\n");
  drawn_ = true;
}

void ProgressLine::show_now(const std::string& text) {
  clear();
  tell("{}\n", text);
}

void ProgressLine::clear() {
  if (terminal_ && drawn_) tell("\r\033[K");
  drawn_ = false;
}

}  // namespace word2vec
