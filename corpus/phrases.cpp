// A pass: count the words, count their pairs, score. Knows the order of the passes; the counting is elsewhere.
#include "corpus/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>

#include "corpus/bigram_counts.h"
#include "corpus/io/output_file.h"
#include "corpus/phrase_joiner.h"
#include "corpus/text/text_filters.h"

namespace word2vec {
namespace {

/// One thread's part of the counting of pairs.
class PairedWords {
 public:
  PairedWords(const WordTable& table, BigramCounts& counts, std::uint64_t& added)
      : table_(&table), counter_(counts), added_(&added) {}

  void begin_block(const TextPlace& /*place*/) {}
  WordTable::Places places() const { return table_->places(); }
  /// Words that are too rare stay in their places: they part their neighbours.
  WordId* look_up(const WordRun& run, WordId* ids) const {
    for (std::size_t i = 0; i < run.keys.size(); ++i) ids[i] = table_->find(run.keys[i], run[i]);
    return ids + run.keys.size();
  }
  std::uint32_t end_block(std::span<const WordId> ids) {
    for (std::size_t i = 1; i < ids.size(); ++i) add(ids[i - 1], ids[i]);
    return 0;
  }
  void end() {
    counter_.finish();
    *added_ += counter_.added();
  }

  void add(WordId first, WordId second) {
    static_assert(dropped_word < sentence_end);
    if (first < dropped_word && second < dropped_word) counter_.add(pair_of(first, second));
  }

 private:
  const WordTable* table_;
  BigramCounts::Counter counter_;
  std::uint64_t* added_;
};

/// Counts the pairs of the vocabulary's words; returns how many there are.
std::uint64_t count_pairs(const TextPassOptions& options, const Vocabulary& vocabulary, const ReadProgress& progress,
                          BigramCounts& counts) {
  WordTable table(vocabulary.size());
  for (const std::string& word : vocabulary.words()) table.add(word);
  std::uint64_t added = 0;
  PairedWords across(table, counts, added);  // the pairs of which a word is in one block and the other in the next
  WordId last = sentence_end;
  TextPass(options, progress)
      .run([&](std::uint32_t) { return PairedWords(table, counts, added); },
           [&](std::span<const WordId> ids, std::uint32_t) {
             if (ids.empty()) return;
             across.add(last, ids.front());
             last = ids.back();
           });
  across.end();
  return added;
}

/// What scores above the threshold.
std::vector<Phrase> choose(BigramCounts& counts, const Vocabulary& vocabulary, const PhraseOptions& options, PhrasePass& pass,
                           std::uint32_t threads) {
  std::mutex lock;
  std::vector<Phrase> chosen;
  counts.for_each(threads, [&](std::span<const NumberedPair> pairs) {
    std::vector<Phrase> found;
    for (const auto& [pair, count] : pairs) {
      const WordId first = first_of(pair), second = second_of(pair);
      const BigramFrequency frequency{count, vocabulary.count(first), vocabulary.count(second), pass.tokens};
      const double score = phrase_score(options.score, frequency, options.min_count);
      if (score > pass.threshold) found.push_back({vocabulary.word(first), vocabulary.word(second), count, score});
    }
    const std::lock_guard guard(lock);
    pass.distinct += pairs.size();
    chosen.insert(chosen.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  });
  std::ranges::sort(chosen, [](const Phrase& a, const Phrase& b) {
    return std::tie(b.count, a.first, a.second) < std::tie(a.count, b.first, b.second);
  });
  return chosen;
}

PhrasePass find_pass(const CorpusOptions& options, const PhraseOptions& phrases, double threshold, const ReadProgress& progress,
                     CorpusAccount& account) {
  CountedCorpus counted = count_corpus(options, progress);
  account = std::move(counted.account);
  PhrasePass pass{.threshold = threshold, .tokens = account.tokens, .phrases = {}};
  TextFilters filters(options.text, options.phrases);
  BigramCounts counts(options.spill_folder, options.memory_bytes / 2);
  pass.bigrams = count_pairs(filters.filtered(options), counted.vocabulary, progress, counts);
  pass.spilled = counts.spilled();
  pass.phrases = choose(counts, counted.vocabulary, phrases, pass, options.threads);
  return pass;
}

}  // namespace

std::uint64_t Phrases::size() const {
  std::uint64_t all = 0;
  for (const PhrasePass& pass : passes) all += pass.phrases.size();
  return all;
}

Phrases find_phrases(const CorpusOptions& corpus, const PhraseOptions& phrases, const ReadProgress& progress) {
  CorpusOptions options = corpus;
  options.vocabulary = {.min_count = phrases.min_count};
  options.vocabulary_file.clear();
  options.fixed_vocabulary = nullptr;
  options.fingerprint = false;
  options.may_be_empty = true;
  options.threads = TextPass::threads_of(options);
  Phrases found{.options = phrases, .passes = {}, .account = {}};
  for (const double threshold : phrases.thresholds) {
    options.phrases = found.passes.empty() ? nullptr : std::make_shared<const PhraseTables>(found);
    CorpusAccount account;
    found.passes.push_back(find_pass(options, phrases, threshold, progress, account));
    if (found.passes.size() == 1) found.account = std::move(account);
  }
  return found;
}

void save_phrases(const Phrases& phrases, OutputFile& file) {
  struct Line {
    const Phrase* phrase;
    std::size_t pass;
  };
  std::vector<Line> lines;
  for (std::size_t pass = 0; pass < phrases.passes.size(); ++pass) {
    for (const Phrase& phrase : phrases.passes[pass].phrases) lines.push_back({&phrase, pass + 1});
  }
  std::ranges::stable_sort(lines, std::greater(), [](const Line& line) { return line.phrase->count; });
  for (const auto& [phrase, pass] : lines) {
    file.write(fmt::format("{}{}{}\t{}\t{:.6g}\t{}\n", phrase->first, phrases.options.join, phrase->second, phrase->count,
                           phrase->score, pass));
  }
  file.commit();
}

}  // namespace word2vec
