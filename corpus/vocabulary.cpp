// Choosing, writing and reading the vocabulary. Knows text and integers; refuses to know floats.
#include "corpus/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "corpus/io/output_file.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

/// The order of ids: a total one, so that it depends on nothing but words and counts.
template <class Word, class Count>
void sort_by_frequency(std::vector<WordId>& ids, Word&& word, Count&& count) {
  std::ranges::sort(ids, [&](WordId a, WordId b) { return count(a) != count(b) ? count(a) > count(b) : word(a) < word(b); });
}

/// One line of a vocabulary file: a word, white space, a count, and nothing else.
std::optional<std::pair<std::string_view, std::uint64_t>> parse_line(std::string_view line) {
  const auto word_end = std::ranges::find_if(line, Tokenizer::is_space);
  const auto count_begin = std::find_if_not(word_end, line.end(), Tokenizer::is_space);
  if (word_end == line.begin() || count_begin == line.end()) return std::nullopt;
  while (Tokenizer::is_space(line.back())) line.remove_suffix(1);  // such as the \r of a file from Windows
  const char* const end = line.data() + line.size();
  std::uint64_t count = 0;
  const auto [stop, error] = std::from_chars(&*count_begin, end, count);
  if (error != std::errc() || stop != end) return std::nullopt;
  return std::pair(std::string_view(line.begin(), word_end), count);
}

/// The lines of a vocabulary file, each word once, with its count.
WordTable read_counts(const std::string& path) {
  const std::string content = read_whole(path);
  WordTable table;
  std::string_view rest = content;
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto entry = parse_line(line);
    if (!entry) throw Error(fmt::format("not a word and its count in {} line {}; write one such pair a line", path, number));
    if (number == 1 && entry->first == "</s>") continue;
    if (table.find(entry->first) != dropped_word) {
      throw Error(fmt::format("the word '{}' comes again in {} line {}; remove one of the lines", entry->first, path, number));
    }
    table.add(entry->first, entry->second);
  }
  if (table.size() == 0) throw Error(fmt::format("no words in the vocabulary {}; save one with word2vec vocab", path));
  return table;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<std::string> words, std::vector<std::uint64_t> counts) {
  std::vector<WordId> order(words.size());
  std::iota(order.begin(), order.end(), WordId{0});
  sort_by_frequency(
      order, [&](WordId i) -> const std::string& { return words[i]; }, [&](WordId i) { return counts[i]; });
  words_.reserve(order.size());
  counts_.reserve(order.size());
  for (const WordId from : order) {
    words_.push_back(std::move(words[from]));
    counts_.push_back(counts[from]);
  }
  tokens_ = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

namespace {

/// Cuts `kept`, most frequent first, to max_words: the listed words stay, and of the others the first as long as there is room.
void cut(std::vector<WordId>& kept, const VocabularyOptions& options, const WordTable& table, DroppedWords& dropped) {
  if (options.max_words == 0 || kept.size() <= options.max_words) return;
  const auto listed = [&](WordId id) { return options.keep_words.contains(table.word(id)); };
  const auto reserved = options.keep_words.size() == 0 ? 0 : static_cast<std::uint64_t>(std::ranges::count_if(kept, listed));
  std::uint64_t room = options.max_words - std::min(options.max_words, reserved);
  std::erase_if(kept, [&](WordId id) {
    if (reserved != 0 && listed(id)) return false;
    if (room != 0) return --room, false;
    ++dropped.cut_words;
    dropped.cut_tokens += table.count(id);
    return true;
  });
}

}  // namespace

VocabularySelection select_vocabulary(const WordTable& table, const VocabularyOptions& options) {
  VocabularySelection selection;
  DroppedWords& dropped = selection.dropped;
  std::vector<WordId> kept;
  for (WordId id = 0; id < table.size(); ++id) {
    const std::uint64_t count = table.count(id);
    if (!is_valid_word(table.word(id))) {
      ++dropped.invalid_words;
      dropped.invalid_tokens += count;
      selection.statistics.add_invalid(table.word(id), count);
      continue;
    }
    selection.statistics.add(count);
    if (options.stopwords.contains(table.word(id))) {
      ++dropped.stop_words;
      dropped.stop_tokens += count;
    } else if (count == 0 || (count < options.min_count && !options.keep_words.contains(table.word(id)))) {
      // A count of 0, from a file, is no word of the text.
      ++dropped.rare_words;
      dropped.rare_tokens += count;
    } else {
      kept.push_back(id);
    }
  }
  sort_by_frequency(
      kept, [&](WordId id) { return table.word(id); }, [&](WordId id) { return table.count(id); });
  cut(kept, options, table, dropped);
  selection.final_id.assign(table.size(), dropped_word);
  std::vector<std::string> words;
  std::vector<std::uint64_t> counts;
  for (const WordId id : kept) {
    selection.final_id[id] = static_cast<WordId>(words.size());
    words.emplace_back(table.word(id));
    counts.push_back(table.count(id));
  }
  selection.vocabulary = Vocabulary(std::move(words), std::move(counts));
  return selection;
}

void save_vocabulary(const Vocabulary& vocabulary, const std::string& path) {
  OutputFile file(path);
  save_vocabulary(vocabulary, file);
}

void save_vocabulary(const Vocabulary& vocabulary, OutputFile& file) {
  for (WordId id = 0; id < vocabulary.size(); ++id) file.write(fmt::format("{} {}\n", vocabulary.word(id), vocabulary.count(id)));
  file.commit();
}

Vocabulary read_vocabulary(const std::string& path, const VocabularyOptions& options) {
  Vocabulary vocabulary = select_vocabulary(read_counts(path), options).vocabulary;
  if (vocabulary.size() == 0) {
    throw Error(fmt::format("no word of the vocabulary {} comes {} times; lower --min-count{}", path, options.min_count,
                            options.stopwords.size() == 0 ? "" : " or shorten --stopwords"));
  }
  return vocabulary;
}

}  // namespace word2vec
