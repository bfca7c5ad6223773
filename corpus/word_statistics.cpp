#include "corpus/word_statistics.h"

#include <fmt/format.h>

#include <algorithm>

namespace word2vec {
namespace {

constexpr std::uint64_t small_counts = 1024;  // most words are rarer, and an array is the fastest map

bool comes_first(const std::pair<std::string, std::uint64_t>& a, const std::pair<std::string, std::uint64_t>& b) {
  return a.second != b.second ? a.second > b.second : a.first < b.first;
}

}  // namespace

void WordStatistics::add(std::uint64_t count) {
  if (count >= small_counts) {
    ++large_[count];
    return;
  }
  if (small_.empty()) small_.resize(small_counts);
  ++small_[count];
}

void WordStatistics::add_invalid(std::string_view word, std::uint64_t count) {
  ++invalid_.words;
  invalid_.tokens += count;
  keep_example(word, count);
}

void WordStatistics::keep_example(std::string_view word, std::uint64_t count) {
  if (examples_.size() == most_examples && count < examples_.back().second) return;
  std::pair<std::string, std::uint64_t> example(word, count);
  examples_.insert(std::ranges::upper_bound(examples_, example, comes_first), std::move(example));
  if (examples_.size() > most_examples) examples_.pop_back();
}

WordStatistics& WordStatistics::operator+=(const WordStatistics& other) {
  if (small_.size() < other.small_.size()) small_.resize(other.small_.size());
  for (std::size_t count = 0; count < other.small_.size(); ++count) small_[count] += other.small_[count];
  for (const auto& [count, words] : other.large_) large_[count] += words;
  invalid_.words += other.invalid_.words;
  invalid_.tokens += other.invalid_.tokens;
  for (const auto& [word, count] : other.examples_) keep_example(word, count);
  return *this;
}

Coverage WordStatistics::at_least(std::uint64_t count) const {
  Coverage sum;
  for (std::uint64_t c = count; c < small_.size(); ++c) {
    sum.words += small_[c];
    sum.tokens += small_[c] * c;
  }
  for (auto at = large_.lower_bound(count); at != large_.end(); ++at) {
    sum.words += at->second;
    sum.tokens += at->second * at->first;
  }
  return sum;
}

Coverage WordStatistics::most_frequent(std::uint64_t words) const {
  Coverage sum;
  const auto take = [&](std::uint64_t count, std::uint64_t of_it) {
    const std::uint64_t taken = std::min(of_it, words - sum.words);
    sum.words += taken;
    sum.tokens += taken * count;
  };
  for (auto at = large_.rbegin(); at != large_.rend(); ++at) take(at->first, at->second);
  for (std::uint64_t count = small_.size(); count > 0; --count) take(count - 1, small_[count - 1]);
  return sum;
}

Coverage WordStatistics::all() const {
  const Coverage valid = at_least(0);
  return {valid.words + invalid_.words, valid.tokens + invalid_.tokens};
}

std::string coverage_table(const WordStatistics& statistics) {
  const std::uint64_t tokens = statistics.all().tokens;
  std::string table = fmt::format("{:<22}{:>12}{:>16}{:>12}\n", "would keep", "words", "tokens", "of all");
  const auto row = [&](const char* option, std::uint64_t value, const Coverage& kept) {
    table += fmt::format("{:<12}{:<10}{:>12}{:>16}{:>10.2f} %\n", option, value, kept.words, kept.tokens,
                         tokens == 0 ? 0.0 : 100.0 * static_cast<double>(kept.tokens) / static_cast<double>(tokens));
  };
  const Coverage valid = statistics.at_least(1);
  std::uint64_t last = 0;
  for (const std::uint64_t count : {1U, 2U, 5U, 10U, 20U, 50U, 100U}) {
    const Coverage kept = statistics.at_least(count);
    if (kept.words == 0) break;
    if (kept.words != last) row("--min-count", count, kept);
    last = kept.words;
  }
  for (const std::uint64_t words : {10'000U, 30'000U, 100'000U, 300'000U, 1'000'000U, 3'000'000U, 10'000'000U}) {
    if (words < valid.words) row("--max-vocab", words, statistics.most_frequent(words));
  }
  return table;
}

}  // namespace word2vec
