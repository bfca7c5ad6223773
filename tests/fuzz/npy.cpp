// numpy's arrays, and the list of words beside them: the bytes up to the array's magic are the list.
#include "tests/fuzz/target.h"
#include "trainer/embeddings/formats.h"

using namespace word2vec;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = text_of(data, size);
  const std::size_t array = std::min(bytes.find("\x93NUMPY"), bytes.size());
  as_file(bytes.substr(0, array), "input.vocab.txt");
  succeeds([&] { read_vectors(as_file(bytes.substr(array), "input.npy")); });
  return 0;
}
