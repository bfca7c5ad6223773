// The vocabulary pass: text -> counts and provisional ids -> vocabulary -> ids. Knows text; refuses to know floats.
#include "corpus/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "corpus/encode.h"
#include "corpus/io/error.h"
#include "corpus/text/text_filters.h"
#include "corpus/unicode.h"
#include "corpus/word_counts.h"

namespace word2vec {
namespace {

/// How many different words a table has room for at first. As many as English text of so many bytes has, by Heaps's law, are not
/// moved from table to table, in memory that has to be cleared each time; and no fewer than a huge page holds.
std::uint64_t words_to_come(std::uint64_t bytes) {
  constexpr std::uint64_t least = std::uint64_t{1} << 15, most = std::uint64_t{1} << 20;
  return std::clamp(static_cast<std::uint64_t>(4 * std::pow(static_cast<double>(bytes), 0.6)), least, most);
}

/// What the threads of the counting share.
struct Counting {
  Counting(const CorpusOptions& options, const TextPass& pass)
      : counts(options.spill_folder),
        table_bytes(options.memory_bytes / 2 / pass.threads()),
        first_words(std::min(words_to_come(pass.bytes_to_come() / pass.threads()), table_bytes / 256)) {}

  WordCounts counts;
  std::uint64_t table_bytes;  // of one thread's table
  std::uint64_t first_words;  // that it has room for when it is made
  std::atomic<std::uint64_t> tables_bytes{0};
  NotableWord invalid, longest;
};

/// One thread's part of the counting.
class CountedWords {
 public:
  CountedWords(Counting& shared, std::uint32_t thread)
      : shared_(&shared), thread_(thread), number_(shared.counts.begin_table(thread)), table_(shared.first_words) {}

  void begin_block(const TextPlace& place) { place_ = place; }
  WordTable::Places places() const { return table_.places(); }
  WordId* look_up(const WordRun& run, WordId* ids) {
    table_.add_all(
        run.keys, run.places, ids, [&](std::size_t i) { return run[i]; }, [&](std::size_t i) { note_new(run.keys[i], run[i]); });
    return ids + run.keys.size();
  }
  std::uint32_t end_block(std::span<const WordId> /*ids*/) {
    const std::uint32_t number = number_;
    const std::uint64_t bytes = table_.bytes();
    if (bytes > shared_->table_bytes || (table_.nearly_full() && 3 * bytes > shared_->table_bytes)) {
      shared_->counts.spill(number_, table_);
      number_ = shared_->counts.begin_table(thread_);
    }
    shared_->tables_bytes += bytes - told_bytes_;
    told_bytes_ = bytes;
    return number;
  }
  void end() {
    shared_->counts.keep(number_, std::move(table_));
    shared_->invalid.add(invalid_);
    shared_->longest.add(longest_);
  }

 private:
  /// Once a word, not once a token.
  void note_new(const WordKey& key, std::string_view word) {
    longest_.see(word.size(), word.data(), *place_);
    if (invalid_.rank == 0 && !key.is_ascii() && !is_valid_word(word)) invalid_.see_invalid(word.data(), *place_);
  }

