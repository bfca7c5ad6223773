#include "corpus/word_counts.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>

#include "corpus/parallel.h"

namespace word2vec {
namespace {

constexpr unsigned bucket_bits = 12;  // of the hash: words on the disk are in the order of these
constexpr std::uint32_t buckets = 1U << bucket_bits;
constexpr std::size_t write_bytes = std::size_t{1} << 20;
constexpr std::size_t part_words = 8192;  // of all tables together, so that their sum stays in a near cache

/// Before each word's bytes on the disk.
struct Record {
  std::uint64_t count;
  WordId id;
  std::uint32_t length;
};

/// Where a word of a table that is on the disk went.
struct Went {
  WordId id, number;
};

std::uint64_t first_hash(std::uint64_t bucket) { return bucket << (64 - bucket_bits); }
/// The last hash before `bucket`, which is at least 1.
std::uint64_t last_hash(std::uint64_t bucket) { return first_hash(bucket) - 1; }  // of all buckets: 0 - 1

template <class Value>
std::span<const char> bytes_of(const Value* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(Value)};
}

}  // namespace

struct WordCounts::Table {
  std::uint32_t thread = 0;
  std::size_t words = 0;
  std::optional<WordTable> in_memory;
  std::vector<std::uint64_t> bucket_start;  // on the disk: of each bucket and of the end
  // Where its words went: of a table in memory by id, of one on the disk in stretches of that file.
  std::shared_ptr<std::vector<WordId>> map;
  std::vector<std::pair<std::uint64_t, std::size_t>> went;

  /// Calls `visit(key, word, count, id)` for its words in the buckets from `first` to before `last`.
  template <class Visit>
  void for_each(const TemporaryFile& file, std::uint32_t first, std::uint32_t last, std::vector<char>& buffer,
                Visit&& visit) const {
    if (in_memory) {
      in_memory->for_each(visit, first_hash(first), last_hash(last));
      return;
    }
    const std::uint64_t begin = bucket_start[first], bytes = bucket_start[last] - begin;
    buffer.resize(bytes + WordKey::readable);
    file.read(std::span(buffer).first(bytes), begin);
    for (const char* at = buffer.data(); at != buffer.data() + bytes;) {
      Record record;
      std::memcpy(&record, at, sizeof(record));
      const char* const word = at + sizeof(record);
      visit(WordKey::in_text(word, record.length), std::string_view(word, record.length), record.count, record.id);
      at = word + record.length;
    }
  }
};

/// Adding up, on all threads.
class WordCounts::Merge {
 public:
  Merge(WordCounts& counts, const VocabularyOptions& options) : counts_(counts), options_(options), sieve_(options) {
    for (const Table& table : counts.tables_) words_ += table.words;
    parts_ = static_cast<std::uint32_t>(std::min<std::size_t>(std::bit_ceil(words_ / part_words + 1), buckets));
    part_buckets_ = buckets / parts_;
  }

  WordSieve run(std::uint32_t threads) {
    if (counts_.tables_.size() == 1 && counts_.tables_[0].map) {
      judge(counts_.tables_[0]);
      return std::move(sieve_);
    }
    std::atomic<bool> failed{false};
    std::atomic<std::uint32_t> next{0};
    run_threads(threads, failed, [&](std::uint32_t) {
      Scratch scratch(words_ / parts_, counts_.tables_.size(), static_cast<unsigned>(std::countr_zero(parts_)));
      for (std::uint32_t first; !failed && (first = next.fetch_add(part_buckets_)) < buckets;) merge(first, scratch);
    });
    return std::move(sieve_);
  }

 private:
  /// One thread's.
  struct Scratch {
    Scratch(std::size_t words, std::size_t tables, unsigned common_bits) : sum(words, common_bits), seen(tables) {}
    WordTable sum;
    std::vector<std::vector<Went>> seen;  // by table: a word's id, and its number in what is added up
    std::vector<WordId> number;           // by its id in the sum: its number in the sieve
    std::vector<char> buffer;
  };

  /// All words, where one table in memory has them.
  void judge(Table& table) {
    table.in_memory->for_each([&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
      (*table.map)[id] = sieve_.judge(key, word, count);
    });
  }

  void merge(std::uint32_t first, Scratch& scratch) {
    const std::uint32_t last = first + part_buckets_;
    WordSieve kept(options_);
    add_up(first, last, scratch);
    scratch.number.resize(scratch.sum.size());
    scratch.sum.for_each([&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
      scratch.number[id] = kept.judge(key, word, count);
    });
    WordId base = 0;
    {
      const std::lock_guard guard(lock_);
      base = sieve_.absorb(std::move(kept));
    }
    for (std::size_t t = 0; t < scratch.seen.size(); ++t) note(counts_.tables_[t], scratch.seen[t], scratch.number, base);
  }

