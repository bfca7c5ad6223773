#include "corpus/text/text_filters.h"

#include <utility>

namespace word2vec {

BlockCut block_cut(const TextOptions& options) {
  return options.breaks == WordBreaks::unicode ? BlockCut::character : BlockCut::line;
}

TextPassOptions TextFilters::filtered(TextPassOptions options) {
  if (options_.leave_text()) return options;
  options.cut = block_cut(options_);
  options.make_filter = [this]() -> TextFilterFunction {
    // A std::function must be copyable, and a filter is not.
    return [this, filter = std::make_shared<TextFilter>(options_), told = TextAccount()](std::string_view block,
                                                                                         bool continues) mutable -> FilteredText {
      const std::string_view text = (*filter)(block, continues);
      const TextAccount& now = filter->account();
      const std::lock_guard guard(lock_);
      account_ += {now.invalid_sequences - told.invalid_sequences, now.doc_tag_lines - told.doc_tag_lines};
      told = now;
      return {text, filter->first_invalid()};
    };
  };
  return options;
}

}  // namespace word2vec
