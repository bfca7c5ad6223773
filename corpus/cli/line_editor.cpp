// libedit behind an interface. Refuses to know what lines mean.
#include "corpus/cli/line_editor.h"

#include <histedit.h>
#include <langinfo.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <utility>

#include "corpus/io/error.h"

namespace word2vec {

struct LineEditor::Terminal {
  struct CloseFile {
    void operator()(FILE* ended) const { std::fclose(ended); }
  };
  struct EndEditor {
    void operator()(EditLine* ended) const { el_end(ended); }
  };
  struct EndHistory {
    void operator()(History* ended) const { history_end(ended); }
  };

  Terminal(std::string prompt_text, HistoryFile history_file, Complete complete_line);
  void start_history();
  void bind_keys();
  void remember(const std::string& line) const {
    HistEvent event;
    ::history(history.get(), &event, H_ENTER, line.c_str());
  }

  // What the editor calls.
  static Terminal& of(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return *static_cast<Terminal*>(data);
  }
  static char* prompt_of(EditLine* editor) { return of(editor).prompt.data(); }
  static unsigned char complete_word(EditLine* editor, int key) noexcept;  // no exception may pass through libedit
  static unsigned char drop_line(EditLine* editor, int key);
  static unsigned char stop(EditLine* editor, int key);

  std::string prompt;
  HistoryFile file;
  Complete complete;
  std::unique_ptr<FILE, CloseFile> own;  // the terminal, where it can be opened
  FILE* output = nullptr;
  std::unique_ptr<History, EndHistory> history;  // outlives the editor, which refers to it
  std::unique_ptr<EditLine, EndEditor> editor;
  bool dropped = false;  // the line that Ctrl-C ended
};

namespace {

/// Whatever the user's language, bytes are UTF-8. Only characters: numbers stay as they are in every language.
void choose_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

LineEditor::Terminal::Terminal(std::string prompt_text, HistoryFile history_file, Complete complete_line)
    : prompt(std::move(prompt_text)), file(std::move(history_file)), complete(std::move(complete_line)) {
  choose_utf8();
  own.reset(std::fopen("/dev/tty", "we"));
  output = own ? own.get() : stderr;
  editor.reset(el_init("word2vec", stdin, output, stderr));
  if (!editor)
    throw Error("no lines can be edited on this terminal, standard input; pipe queries in, or name a file by --queries");
  el_set(editor.get(), EL_CLIENTDATA, this);
  el_set(editor.get(), EL_PROMPT, prompt_of);
  el_set(editor.get(), EL_SIGNAL, 1);
  el_set(editor.get(), EL_EDITOR, "emacs");
  start_history();
  bind_keys();
  el_source(editor.get(), nullptr);  // the user's ~/.editrc
}

void LineEditor::Terminal::start_history() {
  history.reset(history_init());
  HistEvent event;
  ::history(history.get(), &event, H_SETSIZE, static_cast<int>(HistoryFile::most_lines));
  ::history(history.get(), &event, H_SETUNIQUE, 1);
  for (const std::string& line : file.lines()) remember(line);
  el_set(editor.get(), EL_HIST, ::history, history.get());
}

void LineEditor::Terminal::bind_keys() {
  EditLine* const at = editor.get();
  // The wide form: the other one leaks its arguments.
  el_wset(at, EL_ADDFN, L"word2vec-complete", L"Completes the word at the cursor", complete_word);
  el_wset(at, EL_ADDFN, L"word2vec-drop", L"Drops the line", drop_line);
  el_wset(at, EL_ADDFN, L"word2vec-stop", L"Stops the program until it is continued", stop);
  using Binding = std::pair<const char*, const char*>;
  for (const auto& [keys, name] :
       {Binding{"^I", "word2vec-complete"}, Binding{"^C", "word2vec-drop"}, Binding{"^Z", "word2vec-stop"},
        Binding{"^R", "em-inc-search-prev"}, Binding{"\\e[1;5C", "em-next-word"}, Binding{"\\e[1;5D", "ed-prev-word"}}) {
    el_set(at, EL_BIND, keys, name, nullptr);
  }
  el_set(at, EL_SETTY, "-d", "-isig", nullptr);  // while a line is edited, Ctrl-C and Ctrl-Z are keys like others
}

unsigned char LineEditor::Terminal::complete_word(EditLine* editor, int /*key*/) noexcept try {
  Terminal& terminal = of(editor);
  const LineInfo* const line = el_line(editor);
  const TypedCompletion found = terminal.complete({line->buffer, static_cast<std::size_t>(line->cursor - line->buffer)});
  if (!found.insert.empty()) return el_insertstr(editor, found.insert.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
  if (found.choices.empty()) return CC_REFRESH_BEEP;
  std::fputc('\n', terminal.output);
  for (const std::string& choice : found.choices) std::fprintf(terminal.output, "%s\n", choice.c_str());
  return CC_REDISPLAY;
} catch (const std::exception&) {
  return CC_ERROR;
}

unsigned char LineEditor::Terminal::drop_line(EditLine* editor, int /*key*/) {
  of(editor).dropped = true;
  std::fputs("^C\n", of(editor).output);
  return CC_NEWLINE;
}

unsigned char LineEditor::Terminal::stop(EditLine* editor, int /*key*/) {
  std::raise(SIGTSTP);              // the editor's handler gives the terminal back first
  el_set(editor, EL_PREP_TERM, 1);  // taken again, which that of SIGCONT does too; a program without a shell is not stopped
  return CC_REDISPLAY;
}

LineEditor::LineEditor(std::string prompt, HistoryFile history, Complete complete)
    : terminal_(new Terminal(std::move(prompt), std::move(history), std::move(complete))) {}

LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::read() {
  for (;;) {
    // Before the prompt is there: a Ctrl-D typed at once would otherwise still be the terminal's own, and lost.
    el_set(terminal_->editor.get(), EL_PREP_TERM, 1);
    int bytes = 0;
    const char* const typed = el_gets(terminal_->editor.get(), &bytes);
    if (std::exchange(terminal_->dropped, false)) continue;
    if (typed == nullptr || bytes <= 0) {
      show("\n");
      return std::nullopt;
    }
    std::string line(typed);
    line.erase(line.find_last_not_of(" \t\r\n") + 1);
    line.erase(0, line.find_first_not_of(" \t"));
    if (!line.empty()) {
      terminal_->remember(line);
      terminal_->file.add(line);
    }
    return line;
  }
}

void LineEditor::show(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), terminal_->output);
  std::fflush(terminal_->output);
}

}  // namespace word2vec
