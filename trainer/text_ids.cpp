#include "trainer/text_ids.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "corpus/io/error.h"
#include "corpus/io/raw_file.h"
#include "corpus/io/spooled_files.h"

namespace word2vec {
namespace {

[[noreturn]] void refuse_change(const std::string& name) {
  throw Error(
      fmt::format("the text of {} has changed since its words were counted, and --cache none reads it in each epoch; leave it "
                  "as it is meanwhile, or give --cache file",
                  name));
}

/// Ends a pass whose ids nobody wants any more.
struct Cancelled {};

}  // namespace

TextIds::TextIds(const CorpusOptions& options, const Vocabulary& vocabulary, const CorpusAccount& account,
                 const ReadProgress& progress)
    : filters_(options.text, options.phrases),
      options_(filters_.filtered(options)),
      vocabulary_(vocabulary),
      stamps_(stamps()),
      found_(read(nullptr, progress)) {
  const LookUpAccount& now = found_.account;
  if (now.text.bytes != account.bytes || now.text.tokens != account.tokens ||
      now.tokens_in_vocabulary != account.tokens_in_vocabulary) {
    refuse_change(name_of(options_.files));
  }
}

TextIds::~TextIds() { stop(); }

void TextIds::check(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (is_stream(file)) {
      throw UsageError(
          fmt::format("--cache none reads the corpus again in each epoch, which {} cannot be; give --cache file, or "
                      "the name of a file for it",
                      source_name(file)));
    }
  }
}

std::vector<TextIds::Stamp> TextIds::stamps() const {
  std::vector<Stamp> all;
  for (const std::string& path : options_.files) {
    struct stat status {};
    // One that is gone is not as it was, and its reading says why.
    if (::stat(path.c_str(), &status) != 0) status = {};
    all.push_back({status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec});
  }
  return all;
}

TextIds::Found TextIds::read(IdStream* stream, const ReadProgress& progress) {
  Found found;
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), &XXH3_freeState);
  if (!state) throw std::bad_alloc();
  XXH3_64bits_reset(state.get());
  SentenceEnds ends;
  std::vector<WordId> ids;
  found.account = look_words_up(options_, vocabulary_, progress, [&](std::span<const WordId> block) {
    ids.clear();
    ends.append(block, ids);
    found.ids += ids.size();
    XXH3_64bits_update(state.get(), ids.data(), ids.size() * sizeof(WordId));
    if (stream == nullptr) return;
    if (found.ids > found_.ids) refuse_change(name_of(options_.files));
    if (!stream->put(ids)) throw Cancelled();
  });
  found.hash = XXH3_64bits_digest(state.get());
  return found;
}

void TextIds::start(std::uint32_t epoch, std::uint64_t piece, const Reach& reach) {
  if (stream_ && epoch_ == epoch && stream_->next_piece() == piece) return;  // goes on after a rest
  stop();
  const std::vector<Stamp> now = stamps();
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (now[i] != stamps_[i]) refuse_change(options_.files[i]);
  }
  epoch_ = epoch;
  stream_ = std::make_unique<IdStream>(size(), piece, reach);
  reader_ = std::thread([this, stream = stream_.get()] {
    try {
      const Found found = read(stream, {});
      if (found.ids != found_.ids || found.hash != found_.hash) refuse_change(name_of(options_.files));
      stream->end();
    } catch (const Cancelled&) {
      // Who cancelled waits for nothing.
    } catch (...) {
      stream->end(std::current_exception());
    }
  });
}

void TextIds::stop() {
  if (!reader_.joinable()) return;
  stream_->cancel();
  reader_.join();
}

}  // namespace word2vec
