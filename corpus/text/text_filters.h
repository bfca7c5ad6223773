// The text filters of a pass's threads. Knows filters and their account; refuses to know what the filtered words are for.
#pragma once

#include <memory>
#include <mutex>

#include "corpus/text/text_filter.h"
#include "corpus/text_pass.h"

namespace word2vec {

/// Where a filter's blocks may be cut.
BlockCut block_cut(const TextOptions& options);

/// Makes a filter for each thread of one pass, and adds up what they found.
class TextFilters {
 public:
  explicit TextFilters(const TextOptions& options) : options_(options) {}

  /// `options` with these filters, which serve as long as this lives; as they are when the text is left as it is.
  TextPassOptions filtered(TextPassOptions options);
  /// After the pass.
  const TextAccount& account() const { return account_; }

 private:
  TextOptions options_;
  std::mutex lock_;
  TextAccount account_;
};

}  // namespace word2vec
