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
constexpr std::size_t part_words = 8192;                  // of all tables together, so that their sum stays in a near cache
constexpr std::size_t part_bytes = std::size_t{1} << 20;  // of a part on the disk, if words are long

/// Before each word's bytes on the disk.
struct Record {
  std::uint64_t count;
  WordId id;
  std::uint32_t length;
};

/// Where a word of a table went: its number in a sieve.
struct Went {
  WordId id, number;
};

/// In place of a word's count in a table in memory: it has been added to that of a table before.
constexpr std::uint64_t added = ~std::uint64_t{0};

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
  std::shared_ptr<const std::vector<WordId>> map;           // of a table in memory: the final ids by its ids
  std::vector<std::uint64_t> bucket_start;                  // on the disk: of each bucket and of the end
  std::vector<std::pair<std::uint64_t, std::size_t>> went;  // of a table on the disk: stretches of that file

  /// Calls `visit(key, word, count, id)` for the words on the disk in the buckets from `first` to before `last`.
  template <class Visit>
  void read(const TemporaryFile& file, std::uint32_t first, std::uint32_t last, std::vector<char>& buffer, Visit&& visit) const {
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
    if (counts.tables_.size() > 1) {
      const std::size_t parts = std::max<std::size_t>(words_ / part_words, counts.file_.size() / part_bytes) + 1;
      parts_ = static_cast<std::uint32_t>(std::min<std::size_t>(std::bit_ceil(parts), buckets));
    }
    part_buckets_ = buckets / parts_;
  }

  WordSieve run(std::uint32_t threads) {
    std::atomic<bool> failed{false};
    std::atomic<std::uint32_t> next{0};
    joined_.resize(threads);
    run_threads(threads, failed, [&](std::uint32_t thread) {
      const auto each_part = [&](auto&& work) {
        for (std::uint32_t first; !failed && (first = next.fetch_add(part_buckets_)) < buckets;) work(first);
      };
      if (counts_.spilled_ == 0) {
        WordSieve kept(options_);
        kept.reserve(words_ / threads / 2);  // more than texts usually keep; what is not written to takes no memory
        joined_[thread].went.resize(counts_.tables_.size());
        each_part([&](std::uint32_t first) { join(first, kept, joined_[thread].went); });
        joined_[thread].first_number = absorb(std::move(kept));
      } else {
        Scratch scratch(words_ / parts_, counts_.tables_.size(), static_cast<unsigned>(std::countr_zero(parts_)));
        each_part([&](std::uint32_t first) { merge(first, scratch); });
      }
    });
    return std::move(sieve_);
  }

  /// The final ids by those of a table in memory, once these are known by the words' numbers.
  std::shared_ptr<const std::vector<WordId>> map_of(std::size_t table, const std::vector<WordId>& final_id) const {
    auto map = std::make_shared<std::vector<WordId>>(counts_.tables_[table].words, dropped_word);
    for (const Joined& joined : joined_) {
      for (const Went& word : joined.went[table]) (*map)[word.id] = final_id[joined.first_number + word.number];
    }
    return map;
  }

 private:
  /// What one thread kept of tables in memory.
  struct Joined {
    WordId first_number = 0;              // in the sieve of all
    std::vector<std::vector<Went>> went;  // by table, in this thread's sieve
  };
  /// One thread's, of tables on the disk.
  struct Scratch {
    Scratch(std::size_t words, std::size_t tables, unsigned common_bits) : sum(words, common_bits), seen(tables) {}
    WordTable sum;
    std::vector<std::vector<Went>> seen;  // by table: a word's id, and its number in what is added up
    std::vector<WordId> number;           // by its id in the sum: its number in the sieve
    std::vector<char> buffer;
  };

  /// Of tables in memory: a word's count is what the first table that has it says, and those behind that one.
  void join(std::uint32_t first, WordSieve& kept, std::vector<std::vector<Went>>& went) {
    std::deque<Table>& tables = counts_.tables_;
    std::vector<std::pair<std::size_t, WordId>> places;  // a word's: tables and its ids there
    for (std::size_t table = 0; table < tables.size(); ++table) {
      const auto join_word = [&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
        if (count == added) return;
        places.assign(1, {table, id});
        for (std::size_t behind = table + 1; behind < tables.size(); ++behind) {
          const WordTable::Counted its = tables[behind].in_memory->find_counted(key, word);
          if (its.count == nullptr) continue;
          count += std::exchange(*its.count, added);
          places.emplace_back(behind, its.id);
        }
        const WordId number = kept.judge(key, word, count);
        if (number == dropped_word) return;
        for (const auto& [its_table, its_id] : places) went[its_table].push_back({its_id, number});
      };
      tables[table].in_memory->for_each(join_word, first_hash(first), last_hash(std::uint64_t{first} + part_buckets_));
    }
  }

  /// Of tables on the disk.
  void merge(std::uint32_t first, Scratch& scratch) {
    const std::uint32_t last = first + part_buckets_;
    WordSieve kept(options_);
    add_up(first, last, scratch);
    scratch.number.resize(scratch.sum.size());
    scratch.sum.for_each([&](const WordKey& key, std::string_view word, std::uint64_t count, WordId id) {
      scratch.number[id] = kept.judge(key, word, count);
    });
    const WordId base = absorb(std::move(kept));
    for (std::size_t t = 0; t < scratch.seen.size(); ++t) note(counts_.tables_[t], scratch.seen[t], scratch.number, base);
  }

  WordId absorb(WordSieve&& part) {
    const std::lock_guard guard(lock_);
    return sieve_.absorb(std::move(part));
  }

  void add_up(std::uint32_t first, std::uint32_t last, Scratch& scratch) const {
    scratch.sum.clear();
    for (std::size_t t = 0; t < scratch.seen.size(); ++t) {
      scratch.seen[t].clear();
      counts_.tables_[t].read(counts_.file_, first, last, scratch.buffer,
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
    if (kept == 0) return;
    const std::lock_guard guard(lock_);
    table.went.emplace_back(counts_.file_.append(bytes_of(seen.data(), kept)), kept);
  }

  WordCounts& counts_;
  VocabularyOptions options_;
  std::size_t words_ = 0;
  std::uint32_t parts_ = 1, part_buckets_ = buckets;
  std::vector<Joined> joined_;  // by thread
  std::mutex lock_;             // of the sieve, and of the file's end
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
  // All in memory, or all on the disk.
  for (std::uint32_t number = 0; spilled_ != 0 && number < tables_.size(); ++number) {
    Table& table = tables_[number];
    if (!table.in_memory) continue;
    spill(number, *table.in_memory);
    table.in_memory.reset();
  }
  Merge merge(*this, options);
  VocabularySelection selection(merge.run(threads), threads);
  final_id_ = std::exchange(selection.final_id, {});
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (!tables_[i].in_memory) continue;
    tables_[i].map = merge.map_of(i, final_id_);
    tables_[i].in_memory.reset();
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
