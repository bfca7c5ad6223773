// Members one behind the other. Knows where the file is sound; refuses to know the compressions.
#include "corpus/io/members.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 17;
constexpr std::size_t magic_bytes = 10;  // the longest magic number, bzip2's

}  // namespace

Members::Members(RawFile& file, Compression compression, std::span<const char> head, int interrupt)
    : file_(file),
      compression_(compression),
      decoder_(make_decoder(compression)),
      buffer_(std::max(buffer_bytes, head.size() + 1)),
      rest_(head),
      interrupt_(interrupt) {}

/// Reads more behind what is left.
void Members::refill() {
  std::copy(rest_.begin(), rest_.end(), buffer_.begin());
  const std::size_t got = file_.read_some(std::span(buffer_).subspan(rest_.size()), interrupt_);
  rest_ = std::span<const char>(buffer_).first(rest_.size() + got);
  ended_ = got == 0;
}

/// False at the end of the file.
bool Members::begin_member() {
  for (;;) {
    if (!first_) {
      const auto data = std::ranges::find_if(rest_, [](char c) { return c != '\0'; });
      rest_ = rest_.subspan(static_cast<std::size_t>(data - rest_.begin()));
    }
    if (rest_.size() >= magic_bytes || ended_) break;
    refill();
  }
  if (rest_.empty()) return false;
  if (!first_ && recognise_compression(rest_) != compression_) {
    throw Error(fmt::format(
        "{0} has something else behind its {1} data, from byte {2}; cut that off with head -c {2}, or fetch {0} again",
        file_.name(), tool(), position()));
  }
  decoder_->begin();
  first_ = false;
  return inside_ = true;
}

std::size_t Members::read(std::span<char> out) try {
  const std::size_t wanted = out.size();
  while (!out.empty() && (inside_ || begin_member())) {
    if (rest_.empty() && !ended_) refill();
    const std::size_t in_before = rest_.size(), out_before = out.size();
    inside_ = !decoder_->decode(rest_, out);
    if (!inside_ || rest_.size() != in_before || out.size() != out_before) continue;
    if (!rest_.empty()) throw DamagedData("it leads nowhere");
    throw Error(fmt::format("{} ends at byte {} in the middle of its {} data; fetch the whole of it again", file_.name(),
                            position(), tool()));
  }
  return wanted - out.size();
} catch (const DamagedData& damage) {
  throw Error(
      fmt::format("{0} is damaged at byte {1} of its {2} data: {3}; fetch it again (it is sound when {2} -t finds nothing)",
                  file_.name(), position(), tool(), damage.what()));
} catch (const TooLarge& need) {
  throw Error(fmt::format(
      "{0} wants {1} to be unpacked, and {2} MB is the most given; unpack it on the way with {3} -dc, or pack it anew "
      "with a smaller window",
      file_.name(), need.what(), largest_window / 1000000, tool()));
} catch (const std::bad_alloc&) {
  throw Error(
      fmt::format("not enough memory to unpack {}; pack it anew with a smaller window, or use a larger machine", file_.name()));
}

}  // namespace word2vec
