// Lines typed on a terminal, with editing, history and completion, by libedit. Knows the terminal; refuses to know what lines
// mean.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/cli/history_file.h"

namespace word2vec {

/// What the completion key does at the cursor.
struct TypedCompletion {
  std::string insert;                ///< goes in at the cursor; in UTF-8
  std::vector<std::string> choices;  ///< shown when nothing can be inserted
};

/// Reads standard input, which is a terminal, and writes prompts to the terminal wherever standard output goes. Text is UTF-8
/// whatever the locale. Ctrl-C drops the line; while a line is read, signals leave the terminal as it was. One at a time.
class LineEditor {
 public:
  /// `complete` gets the line up to the cursor.
  using Complete = std::function<TypedCompletion(std::string_view before_cursor)>;
  /// Throws Error when the terminal is none on which lines can be edited.
  LineEditor(std::string prompt, HistoryFile history, Complete complete);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// The next line, without its end and the blanks around it; nothing when the input ends (Ctrl-D). Lines go into the history,
  /// but empty ones.
  std::optional<std::string> read();
  /// Prints to the terminal.
  void show(std::string_view text);

 private:
  struct Terminal;
  std::unique_ptr<Terminal> terminal_;
};

}  // namespace word2vec
