// The lines that were typed at a prompt, kept for the next time. Knows where such files live; refuses to know terminals.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace word2vec {

/// A file of lines, oldest first, that only its owner can read. It is a convenience: where it cannot be read or written, nothing
/// is kept and nobody is told. Several prompts may add to it at the same time.
class HistoryFile {
 public:
  static constexpr std::size_t most_lines = 1000;

  /// word2vec/`name` in $XDG_STATE_HOME or else ~/.local/state. Without either of the two there is no file.
  explicit HistoryFile(const std::string& name);

  /// The last lines, most_lines at most. A file of more than twice as many is cut to them.
  std::vector<std::string> lines() const;
  /// A line without a newline, behind the others.
  void add(const std::string& line) const;

 private:
  std::string path_;  // empty: none
};

}  // namespace word2vec
