// The ids of a corpus that are kept nowhere: its text is read again in each epoch. Knows the corpus's files and its vocabulary;
// refuses to know what is learnt from them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "corpus/corpus.h"
#include "corpus/encode.h"
#include "corpus/text/text_filters.h"
#include "trainer/id_source.h"
#include "trainer/id_stream.h"

namespace word2vec {

/// Reads on threads of its own, as many as the options say, which sleep when they are ahead: some MB a thread, whatever is read.
/// The pieces are those of the same ids cached, and the neighbours too.
class TextIds : public IdSource {
 public:
  /// Reads the text once to count its ids. `vocabulary` must outlive this; `account` is what the corpus came to when it was
  /// chosen. Throws Error as look_words_up() does, and when the text has changed since.
  TextIds(const CorpusOptions& options, const Vocabulary& vocabulary, const CorpusAccount& account,
          const ReadProgress& progress = {});
  ~TextIds() override;
  TextIds(const TextIds&) = delete;
  TextIds& operator=(const TextIds&) = delete;

  /// Throws UsageError when one of the files cannot be read twice.
  static void check(const std::vector<std::string>& files);

  std::uint64_t size() const override { return found_.ids; }
  std::uint64_t hash() const override { return found_.hash; }
  /// Throws Error when a file's size or time has changed; within the epoch, next() does when it gives other ids than before.
  void start(std::uint32_t epoch, std::uint64_t piece, const Reach& reach) override;
  bool next(IdPiece& piece) override { return stream_->take(piece); }

 private:
  /// What a file is known by without reading it. Of the modification's time, nanoseconds.
  struct Stamp {
    std::int64_t size, seconds, nanoseconds;
    bool operator==(const Stamp&) const = default;
  };
  struct Found {
    std::uint64_t ids = 0, hash = 0;
    LookUpAccount account;
  };

  std::vector<Stamp> stamps() const;
  /// One pass, whose ids go to `stream` unless it is nullptr.
  Found read(IdStream* stream, const ReadProgress& progress);
  void stop();

  TextFilters filters_;
  TextPassOptions options_;
  const Vocabulary& vocabulary_;
  std::vector<Stamp> stamps_;
  Found found_;

  std::uint32_t epoch_ = 0;
  std::unique_ptr<IdStream> stream_;  // of that epoch
  std::thread reader_;
};

}  // namespace word2vec
