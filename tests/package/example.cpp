// A program of somebody's: trains on a text, asks for neighbours, writes the vectors. `example TEXT VECTORS WORD`
#include <corpus/corpus.h>
#include <corpus/io/error.h>
#include <eval/queries.h>
#include <trainer/embeddings/vector_output.h>
#include <trainer/engine.h>

#include <iostream>

int main(int, char** arguments) try {
  word2vec::CorpusOptions text;
  text.files = {arguments[1]};
  const word2vec::Corpus corpus = word2vec::read_corpus(text);

  word2vec::TrainOptions options;
  options.dim = 32;
  options.simd = word2vec::best_simd();
  options = word2vec::resolve(options, corpus.ids.ids().size());
  word2vec::TrainResult result = word2vec::train(corpus.vocabulary, corpus.ids.ids(), {}, options);
  const word2vec::Embeddings embeddings(corpus.vocabulary.words(), std::move(result.input));

  word2vec::QueryAnswers answers(embeddings);
  const auto found = answers.answer({word2vec::expression_query(arguments[3])}, {.k = 3});
  for (const word2vec::Neighbor& neighbor : found[0]) {
    std::cout << embeddings.words()[neighbor.row] << ' ' << neighbor.score << '\n';
  }
  word2vec::VectorOutput output(arguments[2], word2vec::VectorFormat::text);
  output.write(embeddings.words(), embeddings.vectors());
  output.commit();
} catch (const std::exception& error) {  // a word2vec::Error: what, where, and what to do
  std::cerr << error.what() << '\n';
  return 1;
}
