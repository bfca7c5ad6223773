// Choosing, writing and reading the vocabulary. Knows text and integers; refuses to know floats.
#include "corpus/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <iterator>
#include <numeric>
#include <utility>

#include "corpus/frequency_order.h"
#include "corpus/io/error.h"
#include "corpus/io/fingerprint.h"
#include "corpus/io/input_file.h"
#include "corpus/io/output_file.h"
#include "corpus/parallel.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

/// What a reader leaves out at the start of a file: the original's sentence mark, and a byte order mark.
constexpr std::string_view sentence_mark = "</s>", byte_order_mark = "\xEF\xBB\xBF";

/// Calls `write` with the lines of the vocabulary's file, many at once.
template <class Write>
void for_each_lines(const Vocabulary& vocabulary, Write&& write) {
  constexpr std::size_t enough = std::size_t{1} << 16;  // bytes
  std::string lines;
  for (WordId id = 0; id < vocabulary.size(); ++id) {
    const std::string& word = vocabulary.word(id);
    if (id == 0) {
      // The most frequent word may look like either mark: it is read as the word that it is when a mark comes before it.
      if (word == sentence_mark) lines += "</s> 0\n";
      if (word.starts_with(byte_order_mark)) lines += byte_order_mark;
    }
    const fmt::format_int count(vocabulary.count(id));
    lines.append(word).append(1, ' ').append(count.data(), count.size()).append(1, '\n');
    if (lines.size() < enough) continue;
    write(lines);
    lines.clear();
  }
  write(lines);
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
  const std::string content = read_whole_text(path);
  WordTable table;
  std::string_view rest = content;
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto entry = parse_line(line);
    if (!entry) throw Error(fmt::format("not a word and its count in {} line {}; write one such pair a line", path, number));
    if (number == 1 && entry->first == sentence_mark) continue;
    if (table.find(entry->first) != dropped_word) {
      throw Error(fmt::format("the word '{}' comes again in {} line {}; remove one of the lines", entry->first, path, number));
    }
    table.add(entry->first, entry->second);
  }
  if (table.size() == 0) throw Error(fmt::format("no words in the vocabulary {}; save one with word2vec vocab", path));
  return table;
}

}  // namespace

DroppedWords& DroppedWords::operator+=(const DroppedWords& other) {
  rare_words += other.rare_words;
  rare_tokens += other.rare_tokens;
  cut_words += other.cut_words;
  cut_tokens += other.cut_tokens;
  stop_words += other.stop_words;
  stop_tokens += other.stop_tokens;
  invalid_words += other.invalid_words;
  invalid_tokens += other.invalid_tokens;
  return *this;
}

