// Edit distance over UTF-8 sequences. Refuses to know vectors.
#include "eval/spelling.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "trainer/embeddings/format_parts.h"

namespace word2vec {
namespace {

/// One number a letter, its bytes: all that comparing needs, and defined for bytes that are not UTF-8 too.
void split_letters(std::string_view word, std::vector<std::uint32_t>& letters) {
  letters.clear();
  std::size_t following = 0;  // bytes that may still belong to the last letter
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (following > 0 && (byte & 0xC0U) == 0x80U) {
      letters.back() = letters.back() << 8 | byte;
      --following;
    } else {
      letters.push_back(byte);
      following = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC0 ? 1 : 0;
    }
  }
}

using Letters = std::vector<std::uint32_t>;

/// Three rows of the alignment table are alive at a time: the one before the last is for swaps.
struct Distance {
  std::vector<std::size_t> before, last, current;

  /// The distance; beyond `bound`, any number that is.
  std::size_t operator()(const Letters& left, const Letters& right, std::size_t bound) {
    for (auto* row : {&before, &last, &current}) row->assign(right.size() + 1, 0);
    for (std::size_t j = 0; j <= right.size(); ++j) current[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
      // Each number of a row comes from the two rows before it and is no smaller: most words are done after a few letters.
      if (i > 1 && least(last) > bound && least(current) > bound) return bound + 1;
      before.swap(last);
      last.swap(current);
      current[0] = i;
      for (std::size_t j = 1; j <= right.size(); ++j) {
        const std::size_t replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        current[j] = std::min({replaced, last[j] + 1, current[j - 1] + 1});
        const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    return current[right.size()];
  }

 private:
  static std::size_t least(const std::vector<std::size_t>& row) { return *std::min_element(row.begin(), row.end()); }
};

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  Letters a, b;
  split_letters(left, a);
  split_letters(right, b);
  return Distance()(a, b, std::max(a.size(), b.size()));
}

std::vector<std::string> near_spellings(const std::vector<std::string>& words, std::string_view word, std::size_t most) {
  constexpr std::size_t longest = 100;  // bytes; longer ones are no slips of the pen, and the table is quadratic
  if (word.size() > longest) return {};
  Letters wanted, letters;
  split_letters(word, wanted);
  // Beyond a third or so of the letters, another word is a guess and no spelling.
  const std::size_t bound = std::min<std::size_t>(3, 1 + wanted.size() / 4);
  std::vector<std::vector<std::size_t>> found(bound + 1);  // by edits
  Distance distance;
  for (std::size_t row = 0; row < words.size(); ++row) {
    if (words[row].size() > 4 * longest) continue;
    split_letters(words[row], letters);
    const std::size_t longer = std::max(letters.size(), wanted.size()), shorter = std::min(letters.size(), wanted.size());
    if (longer - shorter > bound) continue;
    const std::size_t edits = distance(wanted, letters, bound);
    // All letters replaced is another word, however short: "ab" is not a spelling of "c".
    if (edits > bound || edits >= longer) continue;
    if (found[edits].size() < most) found[edits].push_back(row);
  }
  std::vector<std::string> near;
  for (const auto& rows : found) {
    for (const std::size_t row : rows) {
      if (near.size() < most) near.push_back(words[row]);
    }
  }
  return near;
}

std::string spelling_hint(const std::vector<std::string>& words, std::string_view word) {
  const std::vector<std::string> near = near_spellings(words, word);
  if (near.empty()) return "; no word is spelt nearly like it, give another";
  std::string hint = "; did you mean ";
  for (std::size_t i = 0; i < near.size(); ++i) {
    hint += (i == 0 ? "" : i + 1 == near.size() ? " or " : ", ") + shown(near[i]);
  }
  return hint + "?";
}

}  // namespace word2vec
