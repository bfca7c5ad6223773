// What a report shows of the vectors themselves: relations in a plane, a map of frequent words, neighbours. Knows questions and
// vectors; refuses to know pages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "eval/evaluation.h"
#include "eval/principal_plane.h"

namespace word2vec {

/// Some of WordViews::words in their plane.
struct WordPlane {
  std::vector<std::size_t> words;  ///< places in WordViews::words
  PrincipalPlane plane;            ///< a point for each of them
};

/// The pairs of a section: each question has two, A with B and C with the fourth.
struct Relation {
  std::string file, section;
  std::uint64_t pairs_in_all = 0;  ///< different ones in the section, whether their words are known or not
  WordPlane words;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< places in words.words; most frequent first, by their rarer word
};

struct ViewedWord {
  std::string word;
  std::vector<std::pair<std::string, float>> neighbors;  ///< with their cosines, best first
};

/// Of one vector file.
struct WordViews {
  static constexpr std::size_t most_relations = 100;  ///< the first, of the sections that have a pair of known words
  static constexpr std::size_t most_pairs = 100;      ///< of a relation, the most frequent
  static constexpr std::size_t most_in_map = 500;     ///< the file's first words
  static constexpr std::size_t neighbors = 6;         ///< of a word

  std::vector<ViewedWord> words;
  std::vector<Relation> relations;
  WordPlane map;
};

/// Words are looked up, and neighbours come, from the rows that `questions.options` allows. Works on all of OpenMP's threads.
WordViews view_words(const Questions& questions, const Embeddings& embeddings);

}  // namespace word2vec