Vocabulary::Vocabulary(std::vector<std::string> words, std::vector<std::uint64_t> counts) {
  words_.reserve(words.size());
  counts_.reserve(words.size());
  for (const WordId from : frequency_order(words, counts)) {
    words_.push_back(std::move(words[from]));
    counts_.push_back(counts[from]);
  }
  tokens_ = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

EarlierVocabulary::EarlierVocabulary(Vocabulary vocabulary, const std::string& source)
    : vocabulary_(std::move(vocabulary)), ids_(vocabulary_.size()) {
  for (const std::string& word : vocabulary_.words()) ids_.add(word);
  if (ids_.size() != vocabulary_.size()) throw Error(fmt::format("a word comes twice in {}; use an earlier one", source));
}

void WordSieve::reserve(std::size_t words) {
  words_.reserve(words);
  counts_.reserve(words);
}

WordId WordSieve::judge(const WordKey& key, std::string_view word, std::uint64_t count) {
  if (!key.is_ascii() && !is_valid_word(word)) {
    ++dropped_.invalid_words;
    dropped_.invalid_tokens += count;
    statistics_.add_invalid(word, count);
    return dropped_word;
  }
  statistics_.add(count);
  const WordId earlier = options_.earlier ? options_.earlier->find(word) : dropped_word;
  if (earlier != dropped_word) return keep(word, count + options_.earlier->vocabulary().count(earlier));
  if (options_.stopwords.contains(word)) {
    ++dropped_.stop_words;
    dropped_.stop_tokens += count;
    return dropped_word;
  }
  if (count > most_frequent_count_ || (count == most_frequent_count_ && word < most_frequent_)) {
    most_frequent_ = word;
    most_frequent_count_ = count;
  }
  // A count of 0, from a file, is no word of the text.
  if (count == 0 || (count < options_.min_count && !options_.keep_words.contains(word))) {
    ++dropped_.rare_words;
    dropped_.rare_tokens += count;
    return dropped_word;
  }
  return keep(word, count);
}

WordId WordSieve::keep(std::string_view word, std::uint64_t count) {
  words_.emplace_back(word);
  counts_.push_back(count);
  return static_cast<WordId>(words_.size() - 1);
}

void WordSieve::keep_earlier() {
  if (!options_.earlier) return;
  const Vocabulary& earlier = options_.earlier->vocabulary();
  std::vector<bool> came(earlier.size());
  for (const std::string& word : words_) {
    const WordId id = options_.earlier->find(word);
    if (id != dropped_word) came[id] = true;
  }
  for (WordId id = 0; id < earlier.size(); ++id) {
    if (!came[id]) keep(earlier.word(id), earlier.count(id));
  }
}

WordId WordSieve::absorb(WordSieve&& other) {
  const auto first = static_cast<WordId>(words_.size());
  if (words_.empty()) {
    words_ = std::move(other.words_);
    counts_ = std::move(other.counts_);
  } else {
    words_.insert(words_.end(), std::make_move_iterator(other.words_.begin()), std::make_move_iterator(other.words_.end()));
    counts_.insert(counts_.end(), other.counts_.begin(), other.counts_.end());
  }
  dropped_ += other.dropped_;
  statistics_ += other.statistics_;
  if (other.most_frequent_count_ > most_frequent_count_ ||
      (other.most_frequent_count_ == most_frequent_count_ && other.most_frequent_ < most_frequent_)) {
    most_frequent_ = std::move(other.most_frequent_);
    most_frequent_count_ = other.most_frequent_count_;
  }
  return first;
}

VocabularySelection::VocabularySelection(WordSieve&& sieve, std::uint32_t threads)
    : dropped(sieve.dropped_),
      statistics(std::move(sieve.statistics_)),
      most_frequent(std::move(sieve.most_frequent_)),
      most_frequent_count(sieve.most_frequent_count_) {
  sieve.keep_earlier();
  final_id.assign(sieve.words_.size(), dropped_word);
  std::vector<WordId> order = frequency_order(sieve.words_, sieve.counts_, threads);
  const VocabularyOptions& options = sieve.options_;
  if (options.max_words != 0 && order.size() > options.max_words) {
    const auto listed = [&](WordId number) {
      const std::string& word = sieve.words_[number];
      return options.keep_words.contains(word) || (options.earlier && options.earlier->find(word) != dropped_word);
    };
    const bool lists = options.keep_words.size() != 0 || options.earlier;
    const auto reserved = !lists ? 0 : static_cast<std::uint64_t>(std::ranges::count_if(order, listed));
    std::uint64_t room = options.max_words - std::min(options.max_words, reserved);
    std::erase_if(order, [&](WordId number) {
      if (reserved != 0 && listed(number)) return false;
      if (room != 0) return --room, false;
      ++dropped.cut_words;
      dropped.cut_tokens += sieve.counts_[number];
      return true;
    });
  }
  vocabulary.words_.resize(order.size());
  vocabulary.counts_.resize(order.size());
  std::atomic<bool> failed{false};
  run_threads(threads, failed, [&](std::uint32_t thread) {
    const std::size_t end = order.size() * (thread + 1) / threads;
    for (std::size_t i = order.size() * thread / threads; i < end; ++i) {
      // The words lie in no such order.
      constexpr std::size_t ahead = 16;
      if (i + ahead < end) __builtin_prefetch(&sieve.words_[order[i + ahead]], 1);
      const WordId number = order[i];
      final_id[number] = static_cast<WordId>(i);
      vocabulary.words_[i] = std::move(sieve.words_[number]);
      vocabulary.counts_[i] = sieve.counts_[number];
    }
  });
  vocabulary.tokens_ = std::accumulate(vocabulary.counts_.begin(), vocabulary.counts_.end(), std::uint64_t{0});
}

VocabularySelection select_vocabulary(const WordTable& table, const VocabularyOptions& options) {
  WordSieve sieve(options);
  std::vector<WordId> number(table.size());
  table.for_each([&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
    number[id] = sieve.judge(key, word, count);
  });
  VocabularySelection selection(std::move(sieve));
  for (WordId& id : number) {
    if (id != dropped_word) id = selection.final_id[id];
  }
  selection.final_id = std::move(number);
  return selection;
}

void save_vocabulary(const Vocabulary& vocabulary, const std::string& path) {
  OutputFile file(path);
  save_vocabulary(vocabulary, file);
}

void save_vocabulary(const Vocabulary& vocabulary, OutputFile& file) {
  for_each_lines(vocabulary, [&](std::string_view lines) { file.write(lines); });
  file.commit();
}

std::string fingerprint(const Vocabulary& vocabulary) {
  Fingerprint fingerprint;
  for_each_lines(vocabulary, [&](std::string_view lines) { fingerprint.add(lines); });
  return fingerprint.hex();
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
