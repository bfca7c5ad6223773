// Parsing, checking and help over Boost.ProgramOptions. Knows option names and types; no command of ours.
#include "corpus/cli/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string_view>
#include <typeinfo>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

enum class Kind { text, whole, natural, real };

template <class... T>
bool is_one_of(const std::type_info& type) {
  return ((type == typeid(T) || type == typeid(std::vector<T>)) || ...);  // NOLINT(misc-redundant-expression): T differs
}

Kind kind_of(const po::option_description& option) {
  const auto* const typed = dynamic_cast<const po::typed_value_base*>(option.semantic().get());
  if (typed == nullptr) return Kind::text;
  const std::type_info& type = typed->value_type();
  if (is_one_of<unsigned short, unsigned, unsigned long, unsigned long long>(type)) return Kind::natural;
  if (is_one_of<short, int, long, long long>(type)) return Kind::whole;
  if (is_one_of<float, double>(type)) return Kind::real;
  return Kind::text;
}

bool is_whole(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_real(const std::string& text) {
  if (text.empty() || text.front() == ' ' || text.find_first_of("xX") != std::string::npos) return false;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() && std::isfinite(value);
}

/// For any type: Boost's message would name "--k" where "-k" was given.
bool is_too_large(std::string_view digits) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::uint64_t value = 0;
  return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc::result_out_of_range;
}

/// Boost would read "-5" as a huge unsigned number, and its own message names no expectation.
void check_number(const std::string& name, Kind kind, const std::string& text) {
  const bool negative = text.starts_with('-');
  if (kind == Kind::natural && (!is_whole(text) || negative)) {
    throw UsageError(fmt::format("{} is {}: wants a whole number, 0 or more", name, text.empty() ? "''" : text));
  }
  if (kind == Kind::natural && is_too_large(text)) throw UsageError(fmt::format("{} is {}: is too large", name, text));
  if (kind == Kind::whole && !is_whole(text)) {
    throw UsageError(fmt::format("{} is {}: wants a whole number", name, text.empty() ? "''" : text));
  }
  if (kind == Kind::real && !is_real(text)) {
    throw UsageError(fmt::format("{} is {}: wants a number", name, text.empty() ? "''" : text));
  }
}

template <class... T>
bool print_as(const boost::any& value, std::string& text) {
  const auto one = [&](auto type) {
    using V = decltype(type);
    if (const V* const held = boost::any_cast<V>(&value)) {
      text = fmt::format("{}", *held);
    } else if (const auto* const list = boost::any_cast<std::vector<V>>(&value)) {
      for (const V& item : *list) text += fmt::format("{}{}", text.empty() ? "" : " ", item);
    } else {
      return false;
    }
    return true;
  };
  return (one(T()) || ...);
}

std::string text_of(const boost::any& value) {
  std::string text;
  print_as<std::string, float, double, short, int, long, long long, unsigned short, unsigned, unsigned long, unsigned long long>(
      value, text);
  if (const bool* const flag = boost::any_cast<bool>(&value)) text = *flag ? "true" : "false";
  return text;
}

/// "-o, --output FILE", and what it does with its default: Boost's own layout prints 0.05 as 0.050000000000000003.
void print_option(const po::option_description& option, std::size_t width) {
  std::string left = option.canonical_display_name(po::command_line_style::allow_dash_for_short);
  const std::string& long_name = option.long_name();
  if (left.starts_with("--") || left == long_name) {
    left = fmt::format("    --{}", long_name);
  } else if (!long_name.empty()) {
    left += fmt::format(", --{}", long_name);
  }
  std::string parameter = option.format_parameter();
  parameter.resize(std::min(parameter.size(), parameter.find(" (=")));
  if (!parameter.empty()) left += (parameter.starts_with('[') ? "" : " ") + parameter;
  boost::any value;
  const bool has_default = option.semantic()->max_tokens() != 0 && option.semantic()->apply_default(value);
  const std::string standard = has_default ? text_of(value) : "";
  if (left.size() > width) left.append("\n").append(width + 2, ' ');
  left.resize(std::max(left.size(), width), ' ');
  fmt::print("  {}  {}{}\n", left, option.description(), standard.empty() ? "" : fmt::format(" (default: {})", standard));
}

