// Vocabulary files, and the lists of stopwords and of words to keep. A vocabulary that was read and saved is the same again.
#include "corpus/vocabulary.h"

#include "tests/fuzz/target.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (is_compressed(text_of(data, size))) return 0;
  const std::string path = as_file(text_of(data, size));
  succeeds([&] { const WordList list(path); });
  VocabularyOptions options;
  options.min_count = 0;
  succeeds([&] {
    const Vocabulary read = read_vocabulary(path, options);
    save_vocabulary(read, "copy");
    const Vocabulary again = read_vocabulary("copy", options);
    if (again.words() != read.words() || again.counts() != read.counts()) fail("reads back as another", "copy");
  });
  return 0;
}
