#include "corpus/cli/corpus_summary.h"

#include <fmt/format.h>

namespace word2vec {
namespace {

double percent(std::uint64_t part, std::uint64_t of) {
  return of == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(of);
}

std::string dropped_line(std::uint64_t words, std::uint64_t tokens, const char* why) {
  if (tokens == 0) return "";
  // Of a vocabulary that was given, the different words outside it are not known.
  if (words == 0) return fmt::format("dropped   {} tokens {}\n", tokens, why);
  return fmt::format("dropped   {} words {}, {} tokens\n", words, why, tokens);
}

}  // namespace

std::string reading_summary_of(const CorpusAccount& account) {
  std::string lines =
      fmt::format("read      {} bytes, {} sentences, {} tokens\n", account.bytes, account.sentences, account.tokens);
  if (account.unpacked()) lines += fmt::format("unpacked  from {} bytes\n", account.file_bytes);
  if (account.byte_order_marks > 0)
    lines += fmt::format("skipped   the byte order marks of {} files\n", account.byte_order_marks);
  if (account.text.doc_tag_lines > 0)
    lines += fmt::format("left out  {} lines that are <doc ...> or </doc>\n", account.text.doc_tag_lines);
  if (account.text.invalid_sequences > 0)
    lines += fmt::format("found     {} byte sequences that are not UTF-8\n", account.text.invalid_sequences);
  lines += fmt::format("longest   line {} bytes, word {} bytes (at {})\n", account.longest_line_bytes, account.longest_word_bytes,
                       account.longest_word_place);
  return lines;
}

std::string summary_of(const CorpusAccount& account, std::size_t words) {
  const DroppedWords& dropped = account.dropped;
  std::string lines = reading_summary_of(account);
  lines += fmt::format("kept      {} words, {} tokens ({:.2f} %)\n", words, account.tokens_in_vocabulary,
                       percent(account.tokens_in_vocabulary, account.tokens));
  lines += dropped_line(dropped.rare_words, dropped.rare_tokens, "rarer than --min-count");
  lines += dropped_line(dropped.cut_words, dropped.cut_tokens, "outside the vocabulary");
  lines += dropped_line(dropped.stop_words, dropped.stop_tokens, "among the --stopwords");
  lines += dropped_line(dropped.invalid_words, dropped.invalid_tokens, "that are not valid UTF-8");
  if (account.spilled_tables > 0) {
    lines += fmt::format("disk      {} tables of words did not fit into --memory; the counts are exact all the same\n",
                         account.spilled_tables);
  }
  return lines;
}

ReadProgress shown_on(ProgressLine& line, const char* what) {
  return [&line, what](std::uint64_t bytes, std::uint64_t of, std::uint64_t tokens) {
    line.show([&] {
      const std::string share = of == 0 ? "" : fmt::format("{:5.1f} %  ", percent(bytes, of));
      const std::string words = tokens == 0 ? "" : fmt::format("  {} tokens", tokens);
      return fmt::format("{:<9} {}{:.1f} MB{}", what, share, static_cast<double>(bytes) * 1e-6, words);
    });
  };
}

}  // namespace word2vec
