#include "trainer/run_report.h"

#include <sys/resource.h>
#include <sys/utsname.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "corpus/page/page.h"
#include "trainer/run_page_js.h"

namespace word2vec {
namespace {

using Json = nlohmann::ordered_json;

Json corpus_json(const CorpusAccount& account) {
  return {{"files", account.files},
          {"bytes", account.bytes},
          {"file_bytes", account.file_bytes},
          {"byte_order_marks", account.byte_order_marks},
          {"sentences", account.sentences},
          {"tokens", account.tokens},
          {"tokens_in_vocabulary", account.tokens_in_vocabulary},
          {"longest_line_bytes", account.longest_line_bytes},
          {"longest_word_bytes", account.longest_word_bytes},
          {"longest_word_place", account.longest_word_place},
          {"invalid_sequences", account.text.invalid_sequences},
          {"doc_tag_lines", account.text.doc_tag_lines},
          {"xxh3_128", account.fingerprint}};
}

Json vocabulary_json(const RunReport& report) {
  const DroppedWords& dropped = report.corpus.dropped;
  return {{"size", report.vocabulary_size},
          {"min_count", report.min_count},
          {"dropped_words", dropped.words()},
          {"dropped_tokens", dropped.tokens()},
          {"dropped",
           {{"rare", {{"words", dropped.rare_words}, {"tokens", dropped.rare_tokens}}},
            {"cut", {{"words", dropped.cut_words}, {"tokens", dropped.cut_tokens}}},
            {"stopwords", {{"words", dropped.stop_words}, {"tokens", dropped.stop_tokens}}},
            {"invalid_utf8", {{"words", dropped.invalid_words}, {"tokens", dropped.invalid_tokens}}}}},
          {"xxh3_128", report.vocabulary_hash},
          {"words_xxh3_128", report.vectors.words_hash}};
}

Json vectors_json(const RunReport& report) {
  Json json = {{"dim", report.vectors.dim}, {"xxh3_128", report.vectors.vectors_hash}};
  if (!report.context_hash.empty()) json["context_xxh3_128"] = report.context_hash;
  return json;
}

Json options_json(const RunReport& report) {
  Json options = Json::object();
  for (const auto& [name, value] : report.options) options[name] = value;
  return options;
}

/// A file's name may be any bytes.
std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json phrases_json(const RunReport& report) {
  const Phrases& phrases = *report.phrases;
  Json passes = Json::array();
  for (const PhrasePass& pass : phrases.passes) {
    passes.push_back({{"threshold", pass.threshold},
                      {"tokens", pass.tokens},
                      {"bigrams", pass.bigrams},
                      {"distinct_bigrams", pass.distinct},
                      {"phrases", pass.phrases.size()}});
  }
  return {{"score", phrase_score_names[static_cast<std::size_t>(phrases.options.score)]},
          {"min_count", phrases.options.min_count},
          {"tokens", phrases.account.tokens},
          {"joined", phrases.account.tokens - report.corpus.tokens},
          {"passes", passes}};
}

Json epoch_json(const EpochResult& epoch) {
  Json json = {{"epoch", epoch.epoch}, {"tokens", epoch.tokens},   {"trained_tokens", epoch.trained_tokens},
               {"pairs", epoch.pairs}, {"seconds", epoch.seconds}, {"loss", epoch.loss}};
  json["validation_loss"] = epoch.validation_loss < 0 ? Json(nullptr) : Json(epoch.validation_loss);
  return json;
}

Json point_json(const RunPoint& point) {
  return {{"seconds", point.seconds},
          {"fraction", point.fraction},
          {"words_per_second", point.words_per_second},
          {"alpha", point.alpha},
          {"loss", point.loss}};
}

/// What the processor calls itself; where Linux does not say, its architecture.
std::string processor_name() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  utsname machine{};
  return uname(&machine) == 0 ? machine.machine : "";
}

}  // namespace

std::uint64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::string to_json(const RunReport& report) {
  Json epochs = Json::array();
  for (const EpochResult& epoch : report.epochs) epochs.push_back(epoch_json(epoch));
  Json curve = Json::array();
  for (const RunPoint& point : report.curve) curve.push_back(point_json(point));
  Json json = {{"version", report.version},
               {"options", options_json(report)},
               {"corpus", corpus_json(report.corpus)},
               {"vocabulary", vocabulary_json(report)},
               {"vectors", vectors_json(report)},
               {"epochs", epochs},
               {"curve", curve},
               {"timing",
                {{"vocabulary_seconds", report.vocabulary_seconds},
                 {"train_seconds", report.train_seconds},
                 {"write_seconds", report.write_seconds},
                 {"total_seconds", report.total_seconds},
                 {"words_per_second", report.words_per_second}}},
               {"peak_rss_bytes", peak_rss_bytes()},
               {"threads", report.threads},
               {"simd", report.simd},
               {"machine", {{"processor", processor_name()}, {"processors", std::thread::hardware_concurrency()}}}};
  if (report.phrases != nullptr) json["phrases"] = phrases_json(report);
  return text_of(json);
}

std::string to_meta(const RunReport& report) {
  return text_of({{"version", report.version},
                  {"seed", report.seed},
                  {"threads", report.threads},
                  {"simd", report.simd},
                  {"epochs", report.epochs.size()},
                  {"corpus", corpus_json(report.corpus)},
                  {"vocabulary", vocabulary_json(report)},
                  {"vectors", vectors_json(report)},
                  {"options", options_json(report)}});
}

std::string to_page(const RunReport& report) { return to_html({"Training run", run_page_js}, to_json(report)); }

}  // namespace word2vec
