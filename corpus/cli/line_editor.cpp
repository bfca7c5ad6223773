// libedit behind an interface. Refuses to know what lines mean.
#include "corpus/cli/line_editor.h"

#include <histedit.h>
#include <langinfo.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

namespace word2vec {

struct LineEditor::Terminal {
  struct CloseFile {
    void operator()(FILE* file) const { std::fclose(file); }
  };
  struct EndEditor {
    void operator()(EditLine* editor) const { el_end(editor); }
  };
  struct EndHistory {
    void operator()(History* history) const { history_end(history); }
  };

  std::string prompt;
  HistoryFile file;
  Complete complete;
  std::unique_ptr<FILE, CloseFile> own;  // the terminal, where it can be opened
  FILE* output = nullptr;
  std::unique_ptr<History, EndHistory> history;  // outlives the editor, which refers to it
  std::unique_ptr<EditLine, EndEditor> editor;
  bool dropped = false;  // the line that Ctrl-C ended

  void remember(const std::string& line) const {
    HistEvent event;
    ::history(history.get(), &event, H_ENTER, line.c_str());
  }
};

namespace {

/// Whatever the user's language, bytes are UTF-8. Only characters: numbers stay as they are in every language.
void choose_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

template <class Terminal>
Terminal& terminal_of(EditLine* editor) {
  void* data = nullptr;
  el_get(editor, EL_CLIENTDATA, &data);
  return *static_cast<Terminal*>(data);
}

}  // namespace

LineEditor::LineEditor(std::string prompt, HistoryFile history, Complete complete)
    : terminal_(new Terminal{std::move(prompt), std::move(history), std::move(complete), nullptr, nullptr, nullptr, nullptr}) {
  Terminal& terminal = *terminal_;
  choose_utf8();
  terminal.own.reset(std::fopen("/dev/tty", "we"));
  terminal.output = terminal.own ? terminal.own.get() : stderr;
  terminal.history.reset(history_init());
  terminal.editor.reset(el_init("word2vec", stdin, terminal.output, stderr));
  EditLine* const editor = terminal.editor.get();
  el_set(editor, EL_CLIENTDATA, &terminal);
  using Text = char*;
  el_set(
      editor, EL_PROMPT, +[](EditLine* e) -> Text { return terminal_of<Terminal>(e).prompt.data(); });
  el_set(editor, EL_SIGNAL, 1);
  el_set(editor, EL_EDITOR, "emacs");

  HistEvent event;
  ::history(terminal.history.get(), &event, H_SETSIZE, static_cast<int>(HistoryFile::most_lines));
  ::history(terminal.history.get(), &event, H_SETUNIQUE, 1);
  for (const std::string& line : terminal.file.lines()) terminal.remember(line);
  el_set(editor, EL_HIST, ::history, terminal.history.get());

  using Key = unsigned char (*)(EditLine*, int);
  const Key complete_key = [](EditLine* e, int) -> unsigned char {
    Terminal& at = terminal_of<Terminal>(e);
    const LineInfo* const line = el_line(e);
    const TypedCompletion found = at.complete({line->buffer, static_cast<std::size_t>(line->cursor - line->buffer)});
    if (!found.insert.empty()) return el_insertstr(e, found.insert.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    if (found.choices.empty()) return CC_REFRESH_BEEP;
    std::fputc('\n', at.output);
    for (const std::string& choice : found.choices) std::fprintf(at.output, "%s\n", choice.c_str());
    return CC_REDISPLAY;
  };
  const Key drop_key = [](EditLine* e, int) -> unsigned char {
    Terminal& at = terminal_of<Terminal>(e);
    at.dropped = true;
    std::fputs("^C\n", at.output);
    return CC_NEWLINE;
  };
  const Key stop_key = [](EditLine*, int) -> unsigned char {
    std::raise(SIGTSTP);  // the editor restores the terminal first, and takes it again afterwards
    return CC_NORM;
  };
  // The wide form: the other one leaks its arguments.
  el_wset(editor, EL_ADDFN, L"word2vec-complete", L"Completes the word at the cursor", complete_key);
  el_wset(editor, EL_ADDFN, L"word2vec-drop", L"Drops the line", drop_key);
  el_wset(editor, EL_ADDFN, L"word2vec-stop", L"Stops the program until it is continued", stop_key);
  using Binding = std::pair<const char*, const char*>;
  for (const auto& [keys, name] :
       {Binding{"^I", "word2vec-complete"}, Binding{"^C", "word2vec-drop"}, Binding{"^Z", "word2vec-stop"},
        Binding{"^R", "em-inc-search-prev"}, Binding{"\\e[1;5C", "em-next-word"}, Binding{"\\e[1;5D", "ed-prev-word"}}) {
    el_set(editor, EL_BIND, keys, name, nullptr);
  }
  el_set(editor, EL_SETTY, "-d", "-isig", nullptr);  // while a line is edited, Ctrl-C and Ctrl-Z are keys like others
  el_source(editor, nullptr);                        // the user's ~/.editrc
}

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