  Counting* shared_;
  std::uint32_t thread_, number_;
  WordTable table_;
  std::optional<TextPlace> place_;
  std::uint64_t told_bytes_ = 0;
  NotableWord invalid_, longest_;
};

CorpusAccount account_of(const CorpusOptions& options, const NotableWord& longest, const TextPassAccount& text) {
  CorpusAccount account;
  static_cast<TextPassAccount&>(account) = text;
  account.files = options.files;
  account.longest_word_bytes = longest.rank;
  account.longest_word_place = longest.place;
  if (account.tokens == 0) throw Error(fmt::format("no words in {}; give it plain text", name_of(options.files)));
  return account;
}

/// Counts every word, keeps provisional ids in `ids` unless it is nullptr, chooses the vocabulary and gives final ids.
CountedCorpus count_words(const CorpusOptions& options, const ReadProgress& progress, IdStore* ids) {
  TextFilters filters(options.text, options.phrases);
  TextPass pass(filters.filtered(options), progress);
  Counting counting(options, pass);
  CorpusAccount account = account_of(options, counting.longest,
                                     pass.run([&](std::uint32_t thread) { return CountedWords(counting, thread); },
                                              [&](std::span<const WordId> block, std::uint32_t table) {
                                                if (ids != nullptr) ids->append(block, table, counting.tables_bytes);
                                              }));
  account.spilled_tables = counting.counts.spilled();
  VocabularySelection selection = counting.counts.select(options.vocabulary, pass.threads());
  account.dropped = selection.dropped;
  account.statistics = std::move(selection.statistics);
  account.text = filters.account();
  refuse_invalid("the corpus", account.tokens, account.dropped.invalid_tokens, counting.invalid.place);
  if (selection.vocabulary.size() == 0 && !options.may_be_empty) {
    if (selection.most_frequent.empty())
      throw Error(fmt::format("every word in {} is among the --stopwords; shorten that list", name_of(options.files)));
    throw Error(
        fmt::format("no word comes {} times in {}: the most frequent, '{:.40}', comes {} times; lower --min-count to {} or less",
                    options.vocabulary.min_count, name_of(options.files), selection.most_frequent, selection.most_frequent_count,
                    selection.most_frequent_count));
  }
  account.tokens_in_vocabulary = ids == nullptr ? selection.vocabulary.tokens()
                                                : ids->remap([&](std::uint32_t table) { return counting.counts.map_of(table); },
                                                             pass.threads(), account.spilled_tables != 0);
  if (account.tokens_in_vocabulary == 0 && !options.may_be_empty) {
    throw Error(fmt::format("no word in {} is in the vocabulary to extend, or comes {} times; lower --min-count",
                            name_of(options.files), options.vocabulary.min_count));
  }
  return {std::move(selection.vocabulary), std::move(account)};
}

/// Looks every word up in a vocabulary read from a file, and keeps final ids in `ids` unless it is nullptr.
CountedCorpus use_vocabulary(const CorpusOptions& options, const ReadProgress& progress, IdStore* ids) {
  Vocabulary vocabulary = options.fixed_vocabulary ? options.fixed_vocabulary->vocabulary()
                                                   : read_vocabulary(options.vocabulary_file, options.vocabulary);
  TextFilters filters(options.text, options.phrases);
  const LookUpAccount found = look_words_up(
      filters.filtered(options), vocabulary, progress,
      [&](std::span<const WordId> block) {
        if (ids != nullptr) ids->append(block);
      },
      options.vocabulary.stopwords);
  CorpusAccount account = account_of(options, found.longest, found.text);
  account.tokens_in_vocabulary = found.tokens_in_vocabulary;
  account.text = filters.account();
  account.dropped.invalid_tokens = found.invalid_tokens;
  account.dropped.stop_tokens = found.stop_tokens;
  account.dropped.cut_tokens = found.text.tokens - found.tokens_in_vocabulary - found.invalid_tokens - found.stop_tokens;
  if (found.tokens_in_vocabulary == 0) {
    throw Error(fmt::format("none of the {} words in {} is in the vocabulary {}; use one saved from this corpus", account.tokens,
                            name_of(options.files), options.vocabulary_file));
  }
  if (ids != nullptr) ids->remap([](std::uint32_t) { return nullptr; });
  return {std::move(vocabulary), std::move(account)};
}

CountedCorpus read(const CorpusOptions& options, const ReadProgress& progress, IdStore* ids) {
  const bool fixed = options.fixed_vocabulary || !options.vocabulary_file.empty();
  return fixed ? use_vocabulary(options, progress, ids) : count_words(options, progress, ids);
}

std::uint64_t id_bytes(const CorpusOptions& options) {
  if (options.cache == IdCache::automatic) return options.memory_bytes;
  return options.cache == IdCache::file ? 0 : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

Corpus read_corpus(const CorpusOptions& options, const ReadProgress& progress) {
  IdStore ids(options.spill_folder, id_bytes(options));
  CountedCorpus counted = read(options, progress, options.cache == IdCache::none ? nullptr : &ids);
  return {std::move(counted.vocabulary), std::move(ids), std::move(counted.account)};
}

CountedCorpus count_corpus(const CorpusOptions& options, const ReadProgress& progress) {
  return read(options, progress, nullptr);
}

}  // namespace word2vec
