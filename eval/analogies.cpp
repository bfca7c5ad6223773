// Questions read, looked up and scored. Refuses to know options and tables.
#include "eval/analogies.h"

#include <fmt/format.h>

#include "corpus/io/error.h"
#include "eval/text_lines.h"
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

namespace {

/// The rows of a question's four words, or the words that have none.
struct Found {
  std::array<std::size_t, 4> rows{};
  std::string missing;
};

Found find_words(WordLookup& lookup, const std::array<std::string, 4>& words) {
  Found found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto row = lookup.find(words[i])) {
      found.rows[i] = *row;
    } else {
      found.missing += (found.missing.empty() ? "" : " ") + words[i];
    }
  }
  return found;
}

RankedQuestion question_of(const WordLookup& lookup, const std::array<std::size_t, 4>& rows) {
  RankedQuestion question{{rows[0], rows[1], rows[2]}, lookup.same_word(rows[3]), {}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (const std::size_t row : lookup.same_word(rows[i])) {
      if (row != rows[i]) question.excluded.push_back(row);
    }
  }
  return question;
}

}  // namespace

std::vector<AnalogyOutcome> ask_analogies(const Embeddings& embeddings, const std::vector<AnalogySection>& sections,
                                          const AnalogyOptions& options) {
  std::vector<AnalogyOutcome> outcomes;
  std::vector<RankedQuestion> questions;
  std::vector<std::size_t> asked;  // which outcome a question has
  WordLookup lookup(embeddings, options.restrict_rows, options.letter_case);
  for (const AnalogySection& section : sections) {
    for (const auto& words : section.questions) {
      const Found found = find_words(lookup, words);
      if (found.missing.empty()) {
        asked.push_back(outcomes.size());
        questions.push_back(question_of(lookup, found.rows));
      }
      outcomes.emplace_back().missing = found.missing;
    }
  }
  const auto rankings = rank_analogies(embeddings.vectors(), questions, options.method, options.restrict_rows);
  for (std::size_t q = 0; q < asked.size(); ++q) {
    AnalogyOutcome& outcome = outcomes[asked[q]];
    const AnalogyRanking& ranking = rankings[q];
    if (ranking.answer) outcome.answer = embeddings.words()[ranking.answer->row];
    if (ranking.answer) outcome.answer_score = ranking.answer->score;
    if (ranking.right) outcome.expected_score = ranking.right->score;
    outcome.rank = ranking.rank;
  }
  return outcomes;
}

void AnalogyTally::add(const AnalogyOutcome& outcome, bool use) {
  if (!use || !outcome.asked()) {
    ++skipped;
    return;
  }
  ++asked;
  if (outcome.rank == 0) return;
  if (outcome.rank == 1) ++correct;
  if (outcome.rank <= 5) ++in_top_5;
  reciprocal_ranks += 1 / static_cast<double>(outcome.rank);
}

AnalogyTally& AnalogyTally::operator+=(const AnalogyTally& other) {
  correct += other.correct;
  asked += other.asked;
  skipped += other.skipped;
  in_top_5 += other.in_top_5;
  reciprocal_ranks += other.reciprocal_ranks;
  return *this;
}

bool is_syntactic(std::string_view section) { return section.starts_with("gram"); }

AnalogyScores tally_analogies(const std::vector<AnalogySection>& sections, const std::vector<AnalogyOutcome>& outcomes,
                              const std::vector<bool>& use) {
  AnalogyScores scores;
  std::size_t next = 0;
  for (const AnalogySection& section : sections) {
    AnalogyTally tally;
    for (std::size_t q = 0; q < section.questions.size(); ++q, ++next) tally.add(outcomes[next], use[next]);
    (is_syntactic(section.name) ? scores.syntactic : scores.semantic) += tally;
    scores.total += tally;
    scores.sections.emplace_back(section.name, tally);
  }
  return scores;
}

}  // namespace word2vec
