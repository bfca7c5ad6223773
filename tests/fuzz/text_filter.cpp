// Raw text through every setting of the filter. What comes out does not depend on how lines are dealt to blocks.
#include "corpus/text/text_filter.h"

#include "tests/fuzz/target.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = text_of(data, size);
  const unsigned choice = take_byte(text);
  TextOptions options;
  options.breaks = static_cast<WordBreaks>(choice & 1U);
  options.lowercase = (choice & 2U) != 0;
  options.skip_doc_tags = (choice & 4U) != 0;
  options.digits = static_cast<Digits>((choice >> 3U) % 3);
  options.normalization = static_cast<Normalization>((choice >> 5U) % 3);
  succeeds([&] {
    TextFilter whole(options), parts(options);
    const std::string together(whole(text));
    std::string lines;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      lines += parts(text.substr(0, end));
      text.remove_prefix(end);
    }
    if (lines != together) fail("another text line by line", lines);
  });
  return 0;
}