std::string command_of(const CommandHelp& help) { return help.usage.substr(0, help.usage.find(' ')); }

/// The words that can be options: a lone `--` ends them.
std::vector<std::string> options_among(const std::vector<std::string>& words) {
  return {words.begin(), std::ranges::find(words, "--")};
}

/// Boost's exceptions in our words.
[[noreturn]] void rethrow_as_usage(const std::string& where) {
  const auto say = [&](const std::string& what) -> UsageError { return UsageError(what + where); };
  try {
    throw;
  } catch (const po::unknown_option& error) {
    throw say(fmt::format("unknown option {}", error.get_option_name()));
  } catch (const po::multiple_occurrences& error) {
    throw say(fmt::format("{} is given more than once", error.get_option_name()));
  } catch (const po::required_option& error) {
    throw say(fmt::format("{} is missing", error.get_option_name()));
  } catch (const po::too_many_positional_options_error&) {
    throw say("an argument without a dash is out of place");
  } catch (const po::invalid_command_line_syntax& error) {
    const bool extra = error.kind() == po::invalid_command_line_syntax::extra_parameter;
    throw say(fmt::format("{} {}", error.get_option_name(), extra ? "takes no value" : "wants a value"));
  } catch (const po::validation_error& error) {
    throw say(fmt::format("{} has a value that is malformed or out of range", error.get_option_name()));
  } catch (const po::invalid_config_file_syntax& error) {
    // Its what() puts the line in place of %invalid_line% again and again, and ends never when the line has those words.
    throw say(fmt::format("'{}' is neither an option with its value nor a comment", error.tokens()));
  } catch (const po::error& error) {
    throw say(error.what());
  }
}

/// Checks what Boost lets through in one option as it was given.
void check_given(const po::option& given, const po::options_description& options) {
  const auto* const option = options.find_nothrow(given.string_key, false);
  if (option == nullptr) return;  // Boost will say so
  const std::string name = option->long_name().empty()
                               ? option->canonical_display_name(po::command_line_style::allow_dash_for_short)
                               : "--" + option->long_name();
  for (const std::string& value : given.value) check_number(name, kind_of(*option), value);
  for (std::size_t i = 1; i < given.original_tokens.size(); ++i) {
    // "--output --quite" is a slip of the pen, not a file called --quite.
    const std::string& value = given.original_tokens[i];
    if (value.size() > 2 && value.starts_with("--")) {
      throw UsageError(fmt::format("{0} wants a value and {1} follows; if that is the value write {0}={1}", name, value));
    }
  }
}

}  // namespace

CommandLine::CommandLine(CommandHelp help) : help_(std::move(help)) {}

void CommandLine::positional(const char* name, std::vector<std::string>* values) {
  hidden_.add_options()(name, po::value<std::vector<std::string>>(values));
  positions_.add(name, -1);
}

bool CommandLine::parse(const std::vector<std::string>& words) {
  if (config_)
    options_.add_options()("config", po::value<std::string>()->value_name("FILE"),
                           "options from an INI file; the command line wins");
  options_.add_options()("help,h", "prints this");
  const std::vector<std::string> heads = options_among(words);
  if (std::ranges::any_of(heads, [](const std::string& word) { return word == "--help" || word == "-h"; })) {
    print_help();
    return false;
  }
  for (const std::string& word : heads) refuse_missing(word.substr(0, word.find('=')));
  try {
    parse_words(words);
    if (config_ && values_.count("config") != 0) parse_config(values_["config"].as<std::string>());
    if (recall_ && values_.count(recall_option_) != 0) recall(recall_(values_[recall_option_].as<std::string>()));
    po::notify(values_);
  } catch (const po::error&) {
    rethrow_as_usage(fmt::format("; see word2vec {} --help", command_of(help_)));
  }
  return true;
}

