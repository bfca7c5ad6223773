// Runs to JSON and back. Refuses to know files.
#include "trainer/checkpoint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <nlohmann/json.hpp>

#include "corpus/io/error.h"

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

std::string hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

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

std::string to_json(const CheckpointRun& run) {
  const TrainPosition& state = run.position;
  Json json = {{"version", run.version}, {"options", Json::object()}, {"corpus", run.corpus}};
  for (const auto& [name, value] : run.options) json["options"][name] = value;
  json["fingerprint"] = {
      {"words", run.fingerprint.words}, {"tokens", run.fingerprint.tokens}, {"hash", hex(run.fingerprint.hash)}};
  json["epochs"] = run.epochs;
  json["rate_from_epoch"] = run.rate_from_epoch;
  json["done"] = Json::array();
  for (const EpochResult& epoch : state.epochs) json["done"].push_back(epoch_json(epoch));
  json["part"] = epoch_json(state.part);
  json["next_piece"] = state.next_piece;
  json["seconds"] = state.seconds;
  // Paths may be any bytes; JSON is UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

CheckpointRun parse_checkpoint_run(const std::string& text, const std::string& path) try {
  const Json json = Json::parse(text);
  CheckpointRun run;
  json.at("version").get_to(run.version);
  for (const auto& [name, value] : json.at("options").items()) run.options.emplace_back(name, value.get<std::string>());
  json.at("corpus").get_to(run.corpus);
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
  return run;
} catch (const std::exception& error) {  // nlohmann's, or of a number
  throw Error(fmt::format("{}: the checkpoint's description of its run is not as expected ({}); use an earlier checkpoint", path,
                          error.what()));
}

}  // namespace word2vec
