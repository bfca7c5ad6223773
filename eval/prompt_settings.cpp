// Settings by name. Refuses to know terminals and vectors.
#include "eval/prompt_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "corpus/io/error.h"
#include "eval/text_lines.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

struct Setting {
  const char* name;
  const char* meaning;
};
constexpr Setting settings[] = {{":k", "how many neighbours, 1 or more"},
                                {":metric", "cosine, dot or euclidean (a distance)"},
                                {":restrict", "only so many of the first words are answers; 0: all"},
                                {":method", "3cosadd or 3cosmul"}};

std::size_t number(std::string_view name, std::string_view text, std::size_t least) {
  std::size_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || value < least) {
    throw UsageError(fmt::format("{} is {}: wants a whole number, {} or more", name, shown(text), least));
  }
  return value;
}

std::size_t choice(std::string_view name, std::string_view text) {
  const std::vector<std::string> values = PromptSettings::values(name);
  const auto found = std::find(values.begin(), values.end(), text);
  if (found == values.end())
    throw UsageError(fmt::format("{} is {}: wants one of {}", name, shown(text), fmt::join(values, ", ")));
  return static_cast<std::size_t>(found - values.begin());
}

}  // namespace

std::vector<std::string> PromptSettings::names() const {
  std::vector<std::string> found;
  for (const Setting& setting : settings) {
    if (analogy_ || std::string_view(setting.name) != ":method") found.emplace_back(setting.name);
  }
  return found;
}

std::vector<std::string> PromptSettings::values(std::string_view name) {
  if (name == ":metric") return {"cosine", "dot", "euclidean"};
  if (name == ":method") return {"3cosadd", "3cosmul"};
  return {};
}

std::string PromptSettings::value(std::string_view name) const {
  if (name == ":k") return std::to_string(options_.k);
  if (name == ":restrict") return std::to_string(options_.restrict_rows);
  return values(
      name)[static_cast<std::size_t>(name == ":metric" ? static_cast<int>(options_.metric) : static_cast<int>(options_.method))];
}

void PromptSettings::set(std::string_view name, std::string_view text) {
  NeighborOptions wanted = options_;
  if (name == ":k") wanted.k = number(name, text, 1);
  if (name == ":restrict") wanted.restrict_rows = number(name, text, 0);
  if (name == ":metric") wanted.metric = std::vector{Metric::cosine, Metric::dot, Metric::euclidean}[choice(name, text)];
  if (name == ":method") wanted.method = std::vector{AnalogyMethod::cos_add, AnalogyMethod::cos_mul}[choice(name, text)];
  if (wanted.method == AnalogyMethod::cos_mul && wanted.metric != Metric::cosine) {
    throw UsageError("3cosmul is made of cosines; give :method 3cosadd or :metric cosine first");
  }
  options_ = wanted;
}

std::string PromptSettings::change(std::string_view line) {
  const auto parts = split_at_space(line);
  const std::vector<std::string> known = names();
  if (parts.empty() || std::find(known.begin(), known.end(), parts[0]) == known.end()) {
    throw UsageError(fmt::format("there is no {}; :help lists what there is", parts.empty() ? "setting" : shown(parts[0])));
  }
  if (parts.size() > 2) throw UsageError(fmt::format("{} takes one value", parts[0]));
  if (parts.size() == 2) set(parts[0], parts[1]);
  return fmt::format("{} {}", parts[0], value(parts[0]));
}

std::string PromptSettings::help() const {
  std::string text;
  for (const std::string& name : names()) {
    const auto* const found =
        std::find_if(std::begin(settings), std::end(settings), [&](const Setting& setting) { return setting.name == name; });
    text += fmt::format("  {:<20}{}\n", name + " " + value(name), found->meaning);
  }
  return text;
}

}  // namespace word2vec
