// The speed of the vocabulary pass: vocabulary_bench [FILE [PEER]]. In turns, several rounds: the naive pass (one thread,
// std::unordered_map, ids kept), ours on one thread and on all cores, and the original tool if its path is given. Without a file,
// words by Zipf's law. One line each: name, median seconds, GB/s, and how many times as fast as the first line.
#include <fmt/format.h>
#include <omp.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/corpus.h"
#include "corpus/io/error.h"
#include "corpus/io/input_file.h"

namespace word2vec {
namespace {

constexpr int rounds = 5;

std::string zipf_text(const std::string& folder) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform;
  const std::string path = folder + "/corpus.txt";
  std::ofstream file(path);
  for (int i = 1; i <= 8'000'000; ++i) {
    file << 'w' << static_cast<std::uint64_t>(std::exp(uniform(random) * std::log(500'000.0))) << (i % 40 == 0 ? '\n' : ' ');
  }
  return path;
}

/// As simple as it can be done: the words of most counts first, and the text as their numbers.
std::uint64_t naive(const std::string& path) {
  const std::string text = read_whole(path);
  std::unordered_map<std::string, WordId> number;
  std::vector<std::uint64_t> counts;
  std::vector<WordId> ids;
  std::string word;
  for (const char c : text) {
    if (!Tokenizer::is_space(c)) {
      word += c;
      continue;
    }
    if (!word.empty()) {
      const auto [found, added] = number.emplace(word, static_cast<WordId>(counts.size()));
      if (added) counts.push_back(0);
      ++counts[found->second];
      ids.push_back(found->second);
      word.clear();
    }
    if (c == '\n') ids.push_back(sentence_end);
  }
  std::vector<WordId> order(counts.size()), rank(counts.size());
  for (WordId i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](WordId a, WordId b) { return counts[a] > counts[b]; });
  for (WordId i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (WordId& id : ids) {
    if (id != sentence_end) id = rank[id];
  }
  return ids.size();
}

std::uint64_t ours(const std::string& path, std::uint32_t threads, const std::string& folder) {
  CorpusOptions options;
  options.files = {path};
  options.threads = threads;
  options.vocabulary.min_count = 1;
  options.spill_folder = folder;
  return read_corpus(options).ids.ids().size();
}

struct Contestant {
  std::string name;
  std::function<void()> run;
  std::vector<double> seconds;
};

void compete(std::vector<Contestant>& contestants, double gigabytes) {
  using Clock = std::chrono::steady_clock;
  for (int round = 0; round < rounds; ++round) {
    for (Contestant& contestant : contestants) {
      const Clock::time_point start = Clock::now();
      contestant.run();
      contestant.seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
  }
  fmt::print("{:<32} {:>8} {:>8} {:>8}\n", "pass", "seconds", "GB/s", "times");
  double first = 0;
  for (Contestant& contestant : contestants) {
    std::ranges::sort(contestant.seconds);
    const double median = contestant.seconds[rounds / 2];
    if (first == 0) first = median;
    fmt::print("{:<32} {:8.3f} {:8.3f} {:8.2f}\n", contestant.name, median, gigabytes / median, first / median);
  }
}

void run(int argc, char** argv) {
  std::string folder = "/tmp/word2vec-bench.XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) throw Error("cannot make a folder in /tmp; make room there");
  const std::string path = argc > 1 ? argv[1] : zipf_text(folder);
  const double gigabytes = static_cast<double>(InputFile(path).size()) * 1e-9;
  std::vector<Contestant> contestants;
  if (argc > 2) {
    const std::string command =
        fmt::format("'{}' -train '{}' -save-vocab {}/v -min-count 1 -debug 0 >/dev/null", argv[2], path, folder);
    contestants.push_back({argv[2],
                           [=] {
                             if (std::system(command.c_str()) != 0) throw Error(command + " failed; run it by hand");
                           },
                           {}});
  }
  contestants.push_back({"std::unordered_map", [=] { naive(path); }, {}});
  contestants.push_back({"ours, 1 thread", [=] { ours(path, 1, folder); }, {}});
  const auto cores = static_cast<std::uint32_t>(omp_get_num_procs());
  if (cores > 1) contestants.push_back({fmt::format("ours, {} threads", cores), [=] { ours(path, cores, folder); }, {}});
  compete(contestants, gigabytes);
  if (std::system(fmt::format("rm -r {}", folder).c_str()) != 0) throw Error("cannot remove " + folder);
}

}  // namespace
}  // namespace word2vec

int main(int argc, char** argv) {
  try {
    word2vec::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "vocabulary_bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
