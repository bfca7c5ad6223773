// The progress of a long pass on standard error: on a terminal one line that redraws, elsewhere a plain line every few seconds.
#pragma once

#include <chrono>
#include <string>

namespace word2vec {

/// Not thread-safe: one thread shows.
class ProgressLine {
 public:
  explicit ProgressLine(bool enabled);

  /// Shows `text()` if it is time to; otherwise does not even make it.
  template <class Text>
  void show(Text&& text) {
    if (due()) print(text());
  }
  /// Shows `text` whether or not it is time or enabled, as a line that stays.
  void show_now(const std::string& text);
  /// Takes the line away, so that what follows starts on a clean one.
  void clear();

 private:
  bool due();
  void print(const std::string& text);

  bool enabled_, terminal_, drawn_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace word2vec
