#include "corpus/cli/phrase_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>
#include <utility>

#include "corpus/cli/corpus_summary.h"
#include "corpus/cli/message.h"
#include "corpus/io/error.h"
#include "corpus/phrase_joiner.h"
#include "corpus/text/escape.h"
#include "corpus/tokenizer.h"
#include "corpus/unicode.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

constexpr std::uint64_t most_passes = 20;  // a phrase of a pass has at most twice as many words as one of the pass before

std::string name_of(PhraseOptionNames names, const char* option) {
  return names == PhraseOptionNames::plain ? option : fmt::format("phrase-{}", option);
}

double default_threshold(PhraseScore score) { return score == PhraseScore::npmi ? 0.5 : 100; }

/// "200,100" -> the numbers, each in the range of the score.
std::vector<double> parse_thresholds(const std::string& option, std::string_view text, PhraseScore score) {
  const bool npmi = score == PhraseScore::npmi;
  std::vector<double> thresholds;
  for (bool more = true; more;) {
    const std::string_view one = text.substr(0, text.find(','));
    more = one.size() < text.size();
    text.remove_prefix(one.size() + (more ? 1 : 0));
    double value = 0;
    const auto [stop, error] = std::from_chars(one.data(), one.data() + one.size(), value);
    if (error != std::errc() || stop != one.data() + one.size()) {
      throw UsageError(
          fmt::format("{} is {}: wants a number, or one for each pass, such as 200,100", option, one.empty() ? "''" : one));
    }
    require_range(option.c_str(), value, npmi ? -1 : 0, npmi ? 1 : 1e300);
    thresholds.push_back(value);
  }
  return thresholds;
}

/// An option whose value is not its default; nullptr: there is none. A run that goes on with another's options has them all
/// given.
const char* changed_option(const TypedPhraseOptions& typed) {
  const PhraseOptions standard;
  if (typed.score != phrase_score_names[0]) return "score";
  if (!typed.thresholds.empty()) return "threshold";
  if (typed.passes != 0) return "passes";
  if (typed.chosen.min_count != standard.min_count) return "min-count";
  return typed.chosen.join != standard.join ? "join" : nullptr;
}

/// Lines, each with its end: what each pass found.
std::string summary_of(const Phrases& phrases) {
  std::string lines;
  for (std::size_t i = 0; i < phrases.passes.size(); ++i) {
    const PhrasePass& pass = phrases.passes[i];
    lines += fmt::format("pass {:<4} {} tokens, {} bigrams without rare words, {} of them distinct, {} phrases above {}\n", i + 1,
                         pass.tokens, pass.bigrams, pass.distinct, pass.phrases.size(), pass.threshold);
    if (pass.spilled != 0) {
      lines += fmt::format("disk      {} runs of bigrams did not fit into --memory; the counts are exact all the same\n",
                           pass.spilled);
    }
  }
  return lines;
}

}  // namespace

void declare_phrase_options(CommandLine& line, PhraseOptionNames names, TypedPhraseOptions* typed) {
  const auto name = [&](const char* option) { return name_of(names, option); };
  if (names == PhraseOptionNames::prefixed) {
    line.add()(
        "phrases", po::bool_switch(&typed->wanted),
        "joins frequent collocations first (new_york), as the command phrases does; reads the text two times more a pass, and "
        "copies standard input into a file without a name to do so");
  }
  line.add()(
      name("score").c_str(), po::value(&typed->score)->default_value(typed->score)->value_name("NAME"),
      "of two words side by side: word2phrase ((count - min-count) x tokens / the words' counts) or npmi (normalized pointwise "
      "mutual information, -1 to 1)")(
      name("threshold").c_str(), po::value(&typed->thresholds)->value_name("X[,X...]"),
      "joins what scores higher; one for all passes or one for each: more means fewer phrases (default 100, of npmi 0.5)")(
      name("passes").c_str(), po::value(&typed->passes)->value_name("N"),
      "1 to 20; each joins what the ones before it have joined, so that two make new_york_times (default as many as thresholds: "
      "1)")(name("min-count").c_str(),
            po::value(&typed->chosen.min_count)->default_value(typed->chosen.min_count)->value_name("N"),
            "leaves words that come fewer times alone, and is taken from the count of both together (word2phrase) or asked of it "
            "(npmi)")(name("join").c_str(), po::value(&typed->chosen.join)->default_value(typed->chosen.join)->value_name("TEXT"),
                      "what joined words have between them");
}

std::optional<PhraseOptions> checked_phrase_options(const CommandLine& line, PhraseOptionNames names,
                                                    const TypedPhraseOptions& typed) {
  const auto name = [&](const char* option) { return "--" + name_of(names, option); };
  if (names == PhraseOptionNames::prefixed && !typed.wanted) {
    if (const char* const option = changed_option(typed))
      throw UsageError(fmt::format("{} is given without --phrases; add that, or leave it out", name(option)));
    return std::nullopt;
  }
  PhraseOptions chosen = typed.chosen;
  chosen.score = static_cast<PhraseScore>(
      require_choice(name("score").c_str(), typed.score, {std::begin(phrase_score_names), std::end(phrase_score_names)}));
  const bool passes_given = line.given(name_of(names, "passes").c_str());
  if (passes_given) require_range(name("passes").c_str(), static_cast<double>(typed.passes), 1, most_passes);
  const bool thresholds_given = line.given(name_of(names, "threshold").c_str());
  chosen.thresholds = thresholds_given ? parse_thresholds(name("threshold"), typed.thresholds, chosen.score)
                                       : std::vector<double>{default_threshold(chosen.score)};
  const std::size_t given = chosen.thresholds.size();
  if (given == 1 && passes_given) chosen.thresholds.resize(typed.passes, chosen.thresholds[0]);
  if (given > most_passes || (passes_given && chosen.thresholds.size() != typed.passes)) {
    throw UsageError(fmt::format("{} has {} numbers for {} passes; give one for all, or one for each of at most {}",
                                 name("threshold"), given, passes_given ? typed.passes : given, most_passes));
  }
  if (std::ranges::any_of(chosen.join, Tokenizer::is_space) || (!chosen.join.empty() && !is_valid_word(chosen.join))) {
    throw UsageError(fmt::format("{} is '{}': wants UTF-8 without white space", name("join"), escaped(chosen.join)));
  }
  return chosen;
}

FoundPhrases find_phrases_told(CorpusOptions& corpus, const PhraseOptions& phrases, bool quiet) {
  FoundPhrases found;
  found.files = std::make_unique<SpooledFiles>(corpus.files, corpus.spill_folder);
  corpus.files = found.files->paths();
  ProgressLine progress(!quiet);
  found.phrases = find_phrases(corpus, phrases, shown_on(progress));
  progress.clear();
  if (!quiet) tell("{}", summary_of(found.phrases));
  corpus.phrases = std::make_shared<const PhraseTables>(found.phrases);
  return found;
}

}  // namespace word2vec
