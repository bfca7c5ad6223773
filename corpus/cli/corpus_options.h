// The options of the vocabulary pass, declared alike wherever a corpus is read. Knows their names and help; no command of ours.
#pragma once

#include <cstdint>
#include <string_view>

#include "corpus/cli/command_line.h"
#include "corpus/corpus.h"

namespace word2vec {

/// Declares --threads and --memory on `line`, whose parse() sets `*options`, which must outlive it, and
/// throws UsageError for a value that is out of range.
void declare_counting_options(CommandLine& line, CorpusOptions* options);
/// Declares --cache, for those who keep the ids.
void declare_cache_option(CommandLine& line, CorpusOptions* options);

/// "512M" -> bytes: a whole number of K, M, G or T (powers of 1024), or of bytes. Throws UsageError that names `option`.
std::uint64_t parse_size(const char* option, std::string_view text);

}  // namespace word2vec
