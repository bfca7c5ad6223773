// The text filters of a pass's threads. Knows filters and their account; refuses to know what the filtered words are for.
#pragma once

#include <memory>
#include <mutex>

#include "corpus/line_tails.h"
#include "corpus/text/text_filter.h"
#include "corpus/text_pass.h"

namespace word2vec {

class PhraseTables;

/// Makes a filter for each thread of a pass, and adds up what they found: of one pass after the other, all over the same text.
class TextFilters {
 public:
  /// `phrases`: to be joined in the text that the other filter gives; nullptr: none.
  explicit TextFilters(const TextOptions& options, std::shared_ptr<const PhraseTables> phrases = nullptr)
      : options_(options), phrases_(std::move(phrases)) {}

  /// `options` with these filters, which serve as long as this lives; as they are when the text is left as it is.
  TextPassOptions filtered(TextPassOptions options);
  /// The same where words shall have one space between them in any case.
  TextPassOptions always_filtered(TextPassOptions options);
  /// After the pass.
  const TextAccount& account() const { return account_; }
  /// After the pass: how often words were joined.
  std::uint64_t joined() const { return joined_; }

 private:
  class Filter;

  TextOptions options_;
  std::shared_ptr<const PhraseTables> phrases_;
  LineTails tails_;
  std::mutex lock_;
  TextAccount account_;
  std::uint64_t joined_ = 0;
};

}  // namespace word2vec
