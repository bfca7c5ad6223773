// Lists of words, written and found again.
#include "trainer/embeddings/word_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "corpus/io/error.h"
#include "trainer/embeddings/format_parts.h"
#include "trainer/embeddings/vector_content.h"

namespace word2vec {
namespace {

constexpr const char* list_ending = ".vocab.txt";

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

std::string find_list(const std::string& path) {
  const std::string packed(packed_ending(path)), plain = path.substr(0, path.size() - packed.size());
  const std::string written = word_list_path(plain);
  for (const std::string& name : {written, plain + list_ending, path + list_ending}) {
    for (const char* const ending : {"", ".gz", ".zst"}) {
      if (is_there(name + ending)) return name + ending;
    }
  }
  throw Error(fmt::format("{}: holds numbers without words; put its words, one a line in the order of the rows, into {}", path,
                          path == "standard input" ? "a file and give both as files, x.npy and x.vocab.txt" : written));
}

}  // namespace

std::string word_list_path(const std::string& path) {
  constexpr std::string_view array_ending = ".npy";
  const std::string packed(packed_ending(path));
  std::string stem = path.substr(0, path.size() - packed.size());
  if (stem.ends_with(array_ending) && stem.size() > array_ending.size()) stem.resize(stem.size() - array_ending.size());
  return stem + list_ending + packed;
}

std::vector<std::string> read_word_list(const std::string& path, std::size_t rows) {
  VectorContent list(find_list(path));
  list.finish();
  return split_words(without_mark(list.bytes()), rows, list.name(), true);
}

std::vector<std::string> split_words(std::string_view lines, std::size_t rows, const std::string& name, bool crlf) {
  const auto found = static_cast<std::size_t>(std::ranges::count(lines, '\n')) + (!lines.empty() && lines.back() != '\n');
  if (found != rows) {
    throw Error(
        fmt::format("{}: found {} words, expected {}, one for each row of numbers; get both of one source", name, found, rows));
  }
  std::vector<std::string> words;
  words.reserve(rows);
  while (!lines.empty()) {
    const std::size_t length = std::min(lines.find('\n'), lines.size());
    std::string_view word = lines.substr(0, length);
    if (crlf && word.ends_with('\r')) word.remove_suffix(1);
    if (word.empty()) throw Error(fmt::format("{}:{}: found no word, expected one; mend that line", name, words.size() + 1));
    words.emplace_back(word);
    lines.remove_prefix(std::min(length + 1, lines.size()));
  }
  return words;
}

void write_word_list(PackedFile& output, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    output.write(word);
    output.write("\n");
  }
}

}  // namespace word2vec
