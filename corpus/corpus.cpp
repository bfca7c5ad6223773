// One pass over the files: blocks -> tokens -> ids and an account of what was read. Knows text; refuses to know floats.
#include "corpus/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/input_file.h"
#include "corpus/text/text_blocks.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"
#include "corpus/word_table.h"

namespace word2vec {
namespace {

/// Where the reading is, kept so that the place of a bad word can be named without a cost to the good ones.
struct Reading {
  CorpusAccount account;
  const std::string* file = nullptr;
  std::uint64_t block_start = 0;  // bytes of this file before the block
  std::string_view block;
  std::string first_invalid;  // "byte N of FILE"; empty while every word was valid

  void note_invalid(std::string_view word) {
    if (!first_invalid.empty() || file == nullptr) return;  // of filtered text, the filter knows the place
    // A word that began in an earlier block lies in the tokenizer's own memory: it ends where this block has its first space.
    const bool here = word.data() >= block.data() && word.data() < block.data() + block.size();
    const auto end = std::ranges::find_if(block, Tokenizer::is_space);
    const std::uint64_t start = here ? block_start + static_cast<std::uint64_t>(word.data() - block.data())
                                     : block_start + static_cast<std::uint64_t>(end - block.begin()) - word.size();
    first_invalid = fmt::format("byte {} of {}", start, *file);
  }
};

/// Opens what can be opened twice, so that a missing last file is found before the first is read. Returns the bytes to
/// come; 0 when a pipe is among the files.
std::uint64_t bytes_to_come(const std::vector<std::string>& files) {
  std::uint64_t bytes = 0;
  bool known = true;
  for (const std::string& path : files) {
    std::error_code ignored;
    const auto type = std::filesystem::status(path, ignored).type();
    using enum std::filesystem::file_type;
    if (path == "-" || type == fifo || type == character || type == socket) {
      known = false;
    } else {
      bytes += InputFile(path).size();
    }
  }
  return known ? bytes : 0;
}

/// The files through the text filter to the tokenizer. Calls `step()` after each block.
template <class Token, class Sentence, class Step>
void read_filtered(const CorpusOptions& options, Reading& reading, Token&& token, Sentence&& sentence, Step&& step) {
  TextFilter filter(options.text);
  CorpusAccount& account = reading.account;
  std::uint64_t came_through = 0;  // bytes of the files before
  for (const std::string& path : options.files) {
    TextBlocks blocks(path, options.block_bytes);
    if (blocks.had_byte_order_mark()) ++account.byte_order_marks;
    Tokenizer tokenizer;
    for (TextBlock block; blocks.next(block);) {
      const std::string_view text = filter(block.bytes, block.continues);
      if (reading.first_invalid.empty() && filter.first_invalid() != std::string_view::npos) {
        reading.first_invalid = fmt::format("byte {} of {}", block.start + filter.first_invalid(), blocks.file().name());
      }
      tokenizer.feed(text, token, sentence);
      account.bytes += block.bytes.size();
      account.file_bytes = came_through + blocks.file().position();
      step();
    }
    came_through += blocks.file().position();
    account.file_bytes = came_through;
    tokenizer.finish(token, sentence);
  }
  account.text = filter.account();
}

/// The one reading loop. Calls `word(std::string_view, Reading&)` for each token and `end()` after each sentence.
template <class Word, class End>
Reading read_files(const CorpusOptions& options, const ReadProgress& progress, Word&& word, End&& end) {
  Reading reading;
  CorpusAccount& account = reading.account;
  account.files = options.files;
  const std::uint64_t to_come = bytes_to_come(options.files);
  const std::size_t block_bytes = std::max<std::size_t>(1, options.block_bytes);
  std::vector<char> buffer(block_bytes);
  std::uint64_t came_through = 0;  // bytes of the files before
  const auto token = [&](std::string_view text) {
    ++account.tokens;
    account.longest_word_bytes = std::max<std::uint64_t>(account.longest_word_bytes, text.size());
    word(text, reading);
  };
  const auto sentence = [&] {
    ++account.sentences;
    end();
  };
  if (!options.text.leave_text()) {
    read_filtered(options, reading, token, sentence, [&] {
      if (progress) progress(account.bytes, to_come, account.tokens);
    });
    return reading;
  }
  for (const std::string& path : options.files) {
    InputFile file(path);
    Tokenizer tokenizer;
    reading.file = &file.name();
    const bool marked = file.skip_byte_order_mark();
    if (marked) ++account.byte_order_marks;
    reading.block_start = marked ? 3 : 0;
    while (const std::size_t got = file.read(buffer)) {
      reading.block = std::string_view(buffer.data(), got);
      tokenizer.feed(reading.block, token, sentence);
      reading.block_start += got;
      account.bytes += got;
      account.file_bytes = came_through + file.position();
      if (progress) progress(account.file_bytes, to_come, account.tokens);
    }
    came_through += file.position();
    account.file_bytes = came_through;
    reading.block = {};
    tokenizer.finish(token, sentence);
  }
  return reading;
}

std::string name_of(const std::vector<std::string>& files) {
  if (files.size() == 1) return files.front() == "-" ? "standard input" : files.front();
  return fmt::format("{} and the {} files after it", files.empty() ? "" : files.front(), files.size() - 1);
}

void refuse_unusable(const Reading& reading) {
  const CorpusAccount& account = reading.account;
  if (account.tokens == 0) throw Error(fmt::format("no words in {}; give it plain text", name_of(account.files)));
  if (2 * account.dropped.invalid_tokens > account.tokens) {
    throw Error(
        fmt::format("the corpus is not UTF-8 text: {} of {} words are not valid, first at {}; convert it with iconv -t UTF-8",
                    account.dropped.invalid_tokens, account.tokens, reading.first_invalid));
  }
}

[[noreturn]] void refuse_empty_vocabulary(const WordTable& table, const CorpusOptions& options) {
  WordId best = dropped_word;
  for (WordId id = 0; id < table.size(); ++id) {
    if (!is_valid_word(table.word(id)) || options.vocabulary.stopwords.contains(table.word(id))) continue;
    if (best == dropped_word || table.count(id) > table.count(best)) best = id;
  }
  if (best == dropped_word) {
    throw Error(fmt::format("every word in {} is among the --stopwords; shorten that list", name_of(options.files)));
  }
  throw Error(
      fmt::format("no word comes {} times in {}: the most frequent, '{:.40}', comes {} times; lower --min-count to {} or less",
                  options.vocabulary.min_count, name_of(options.files), table.word(best), table.count(best), table.count(best)));
}

/// Counts every word, calls `keep(WordId)` with provisional ids and sentence ends, and chooses the vocabulary.
template <class Keep>
std::pair<VocabularySelection, CorpusAccount> count_words(const CorpusOptions& options, const ReadProgress& progress,
                                                          Keep&& keep) {
  WordTable table;
  const auto word = [&](std::string_view text, Reading& reading) {
    const std::size_t known = table.size();
    const WordId id = table.add(text);
    if (id == known && !is_valid_word(text)) reading.note_invalid(text);  // once a word, not once a token
    keep(id);
  };
  Reading reading = read_files(options, progress, word, [&] { keep(sentence_end); });
  VocabularySelection selection = select_vocabulary(table, options.vocabulary);
  reading.account.dropped = selection.dropped;
  reading.account.statistics = std::move(selection.statistics);
  reading.account.tokens_in_vocabulary = selection.vocabulary.tokens();
  refuse_unusable(reading);
  if (selection.vocabulary.size() == 0) refuse_empty_vocabulary(table, options);
  return {std::move(selection), std::move(reading.account)};
}

/// Looks every word up in a vocabulary read from a file, and calls `keep(WordId)` with final ids and sentence ends.
template <class Keep>
CountedCorpus look_words_up(const CorpusOptions& options, const ReadProgress& progress, Keep&& keep) {
  Vocabulary vocabulary = read_vocabulary(options.vocabulary_file, options.vocabulary);
  WordTable table;
  for (const std::string& word : vocabulary.words()) table.add(word);
  DroppedWords dropped;
  const auto word = [&](std::string_view text, Reading& reading) {
    const WordId id = table.find(text);
    if (id != dropped_word) {
      ++reading.account.tokens_in_vocabulary;
      keep(id);
    } else if (options.vocabulary.stopwords.contains(text)) {
      ++dropped.stop_tokens;
    } else if (is_valid_word(text)) {
      ++dropped.cut_tokens;
    } else {
      ++dropped.invalid_tokens;
      reading.note_invalid(text);
    }
  };
  Reading reading = read_files(options, progress, word, [&] { keep(sentence_end); });
  reading.account.dropped = dropped;
  refuse_unusable(reading);
  if (reading.account.tokens_in_vocabulary == 0) {
    throw Error(fmt::format("none of the {} words in {} is in the vocabulary {}; use one saved from this corpus",
                            reading.account.tokens, name_of(options.files), options.vocabulary_file));
  }
  return {std::move(vocabulary), std::move(reading.account)};
}

}  // namespace

Corpus read_corpus(const CorpusOptions& options, const ReadProgress& progress) {
  IdStore ids(options.spill_folder, options.memory_bytes);
  const auto keep = [&](WordId id) { ids.append(id); };
  if (!options.vocabulary_file.empty()) {
    CountedCorpus found = look_words_up(options, progress, keep);
    ids.remap({});
    return {std::move(found.vocabulary), std::move(ids), std::move(found.account)};
  }
  auto [selection, account] = count_words(options, progress, keep);
  ids.remap(selection.final_id);
  return {std::move(selection.vocabulary), std::move(ids), std::move(account)};
}

CountedCorpus count_corpus(const CorpusOptions& options, const ReadProgress& progress) {
  const auto keep = [](WordId) {};
  if (!options.vocabulary_file.empty()) return look_words_up(options, progress, keep);
  auto [selection, account] = count_words(options, progress, keep);
  return {std::move(selection.vocabulary), std::move(account)};
}

}  // namespace word2vec
