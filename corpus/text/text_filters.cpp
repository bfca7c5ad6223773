#include "corpus/text/text_filters.h"

#include <fmt/format.h>

#include <limits>
#include <optional>
#include <utility>

#include "corpus/io/error.h"
#include "corpus/phrase_joiner.h"

namespace word2vec {
namespace {

/// What a block may leave to the next one: a longer stretch whose words could all be joined is no language, and each block would
/// copy it.
constexpr std::size_t most_tail = std::size_t{1} << 26;
static_assert(most_tail + 11 * SourceBlock::most_bytes < std::numeric_limits<std::uint32_t>::max() - Tokenizer::readable_behind,
              "what the joiner takes at once");

}  // namespace

/// One thread's.
class TextFilters::Filter {
 public:
  explicit Filter(TextFilters& shared) : shared_(shared) {
    if (!shared.options_.leave_text() || !shared.phrases_) text_.emplace(shared.options_);
    if (shared.phrases_) joiner_.emplace(shared.phrases_);
  }

  FilteredText operator()(const SourceBlock& block) try {
    FilteredText text = block.text();
    if (text_) text = {(*text_)(block.text(), block.continues), text_->first_invalid()};
    if (joiner_) text.text = joined(text.text, block);
    tell();
    return text;
  } catch (...) {
    shared_.tails_.give_up();
    throw;
  }

 private:
  /// The text of the block with its phrases joined: beginning with what the block before has left of a line that both share, up
  /// to where nothing that the block after has can matter.
  std::string_view joined(std::string_view text, const SourceBlock& block) {
    const bool goes_on = block.text().back() != '\n';
    if (!block.continues && !goes_on && !text_) return (*joiner_)(text);  // which has readable bytes behind it
    const std::size_t cut = goes_on ? joiner_->place_to_cut(text) : text.size();
    const auto leave = [&](std::string tail) { shared_.tails_.put(block.number, std::move(tail += ' ')); };
    if (goes_on && cut != 0) leave(std::string(text.substr(cut)));
    std::string before = block.continues ? shared_.tails_.take(block.number - 1) : "";
    if (before.size() > most_tail) {
      throw Error("64 MiB of a line without a place where no words are joined; give a higher threshold");
    }
    if (goes_on && cut == 0) {  // the block is no longer than what is joined: it goes on with the next one
      leave(std::move(before.append(text)));
      return {};
    }
    buffer_.assign(before.begin(), before.end());
    buffer_.insert(buffer_.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(cut));
    buffer_.push_back(' ');
    const std::size_t size = buffer_.size();
    buffer_.resize(size + Tokenizer::readable_behind);
    return (*joiner_)({buffer_.data(), size});
  }

  void tell() {
    const TextAccount now = text_ ? text_->account() : TextAccount();
    const std::uint64_t joins = joiner_ ? joiner_->joined() : 0;
    const std::lock_guard guard(shared_.lock_);
    shared_.account_ += {now.invalid_sequences - told_.invalid_sequences, now.doc_tag_lines - told_.doc_tag_lines};
    shared_.joined_ += joins - told_joins_;
    told_ = now;
    told_joins_ = joins;
  }

  TextFilters& shared_;
  std::optional<TextFilter> text_;
  std::optional<PhraseJoiner> joiner_;
  std::vector<char> buffer_;
  TextAccount told_;
  std::uint64_t told_joins_ = 0;
};

TextPassOptions TextFilters::filtered(TextPassOptions options) {
  return options_.leave_text() && !phrases_ ? options : always_filtered(std::move(options));
}

TextPassOptions TextFilters::always_filtered(TextPassOptions options) {
  options.cut = options_.breaks == WordBreaks::unicode ? BlockCut::character : BlockCut::line;
  options.make_filter = [this]() -> TextFilterFunction {
    // A std::function must be copyable, and a filter is not.
    return [filter = std::make_shared<Filter>(*this)](const SourceBlock& block) { return (*filter)(block); };
  };
  return options;
}

}  // namespace word2vec