void CommandLine::parse_words(const std::vector<std::string>& words) {
  // A guessed option would change its meaning when a longer name joins the list.
  constexpr int style = po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
  po::options_description all;
  all.add(options_).add(hidden_);
  const po::parsed_options parsed = po::command_line_parser(words).options(all).positional(positions_).style(style).run();
  for (const po::option& given : parsed.options) {
    if (given.position_key < 0 && hidden_.find_nothrow(given.string_key, false) != nullptr) {
      throw po::unknown_option("--" + given.string_key);
    }
    if (given.position_key < 0) check_given(given, options_);
  }
  po::store(parsed, values_);
}

void CommandLine::parse_config(const std::string& path) {
  std::istringstream text(read_whole(path));
  try {
    po::parsed_options parsed = po::parse_config_file(text, options_, true);
    for (const po::option& given : parsed.options) {
      refuse_missing("--" + given.string_key);
      if (given.unregistered || given.string_key == "config" || given.string_key == "help") {
        throw UsageError(
            fmt::format("unknown option {} in {}; see word2vec {} --help", given.string_key, path, command_of(help_)));
      }
      try {
        check_given(given, options_);
      } catch (const UsageError& error) {
        throw UsageError(fmt::format("{}, in {}", error.what(), path));
      }
    }
    po::store(parsed, values_);
  } catch (const po::error&) {
    rethrow_as_usage(fmt::format(", in {}; write lines such as dim = 100", path));
  }
}

void CommandLine::recall(const Recalled& recalled) {
  po::options_description all;
  all.add(options_).add(hidden_);
  po::parsed_options parsed(&all);
  for (const auto& [name, values] : recalled) {
    if (values.empty() || all.find_nothrow(name, false) == nullptr) continue;
    po::option option(name, values);
    option.original_tokens = values;
    parsed.options.push_back(option);
  }
  po::store(parsed, values_);
}

void CommandLine::refuse_missing(const std::string& name) const {
  for (const MissingOption& missing : missing_) {
    if (name == missing.name)
      throw UsageError(fmt::format("{} is not available in this version; {}", missing.name, missing.remedy));
  }
}

void CommandLine::print_help() const {
  constexpr std::size_t width = 30;
  fmt::print("Usage: word2vec {}\n\n{}\n\nOptions:\n", help_.usage, help_.summary);
  for (const auto& option : options_.options()) print_option(*option, width);
  fmt::print("\nExample:\n  {}\n", help_.example);
}

bool CommandLine::given(const char* name) const {
  const auto found = values_.find(name);
  return found != values_.end() && !found->second.defaulted();
}

std::vector<std::pair<std::string, std::string>> CommandLine::effective() const {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& option : options_.options()) {
    const std::string& name = option->long_name();
    if (name == "help") continue;
    const auto found = values_.find(name);
    rows.emplace_back(name, found == values_.end() ? "" : text_of(found->second.value()));
  }
  return rows;
}

void require_range(const char* option, double value, double low, double high) {
  if (value >= low && value <= high) return;  // written so that NaN is refused
  if (high >= std::numeric_limits<double>::max()) {
    throw UsageError(fmt::format("{} is {}: wants a number of {} or more", option, value, low));
  }
  throw UsageError(fmt::format("{} is {}: wants a number from {} to {}", option, value, low, high));
}

std::size_t require_choice(const char* option, std::string_view value, const std::vector<std::string>& choices) {
  const auto found = std::ranges::find(choices, value);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  std::string list;  // fmt::join makes g++ 12 warn inside fmt at -O3
  for (const std::string& choice : choices) list.append(list.empty() ? "" : ", ").append(choice);
  throw UsageError(fmt::format("{} is {}: wants one of {}", option, value.empty() ? "''" : value, list));
}

}  // namespace word2vec