  void add_up(std::uint32_t first, std::uint32_t last, Scratch& scratch) const {
    scratch.sum.clear();
    for (std::size_t t = 0; t < scratch.seen.size(); ++t) {
      scratch.seen[t].clear();
      counts_.tables_[t].for_each(counts_.file_, first, last, scratch.buffer,
                                  [&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
                                    scratch.seen[t].push_back({id, scratch.sum.add(key, word, count)});
                                  });
    }
  }

  /// Notes where the table's words went, of those that are kept.
  void note(Table& table, std::vector<Went>& seen, const std::vector<WordId>& number, WordId base) {
    std::size_t kept = 0;
    for (const Went& word : seen) {
      const WordId went = number[word.number];
      if (went != dropped_word) seen[kept++] = {word.id, base + went};
    }
    seen.resize(kept);
    if (table.map) {
      for (const Went& word : seen) (*table.map)[word.id] = word.number;
    } else if (kept > 0) {
      const std::lock_guard guard(lock_);
      table.went.emplace_back(counts_.file_.append(bytes_of(seen.data(), kept)), kept);
    }
  }

  WordCounts& counts_;
  VocabularyOptions options_;
  std::size_t words_ = 0;
  std::uint32_t parts_ = 1, part_buckets_ = buckets;
  std::mutex lock_;  // of the sieve, and of the file's end
  WordSieve sieve_;
};

WordCounts::WordCounts(std::string folder) : file_(std::move(folder), "the corpus's words") {}
WordCounts::~WordCounts() = default;

std::uint32_t WordCounts::begin_table(std::uint32_t thread) {
  const std::lock_guard guard(lock_);
  tables_.emplace_back().thread = thread;
  return static_cast<std::uint32_t>(tables_.size() - 1);
}

void WordCounts::spill(std::uint32_t number, WordTable& table) {
  const std::lock_guard guard(lock_);
  Table& written = tables_[number];
  written.words = table.size();
  std::vector<char> buffer;
  const auto flush = [&] {
    file_.append(buffer);
    buffer.clear();
  };
  for (std::uint64_t bucket = 0; bucket < buckets; ++bucket) {
    written.bucket_start.push_back(file_.size() + buffer.size());
    const auto write = [&](const WordKey&, std::string_view word, std::uint64_t count, WordId id) {
      const Record record{count, id, static_cast<std::uint32_t>(word.size())};
      const std::span<const char> head = bytes_of(&record, 1);
      buffer.insert(buffer.end(), head.begin(), head.end());
      buffer.insert(buffer.end(), word.begin(), word.end());
      if (buffer.size() >= write_bytes) flush();
    };
    table.for_each(write, first_hash(bucket), last_hash(bucket + 1));
  }
  flush();
  written.bucket_start.push_back(file_.size());
  ++spilled_;
  table.clear();
}

void WordCounts::keep(std::uint32_t number, WordTable&& table) {
  const std::lock_guard guard(lock_);
  tables_[number].words = table.size();
  tables_[number].in_memory.emplace(std::move(table));
}

VocabularySelection WordCounts::select(const VocabularyOptions& options, std::uint32_t threads) {
  for (Table& table : tables_) {
    if (table.in_memory) table.map = std::make_shared<std::vector<WordId>>(table.words, dropped_word);
  }
  WordSieve sieve = Merge(*this, options).run(threads);
  for (Table& table : tables_) table.in_memory.reset();
  VocabularySelection selection(std::move(sieve));
  final_id_ = std::exchange(selection.final_id, {});
  for (Table& table : tables_) {
    if (!table.map) continue;
    for (WordId& id : *table.map) {
      if (id != dropped_word) id = final_id_[id];
    }
  }
  return selection;
}

std::shared_ptr<const std::vector<WordId>> WordCounts::map_of(std::uint32_t number) {
  const std::lock_guard guard(lock_);
  const Table& table = tables_[number];
  if (table.map) return table.map;
  latest_.resize(std::max<std::size_t>(latest_.size(), table.thread + 1));
  auto& [latest, map] = latest_[table.thread];
  if (map == nullptr || latest != number) {
    auto made = std::make_shared<std::vector<WordId>>(table.words, dropped_word);
    std::vector<Went> went;
    for (const auto& [at, count] : table.went) {
      went.resize(count);
      file_.read({reinterpret_cast<char*>(went.data()), count * sizeof(Went)}, at);
      for (const Went& word : went) (*made)[word.id] = final_id_[word.number];
    }
    latest = number;
    map = std::move(made);
  }
  return map;
}

}  // namespace word2vec
