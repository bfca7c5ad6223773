#include "corpus/text_pass.h"

#include <fmt/format.h>
#include <omp.h>

#include "corpus/io/spooled_files.h"

namespace word2vec {
namespace {

static_assert(SourceBlock::padding >= Tokenizer::readable_behind && Tokenizer::readable_behind >= WordKey::readable);

TextPassOptions with_threads(TextPassOptions options) {
  options.threads = TextPass::threads_of(options);
  return options;
}

}  // namespace

std::uint32_t TextPass::threads_of(const TextPassOptions& options) {
  return options.threads == 0 ? static_cast<std::uint32_t>(omp_get_num_procs()) : options.threads;
}

TextPass::TextPass(TextPassOptions options, ReadProgress progress)
    : options_(with_threads(std::move(options))),
      progress_(std::move(progress)),
      reader_(options_.files, options_.block_bytes, options_.cut) {
  if (options_.fingerprint) reader_.keep_fingerprint();
}

void TextPass::add(const DoneBlock& block) {
  lines_.add(block.lines);
  account_.bytes += block.read_bytes;
  account_.tokens += block.words;
  if (progress_) progress_(block.came_through, reader_.bytes_to_come(), account_.tokens);
}

FilteredText TextPass::filtered(const SourceBlock& block, const TextFilterFunction& filter, std::vector<char>& buffer) const {
  const auto [text, first_invalid] = filter(block);
  buffer.assign(text.begin(), text.end());
  const std::size_t size = buffer.size();
  buffer.resize(size + Tokenizer::readable_behind);
  return {{buffer.data(), size}, first_invalid};
}

std::string TextPlace::of(const char* word) const {
  const bool as_it_is = text_.text.data() == block_->bytes.data();
  return at(as_it_is ? static_cast<std::uint64_t>(word - text_.text.data()) : 0);
}

std::string TextPlace::of_invalid(const char* word) const {
  return text_.first_invalid == std::string_view::npos ? of(word) : at(text_.first_invalid);
}

std::string TextPlace::at(std::uint64_t offset) const {
  return fmt::format("byte {} of {}", block_->start + offset, source_name((*paths_)[block_->file]));
}

}  // namespace word2vec
