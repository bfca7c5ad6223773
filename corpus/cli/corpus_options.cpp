#include "corpus/cli/corpus_options.h"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <limits>

#include "corpus/io/error.h"

namespace po = boost::program_options;

namespace word2vec {
namespace {

constexpr std::uint64_t least_memory = std::uint64_t{1} << 20;

}  // namespace

void declare_counting_options(CommandLine& line, CorpusOptions* options) {
  line.add()("threads", po::value(&options->threads)->value_name("N")->notifier([options](std::uint32_t threads) {
    require_range("--threads", threads, 1, 1024);
    options->threads = threads;  // a lambda without a capture makes g++ 12 warn inside Boost
  }),
             "1 to 1024 (default all cores)")(
      "memory",
      po::value<std::string>()
          ->default_value(fmt::format("{}G", options->memory_bytes >> 30))
          ->value_name("SIZE")
          ->notifier([options](const std::string& size) { options->memory_bytes = parse_size("--memory", size); }),
      "for word ids and the counting of words together, such as 512M or 4G (1M or more); what it does not hold is in files "
      "without a name, which vanish with the run. Counting takes 64 to 128 bytes for each different word; one of 16 MiB is an "
      "error");
}

void declare_cache_option(CommandLine& line, CorpusOptions* options) {
  const std::vector<std::string> names(std::begin(id_cache_names), std::end(id_cache_names));
  line.add()(
      "cache", po::value<std::string>()->default_value(names[0])->value_name("NAME")->notifier([=](const std::string& name) {
        options->cache = static_cast<IdCache>(require_choice("--cache", name, names));
      }),
      "where the word ids are during training: memory or file (beside the output), 4 bytes a token; auto (memory as far as "
      "--memory goes, else file); or none: the text is read again in each epoch, and once before the first, which takes some MB "
      "a thread and no disk");
}

std::uint64_t parse_size(const char* option, std::string_view text) {
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(stop, static_cast<std::size_t>(text.data() + text.size() - stop));
  static constexpr std::string_view units = "KMGT";
  const std::size_t which = unit.size() == 1 ? units.find(unit[0]) : std::string_view::npos;
  const unsigned shift = which == std::string_view::npos ? 0 : 10 * (static_cast<unsigned>(which) + 1);
  const bool well_formed = error == std::errc() && (unit.empty() || shift != 0);
  if (!well_formed || number > std::numeric_limits<std::uint64_t>::max() >> shift || number << shift < least_memory) {
    throw UsageError(
        fmt::format("{} is {}: wants a size of at least 1M, such as 512M or 4G", option, text.empty() ? "''" : text));
  }
  return number << shift;
}

}  // namespace word2vec
