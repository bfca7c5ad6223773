// Questions read, looked up and scored. Refuses to know options and tables.
#include "eval/analogies.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "corpus/io/error.h"
#include "eval/text_lines.h"
#include "eval/word_lookup.h"
#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

/// ": capital-world" -> "capital-world"
std::string section_name(std::string_view line, std::size_t colon) {
  line.remove_prefix(colon + 1);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  return std::string(trimmed_end(line));
}

std::array<std::string, 4> parse_question(std::string_view line, const std::string& path, std::size_t number) {
  const std::vector<std::string_view> words = split_at_space(line);
  if (words.size() != 4) {
    throw Error(fmt::format("{} words where a question has four, {}: {}; give four words, or a section as ': name'", words.size(),
                            place(path, number), shown(line)));
  }
  return {std::string(words[0]), std::string(words[1]), std::string(words[2]), std::string(words[3])};
}

}  // namespace

std::vector<AnalogySection> parse_analogies(std::string_view content, const std::string& path) {
  std::vector<AnalogySection> sections;
  bool any = false;
  for_lines(content, [&](std::string_view line, std::size_t number) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos) return;
    if (line[start] == ':') {
      sections.push_back({section_name(line, start), {}});
      return;
    }
    const auto question = parse_question(line, path, number);
    if (sections.empty()) {
      throw Error(
          fmt::format("a question before the first section, {}; begin with a line such as ': capitals'", place(path, number)));
    }
    sections.back().questions.push_back(question);
    any = true;
  });
  if (!any) throw Error(fmt::format("no analogy question, {}; give ': section' lines and four words a line", path));
  return sections;
}

AnalogyTally& AnalogyTally::operator+=(const AnalogyTally& other) {
  correct += other.correct;
  asked += other.asked;
  skipped += other.skipped;
  return *this;
}

AnalogyScores score_analogies(const Embeddings& embeddings, const std::vector<AnalogySection>& sections, AnalogyMethod method,
                              std::size_t rows) {
  struct Asked {
    std::size_t section, answer;
  };
  AnalogyScores scores;
  std::vector<AnalogyRows> questions;
  std::vector<Asked> asked;
  WordLookup lookup(embeddings, rows);
  for (const AnalogySection& section : sections) {
    scores.sections.emplace_back(section.name, AnalogyTally());
    AnalogyTally& tally = scores.sections.back().second;
    for (const auto& words : section.questions) {
      std::array<std::optional<std::size_t>, 4> found;
      std::transform(words.begin(), words.end(), found.begin(), [&](const std::string& word) { return lookup.find(word); });
      if (!std::all_of(found.begin(), found.end(), [](const auto& row) { return row.has_value(); })) {
        ++tally.skipped;
        continue;
      }
      ++tally.asked;
      questions.push_back({found[0].value(), found[1].value(), found[2].value()});
      asked.push_back({scores.sections.size() - 1, found[3].value()});
    }
  }
  const auto answers = answer_analogies(embeddings.vectors(), questions, method, 1, rows);
  for (std::size_t q = 0; q < asked.size(); ++q) {
    if (!answers[q].empty() && answers[q][0].row == asked[q].answer) ++scores.sections[asked[q].section].second.correct;
  }
  for (const auto& [name, tally] : scores.sections) {
    (name.starts_with("gram") ? scores.syntactic : scores.semantic) += tally;
    scores.total += tally;
  }
  return scores;
}

}  // namespace word2vec
