// NFC and NFKC by ICU. Knows Unicode; refuses to know words.
#pragma once

#include <unicode/normalizer2.h>

#include <string>
#include <string_view>

#include "corpus/text/text_options.h"

namespace word2vec {

/// Immutable, so safe to share.
class Normalizer {
 public:
  /// Throws Error when ICU's data is not installed.
  explicit Normalizer(Normalization form);

  bool does_nothing() const { return form_ == nullptr; }
  /// `text` in the normal form: `text` itself if it is so already, else in `space`, whose content is replaced. Bytes that are not
  /// UTF-8 stay as they are, and what stands between them is normalized by itself.
  std::string_view operator()(std::string_view text, std::string& space) const;

 private:
  const icu::Normalizer2* form_ = nullptr;  // ICU's own; nullptr: none
};

}  // namespace word2vec
