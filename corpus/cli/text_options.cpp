// Names on the command line to choices.
#include "corpus/cli/text_options.h"

#include <iterator>
#include <string>

namespace po = boost::program_options;

namespace word2vec {
namespace {

/// An option whose value is one of `names`, in the order of `Choice`.
template <class Choice, std::size_t N>
auto* choice_of(const char* option, const char* const (&names)[N], Choice* choice) {
  return po::value<std::string>()
      ->default_value(names[static_cast<std::size_t>(*choice)])
      ->value_name("NAME")
      ->notifier([=, list = std::vector<std::string>(std::begin(names), std::end(names))](const std::string& value) {
        *choice = static_cast<Choice>(require_choice(option, value, list));
      });
}

}  // namespace

void declare_text_options(CommandLine& line, TextOptions* options) {
  line.add()("tokenize", choice_of("--tokenize", word_breaks_names, &options->breaks),
             "where words end: whitespace, or unicode (UAX #29, with dictionaries for Chinese, Japanese, Thai and their like; "
             "sentences end at line ends and within lines; punctuation is left out)")(
      "lowercase", po::bool_switch(&options->lowercase), "words in lower case, of any script")(
      "digits", choice_of("--digits", digits_names, &options->digits),
      "keep, zero (each digit is 0) or spell (42 is \"four two\")")(
      "normalize", choice_of("--normalize", normalization_names, &options->normalization),
      "Unicode normal form: none, nfc or nfkc")("skip-doc-tags", po::bool_switch(&options->skip_doc_tags),
                                                "leaves out the lines <doc ...> and </doc> of wiki extracts");
}

}  // namespace word2vec
