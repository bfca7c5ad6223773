// The options of finding phrases, declared alike wherever a corpus is read, and the finding as commands show it. Knows their
// names and help; no command of ours.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corpus/cli/command_line.h"
#include "corpus/io/spooled_files.h"
#include "corpus/phrases.h"

namespace word2vec {

/// As they are typed.
struct TypedPhraseOptions {
  bool wanted = false;  ///< --phrases, where it is an option
  std::string score = phrase_score_names[0], thresholds;
  std::uint64_t passes = 0;  ///< 0: not given
  PhraseOptions chosen;
};

/// Declares --score, --threshold, --passes, --min-count and --join for a command that does nothing but join; otherwise --phrases
/// and the others as --phrase-score ... --phrase-join. `line`'s parse() sets `*typed`, which must outlive it.
enum class PhraseOptionNames { plain, prefixed };
void declare_phrase_options(CommandLine& line, PhraseOptionNames names, TypedPhraseOptions* typed);

/// After parse(): throws UsageError that names the option for a value out of range, and for one that is given without --phrases.
/// Nothing without --phrases.
std::optional<PhraseOptions> checked_phrase_options(const CommandLine& line, PhraseOptionNames names,
                                                    const TypedPhraseOptions& typed);

/// A corpus whose phrases are found. Pipes among its files are copied, as long as this lives.
struct FoundPhrases {
  std::unique_ptr<SpooledFiles> files;
  Phrases phrases;
};

/// Finds the phrases, shows the progress and tells what each pass found unless `quiet`, and sets in `options` what reading the
/// corpus with them needs.
FoundPhrases find_phrases_told(CorpusOptions& options, const PhraseOptions& phrases, bool quiet);

}  // namespace word2vec
