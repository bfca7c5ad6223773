// Vector files of every format whose words are within. What is read is written as each format that can hold it, and has to be the
// same when it is read again.
#include <algorithm>

#include "tests/fuzz/target.h"
#include "trainer/embeddings/formats.h"
#include "trainer/embeddings/vector_output.h"

using namespace word2vec;

namespace {

bool same(const Embeddings& a, const Embeddings& b) {
  if (a.words() != b.words() || a.dim() != b.dim()) return false;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (!std::ranges::equal(a.vectors().values(row), b.vectors().values(row))) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (is_compressed(text_of(data, size))) return 0;
  succeeds([&] {
    const Embeddings read = read_vectors(as_file(text_of(data, size))).embeddings;
    for (const VectorFormat format : {VectorFormat::text, VectorFormat::binary, VectorFormat::safetensors}) {
      const bool written = succeeds([&] {
        VectorOutput output("copy", format);
        output.write(read.words(), read.vectors());
        output.commit();
      });
      if (written && !same(read_vectors("copy").embeddings, read)) fail("reads back as others", format_name(format));
    }
  });
  return 0;
}
