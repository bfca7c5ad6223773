#include "corpus/encode.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/io/spooled_files.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

/// One thread's part of the pass.
class KnownWords {
 public:
  KnownWords(const WordTable& table, const WordList& stopwords, LookUpAccount& shared)
      : table_(&table), stopwords_(&stopwords), shared_(&shared) {}

  void begin_block(const TextPlace& place) { place_ = place; }
  WordTable::Places places() const { return table_->places(); }
  WordId* look_up(const WordRun& run, WordId* ids) {
    for (std::size_t i = 0; i < run.keys.size(); ++i) {
      const std::string_view word = run[i];
      longest_.see(word.size(), word.data(), *place_);
      const WordId id = table_->find(run.keys[i], word);
      if (id != dropped_word) {
        *ids++ = id;
        ++known_;
      } else if (stopwords_->contains(word)) {
        ++stop_tokens_;
      } else if (!is_valid_word(word)) {
        ++invalid_tokens_;
        invalid_.see_invalid(word.data(), *place_);
      }
    }
    return ids;
  }
  std::uint32_t end_block(std::span<const WordId> /*ids*/) const { return 0; }
  void end() {
    shared_->tokens_in_vocabulary += known_;
    shared_->invalid_tokens += invalid_tokens_;
    shared_->stop_tokens += stop_tokens_;
    shared_->invalid.add(invalid_);
    shared_->longest.add(longest_);
  }

 private:
  const WordTable* table_;
  const WordList* stopwords_;
  LookUpAccount* shared_;
  std::optional<TextPlace> place_;
  std::uint64_t known_ = 0, invalid_tokens_ = 0, stop_tokens_ = 0;
  NotableWord invalid_, longest_;
};

}  // namespace

void SentenceEnds::append(std::span<const WordId> ids, std::vector<WordId>& to) {
  const std::size_t before = to.size();
  to.resize(before + ids.size());
  WordId* next = to.data() + before;
  for (const WordId id : ids) {
    const bool is_word = id != sentence_end;
    *next = id;
    next += is_word | open_;
    open_ = is_word;
  }
  to.resize(static_cast<std::size_t>(next - to.data()));
}

std::string name_of(const std::vector<std::string>& files) {
  if (files.size() == 1) return source_name(files.front());
  return fmt::format("{} and {} more", files.empty() ? "" : source_name(files.front()), files.size() - 1);
}

void refuse_invalid(const std::string& source, std::uint64_t tokens, std::uint64_t invalid_tokens,
                    const std::string& first_invalid) {
  // Random bytes have some letters between spaces, so that even junk shares words with a vocabulary.
  if (2 * invalid_tokens <= tokens) return;
  throw Error(fmt::format("{} is not UTF-8 text: {} of {} words are not valid, first at {}; convert it with iconv -t UTF-8",
                          source, invalid_tokens, tokens, first_invalid));
}

LookUpAccount look_words_up(TextPassOptions options, const Vocabulary& vocabulary, const ReadProgress& progress,
                            const std::function<void(std::span<const WordId>)>& append, const WordList& stopwords) {
  WordTable table(vocabulary.size());
  for (const std::string& word : vocabulary.words()) table.add(word);
  const std::string source = name_of(options.files);
  LookUpAccount account;
  account.text = TextPass(std::move(options), progress)
                     .run([&](std::uint32_t) { return KnownWords(table, stopwords, account); },
                          [&](std::span<const WordId> ids, std::uint32_t) { append(ids); });
  refuse_invalid(source, account.text.tokens, account.invalid_tokens, account.invalid.place);
  return account;
}

EncodedText encode_text(const TextPassOptions& options, const Vocabulary& vocabulary) {
  EncodedText text;
  SentenceEnds ends;
  const LookUpAccount account =
      look_words_up(options, vocabulary, {}, [&](std::span<const WordId> ids) { ends.append(ids, text.ids); });
  if (text.ids.empty()) {
    throw Error(fmt::format("none of the {} words in {} is in the vocabulary; give text of the corpus's kind",
                            account.text.tokens, name_of(options.files)));
  }
  text.tokens = account.text.tokens;
  text.tokens_in_vocabulary = account.tokens_in_vocabulary;
  text.invalid_tokens = account.invalid_tokens;
  return text;
}

}  // namespace word2vec
