// Runs to JSON and back. Refuses to know files.
#include "trainer/checkpoint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <unordered_map>

#include "corpus/io/error.h"
#include "corpus/unicode.h"

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

std::string hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

/// A path may be any bytes, and JSON is UTF-8: what is not goes as {"hex": "..."}.
Json bytes_json(const std::string& bytes) {
  if (bytes.empty() || is_valid_word(bytes)) return bytes;
  std::string digits;
  for (const char byte : bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return {{"hex", digits}};
}

std::string parse_bytes(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  const std::string digits = json.at("hex").get<std::string>();
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

Json epoch_json(const EpochResult& epoch) {
  return {{"epoch", epoch.epoch},     {"tokens", epoch.tokens}, {"trained_tokens", epoch.trained_tokens},  {"pairs", epoch.pairs},
          {"seconds", epoch.seconds}, {"loss", epoch.loss},     {"validation_loss", epoch.validation_loss}};
}

EpochResult parse_epoch(const Json& json) {
  EpochResult epoch;
  json.at("epoch").get_to(epoch.epoch);
  json.at("tokens").get_to(epoch.tokens);
  json.at("trained_tokens").get_to(epoch.trained_tokens);
  json.at("pairs").get_to(epoch.pairs);
  json.at("seconds").get_to(epoch.seconds);
  json.at("loss").get_to(epoch.loss);
  json.at("validation_loss").get_to(epoch.validation_loss);
  return epoch;
}

}  // namespace

CorpusFingerprint fingerprint(const Vocabulary& vocabulary, std::uint64_t ids) {
  CorpusFingerprint print{vocabulary.size(), vocabulary.tokens(), 0};
  for (const std::string& word : vocabulary.words()) print.hash = XXH3_64bits_withSeed(word.data(), word.size(), print.hash);
  print.hash = XXH3_64bits_withSeed(vocabulary.counts().data(), vocabulary.counts().size() * sizeof(std::uint64_t), print.hash);
  print.hash = XXH3_64bits_withSeed(&ids, sizeof(ids), print.hash);
  return print;
}

std::uint64_t tokens_trained(const CheckpointRun& run) {
  std::uint64_t tokens = run.earlier_tokens + run.position.part.tokens;
  for (const EpochResult& epoch : run.position.epochs) tokens += epoch.tokens;
  return tokens;
}

std::string to_json(const CheckpointRun& run) {
  const TrainPosition& state = run.position;
  Json json = {{"version", run.version}, {"options", Json::object()}, {"corpus", Json::array()}};
  for (const auto& [name, value] : run.options) json["options"][name] = bytes_json(value);
  for (const std::string& file : run.corpus) json["corpus"].push_back(bytes_json(file));
  json["earlier_tokens"] = run.earlier_tokens;
  json["fingerprint"] = {
      {"words", run.fingerprint.words}, {"tokens", run.fingerprint.tokens}, {"hash", hex(run.fingerprint.hash)}};
  json["epochs"] = run.epochs;
  json["rate_from_epoch"] = run.rate_from_epoch;
  json["done"] = Json::array();
  for (const EpochResult& epoch : state.epochs) json["done"].push_back(epoch_json(epoch));
  json["part"] = epoch_json(state.part);
  json["next_piece"] = state.next_piece;
  json["seconds"] = state.seconds;
  return json.dump(2) + "\n";
}

CheckpointRun parse_checkpoint_run(const std::string& text, const std::string& path) try {
  const Json json = Json::parse(text);
  CheckpointRun run;
  json.at("version").get_to(run.version);
  for (const auto& [name, value] : json.at("options").items()) run.options.emplace_back(name, parse_bytes(value));
  for (const Json& file : json.at("corpus")) run.corpus.push_back(parse_bytes(file));
  run.earlier_tokens = json.value("earlier_tokens", std::uint64_t{0});
  const Json& print = json.at("fingerprint");
  print.at("words").get_to(run.fingerprint.words);
  print.at("tokens").get_to(run.fingerprint.tokens);
  run.fingerprint.hash = std::stoull(print.at("hash").get<std::string>(), nullptr, 16);
  json.at("epochs").get_to(run.epochs);
  json.at("rate_from_epoch").get_to(run.rate_from_epoch);
  for (const Json& epoch : json.at("done")) run.position.epochs.push_back(parse_epoch(epoch));
  run.position.part = parse_epoch(json.at("part"));
  json.at("next_piece").get_to(run.position.next_piece);
  json.at("seconds").get_to(run.position.seconds);
  if (run.position.epochs.size() > run.epochs || run.rate_from_epoch > run.epochs)
    throw std::out_of_range("more epochs than it has");
  return run;
} catch (const std::exception& error) {  // nlohmann's, or of a number
  throw Error(fmt::format("{}: the checkpoint's description of its run is not as expected ({}); use an earlier checkpoint", path,
                          error.what()));
}

TrainResult extend(const CheckpointContent& earlier, const Vocabulary& vocabulary, std::uint64_t seed) {
  std::unordered_map<std::string_view, std::size_t> rows;
  for (std::size_t row = 0; row < earlier.words.size(); ++row) rows.emplace(earlier.words[row], row);
  TrainResult run;
  run.input = Matrix(vocabulary.size(), earlier.input.columns());
  run.output = Matrix(vocabulary.size(), earlier.output.columns());
  run.input_sums.resize(earlier.input_sums.empty() ? 0 : vocabulary.size());
  run.output_sums.resize(run.input_sums.size());
  std::uint64_t next_fresh = earlier.words.size();  // numbers that no row had, however often a run is extended
  for (WordId id = 0; id < vocabulary.size(); ++id) {
    const auto found = rows.find(vocabulary.word(id));
    if (found == rows.end()) {
      set_initial_row(run.input.values(id), seed, next_fresh++);
      continue;
    }
    std::ranges::copy(earlier.input.values(found->second), run.input.values(id).begin());
    std::ranges::copy(earlier.output.values(found->second), run.output.values(id).begin());
    if (run.input_sums.empty()) continue;
    run.input_sums[id] = earlier.input_sums[found->second];
    run.output_sums[id] = earlier.output_sums[found->second];
  }
  return run;
}

}  // namespace word2vec
