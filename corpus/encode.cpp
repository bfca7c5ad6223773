#include "corpus/encode.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

/// One thread's part of the pass.
class KnownWords {
 public:
  static constexpr bool drops = true;
  struct Shared {
    const WordTable& table;
    const std::function<void(std::span<const WordId>)>& append;
    const WordList& stopwords;
    std::atomic<std::uint64_t> known{0}, invalid{0}, stop{0};
    FirstPlace first_invalid{};
  };
  explicit KnownWords(Shared& shared) : shared_(&shared) {}

  void begin_block(const TextPlace& place) { place_ = place; }
  void prefetch(const WordKey& key) const { shared_->table.prefetch(key); }
  WordId look_up(const WordKey& key, const char* word) {
    const WordId id = shared_->table.find(key, word);
    if (id == dropped_word) {
      const std::string_view text(word, key.length);
      if (shared_->stopwords.contains(text)) {
        ++stop_;
      } else if (!is_valid_word(text)) {
        note_invalid(word);
      }
    } else {
      ++known_;
    }
    return id;
  }
  void append(std::span<const WordId> ids) { shared_->append(ids); }
  void end_block() {}
  void end() {
    shared_->known += known_;
    shared_->invalid += invalid_;
    shared_->stop += stop_;
  }

 private:
  void note_invalid(const char* word) {
    if (invalid_++ == 0) shared_->first_invalid.note(place_->block(), place_->of(word));
  }

  Shared* shared_;
  std::optional<TextPlace> place_;
  std::uint64_t known_ = 0, invalid_ = 0, stop_ = 0;
};

}  // namespace

std::string name_of(const std::vector<std::string>& files) {
  if (files.size() == 1) return files.front() == "-" ? "standard input" : files.front();
  return fmt::format("{} and the {} files after it", files.empty() ? "" : files.front(), files.size() - 1);
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
  KnownWords::Shared shared{table, append, stopwords};
  const std::string source = name_of(options.files);
  LookUpAccount account;
  account.text = TextPass(std::move(options), progress).run([&](std::uint32_t) { return KnownWords(shared); });
  account.tokens_in_vocabulary = shared.known;
  account.invalid_tokens = shared.invalid;
  account.stop_tokens = shared.stop;
  account.first_invalid = shared.first_invalid.place();
  refuse_invalid(source, account.text.tokens, account.invalid_tokens, account.first_invalid);
  return account;
}

EncodedText encode_text(const TextPassOptions& options, const Vocabulary& vocabulary) {
  EncodedText text;
  const LookUpAccount account = look_words_up(options, vocabulary, {}, [&](std::span<const WordId> ids) {
    for (const WordId id : ids) {
      if (id != sentence_end || (!text.ids.empty() && text.ids.back() != sentence_end)) text.ids.push_back(id);
    }
  });
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
