// One command's options: declared once, parsed, checked and printed as help. Knows Boost.ProgramOptions; no command of ours.
#pragma once

#include <boost/program_options.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace word2vec {

/// A row of the program's table of commands. `run` gets the words after the command's name and returns the exit status;
/// it throws UsageError or Error.
struct Command {
  const char* name;
  const char* arguments;
  const char* summary;
  int (*run)(const std::vector<std::string>& words);
};

/// What a command says of itself in `--help`.
struct CommandHelp {
  std::string usage;    ///< after "word2vec ", such as "train CORPUS... -o VECTORS [OPTIONS]"
  std::string summary;  ///< one or two sentences
  std::string example;  ///< can be pasted
};

/// Options of INTERFACE that this version does not have: naming one is a UsageError that says so, never silence.
struct MissingOption {
  const char* name;    ///< "--checkpoint"
  const char* remedy;  ///< what to do instead
};

class CommandLine {
 public:
  explicit CommandLine(CommandHelp help);

  /// The options that --help lists. Use Boost's `value<T>(&variable)->default_value(variable)->value_name("N")`.
  boost::program_options::options_description_easy_init add() { return options_.add_options(); }
  /// Arguments without a dash go to the hidden option `name` (declared here as a list of strings, stored in `*values`).
  void positional(const char* name, std::vector<std::string>* values);
  void missing(std::vector<MissingOption> options) { missing_ = std::move(options); }
  /// Makes `--config FILE` read the same options from an INI file; the command line wins.
  void allow_config() { config_ = true; }

  /// When the option `name`, of a file, is given: `recall(file)` gives options and arguments with their values, which hold where
  /// neither the command line nor a config file says otherwise.
  using Recalled = std::vector<std::pair<std::string, std::vector<std::string>>>;
  void recall_from(const char* name, std::function<Recalled(const std::string&)> recall) {
    recall_option_ = name;
    recall_ = std::move(recall);
  }

  /// Parses. Returns false when --help was asked for and printed to standard output. Throws UsageError on anything
  /// unknown, repeated, malformed or out of place; Error when the config file cannot be read.
  bool parse(const std::vector<std::string>& words);

  /// Whether the user gave the option (rather than its default).
  bool given(const char* name) const;
  /// Name and effective value of every listed option, as text, for a report.
  std::vector<std::pair<std::string, std::string>> effective() const;

 private:
  void parse_words(const std::vector<std::string>& words);
  void parse_config(const std::string& path);
  void recall(const Recalled& recalled);
  void refuse_missing(const std::string& name) const;
  void print_help() const;

  CommandHelp help_;
  boost::program_options::options_description options_, hidden_;
  boost::program_options::positional_options_description positions_;
  boost::program_options::variables_map values_;
  std::vector<MissingOption> missing_;
  bool config_ = false;
  std::string recall_option_;
  std::function<Recalled(const std::string&)> recall_;
};

/// Throws UsageError "OPTION is X: wants a number from LOW to HIGH" unless low <= value <= high.
void require_range(const char* option, double value, double low, double high);

/// Throws UsageError unless `value` is one of `choices`; returns its place.
std::size_t require_choice(const char* option, std::string_view value, const std::vector<std::string>& choices);

}  // namespace word2vec
