// Files of analogies and of similarities, as evaluate reads them.
#include "eval/analogies.h"
#include "eval/similarity.h"
#include "eval/text_lines.h"
#include "tests/fuzz/target.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (is_compressed(text_of(data, size))) return 0;
  std::string content;
  if (!succeeds([&] { content = read_text(as_file(text_of(data, size))); })) return 0;
  succeeds([&] { parse_analogies(content, "input"); });
  succeeds([&] { parse_similarity(content, "input"); });
  return 0;
}
