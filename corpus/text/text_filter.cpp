// Lines in, words and sentence ends out. Knows how the segmenters and the form of a word go together.
#include "corpus/text/text_filter.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "corpus/text/ascii_segmenter.h"
#include "corpus/text/unicode_segmenter.h"
#include "corpus/text/word_form.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

/// `<doc id="12" url="..." title="...">` and `</doc>`, which wiki extractors put around each article.
bool is_doc_tag(std::string_view line) {
  while (!line.empty() && Tokenizer::is_space(line.back())) line.remove_suffix(1);
  while (!line.empty() && Tokenizer::is_space(line.front())) line.remove_prefix(1);
  return line == "</doc>" || line == "<doc>" || (line.starts_with("<doc ") && line.ends_with('>'));
}

void split_at_white_space(std::string_view line, std::vector<Segment>& words) {
  words.clear();
  for (auto begin = line.begin();;) {
    begin = std::find_if_not(begin, line.end(), Tokenizer::is_space);
    if (begin == line.end()) return;
    const auto end = std::find_if(begin, line.end(), Tokenizer::is_space);
    const std::string_view word(begin, end);
    words.push_back({static_cast<std::size_t>(begin - line.begin()), static_cast<std::size_t>(end - line.begin()), words.empty(),
                     AsciiSegmenter::takes(word) || is_valid_word(word)});
    begin = end;
  }
}

}  // namespace

TextAccount& TextAccount::operator+=(const TextAccount& other) {
  invalid_sequences += other.invalid_sequences;
  doc_tag_lines += other.doc_tag_lines;
  return *this;
}

class TextFilter::Lines {
 public:
  explicit Lines(const TextOptions& options) : options_(options), normalizer_(options.normalization), form_(options) {
    if (options.breaks == WordBreaks::unicode) ascii_.emplace(unicode_.emplace());
  }

  std::string_view filter(std::string_view block, bool continues) {
    out_.clear();
    first_invalid = std::string_view::npos;
    open_ = continues;
    for (std::size_t begin = 0; begin < block.size();) {
      const std::size_t end = std::min(block.size(), block.find('\n', begin));
      const std::string_view line = block.substr(begin, end - begin);
      if (options_.skip_doc_tags && !(continues && begin == 0) && is_doc_tag(line)) {
        ++account.doc_tag_lines;
      } else {
        filter_line(line, begin);
      }
      if (end < block.size()) end_sentence();
      begin = end + 1;
    }
    return out_;
  }

  TextAccount account;
  std::size_t first_invalid = std::string_view::npos;

 private:
  void filter_line(std::string_view line, std::size_t place) {
    const bool ascii = AsciiSegmenter::takes(line);
    if (!ascii) {
      note_invalid(line, place);
      line = normalizer_(line, normal_);
    }
    if (options_.breaks == WordBreaks::whitespace) {
      split_at_white_space(line, words_);
    } else if (ascii) {
      ascii_->split(line, words_);
    } else {
      unicode_->split(line, words_);
    }
    for (const Segment& segment : words_) {
      if (segment.starts_sentence && &segment != &words_.front()) end_sentence();
      const std::string_view word = line.substr(segment.begin, segment.end - segment.begin);
      if (segment.valid) {
        form_.append(word, ascii || AsciiSegmenter::takes(word), out_);
      } else {
        out_.append(word);
      }
      out_ += ' ';
      open_ = true;
    }
  }

  void note_invalid(std::string_view line, std::size_t place) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(line.data());
    for (std::size_t i = 0; i != line.size();) {
      const std::size_t begin = i;
      UChar32 point = 0;
      U8_NEXT(bytes, i, line.size(), point);
      if (point > 0) continue;
      ++account.invalid_sequences;
      first_invalid = std::min(first_invalid, place + begin);
    }
  }

  void end_sentence() {
    if (!open_) return;
    if (out_.ends_with(' ')) {
      out_.back() = '\n';
    } else {
      out_ += '\n';
    }
    open_ = false;
  }

  TextOptions options_;
  Normalizer normalizer_;
  WordForm form_;
  std::optional<UnicodeSegmenter> unicode_;
  std::optional<AsciiSegmenter> ascii_;
  std::vector<Segment> words_;
  std::string out_, normal_;
  bool open_ = false;  // the sentence in hand has words, maybe in the block before
};

TextFilter::TextFilter(const TextOptions& options) : lines_(std::make_unique<Lines>(options)) {}
TextFilter::~TextFilter() = default;
std::string_view TextFilter::operator()(std::string_view block, bool continues) { return lines_->filter(block, continues); }
const TextAccount& TextFilter::account() const { return lines_->account; }
std::size_t TextFilter::first_invalid() const { return lines_->first_invalid; }

}  // namespace word2vec
