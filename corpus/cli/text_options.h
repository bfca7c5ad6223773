// The options of raw text, declared alike wherever text is read. Knows their names and help; no command of ours.
#pragma once

#include "corpus/cli/command_line.h"
#include "corpus/text/text_options.h"

namespace word2vec {

/// Declares --tokenize, --lowercase, --digits, --normalize and --skip-doc-tags on `line`, whose parse() sets `*options`, which
/// must outlive it, and throws UsageError for a value that is none of an option's names.
void declare_text_options(CommandLine& line, TextOptions* options);

}  // namespace word2vec
