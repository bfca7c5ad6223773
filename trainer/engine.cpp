#include "trainer/engine.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "corpus/io/error.h"
#include "trainer/hot_words.h"
#include "trainer/models.h"
#include "trainer/parallel.h"
#include "trainer/schedule.h"

namespace word2vec {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr auto report_every = std::chrono::milliseconds(100);
constexpr std::uint64_t initial_stream = 3;  // beside the purposes of piece.cpp

/// Input rows uniform in +-0.5/dim, each from its own stream, so that they are the same at any number of threads.
void initialise(Matrix& input, const TrainOptions& options) {
  std::atomic<bool> failed{false};
  std::atomic<std::size_t> next_row{0};
  constexpr std::size_t rows_at_once = 1024;
  run_threads(options.threads, failed, [&](std::uint32_t) {
    for (std::size_t first = next_row.fetch_add(rows_at_once); first < input.rows(); first = next_row.fetch_add(rows_at_once)) {
      for (std::size_t row = first; row < std::min(first + rows_at_once, input.rows()); ++row) {
        Random random(stream_key(options.seed, initial_stream, row));
        for (float& value : input.values(row)) value = static_cast<float>((random.uniform() - 0.5) / options.dim);
      }
    }
  });
}

/// What all threads of an epoch add to; everything else of a thread is its own.
struct SharedCounts {
  std::atomic<std::size_t> next_piece{0};
  std::atomic<std::uint64_t> tokens{0}, trained_tokens{0}, pairs{0};
  std::atomic<double> loss{0};
  std::atomic<bool> failed{false};
};

/// One run's parts that stay the same from epoch to epoch.
class Engine {
 public:
  Engine(const Vocabulary& vocabulary, std::span<const WordId> ids, const TrainOptions& options,
         const std::function<void(const TrainProgress&)>& progress)
      : options_(options),
        ids_(ids),
        subsampler_(vocabulary.counts(), options.sample),
        noise_(noise_table(vocabulary.counts())),
        maker_(ids, subsampler_, noise_, options),
        // The last id ends a sentence, so the last token is at the place before.
        schedule_(options.alpha, options.min_alpha, std::max<std::uint64_t>(ids.size() * options.epochs, 2) - 1),
        progress_(progress),
        start_(Clock::now()) {}

  EpochResult run_epoch(std::uint32_t epoch, Rows<float> input, Rows<float> output) {
    SharedCounts counts;
    const Clock::time_point epoch_start = Clock::now();
    const std::uint32_t exchange_after = HotWords::exchange_after(options_.threads);
    SharedWords shared(input, output, exchange_after == 0 ? 0 : SharedWords::count_for(noise_.size(), input.stride));
    run_threads(options_.threads, counts.failed, [&](std::uint32_t thread) {
      HotWords hot(shared, exchange_after);
      work(epoch, thread, hot, counts);
      hot.exchange_all();
    });
    EpochResult result;
    result.epoch = epoch + 1;
    result.tokens = counts.tokens;
    result.trained_tokens = counts.trained_tokens;
    result.pairs = counts.pairs;
    result.seconds = seconds_since(epoch_start);
    result.loss = counts.pairs == 0 ? 0 : counts.loss / static_cast<double>(counts.pairs);
    return result;
  }

 private:
  void work(std::uint32_t epoch, std::uint32_t thread, HotWords& hot, SharedCounts& counts) {
    Piece piece;
    Clock::time_point next_report = Clock::now();  // the first piece is reported, however short the epoch
    for (std::size_t index; !counts.failed && (index = counts.next_piece.fetch_add(1)) < maker_.pieces();) {
      maker_.make(index, epoch, piece);
      const std::uint64_t place = epoch * ids_.size() + index * PieceMaker::piece_ids;
      const PieceResult result = train(piece, hot, {schedule_.at(place), schedule_.slope()});
      counts.tokens += piece.tokens;
      counts.trained_tokens += piece.kept;
      counts.pairs += result.pairs;
      counts.loss += result.loss;
      if (thread == 0 && progress_ && Clock::now() >= next_report) {
        next_report = Clock::now() + report_every;
        report(epoch, place, counts);
      }
    }
  }

  PieceResult train(const Piece& piece, HotWords& hot, PieceRate rate) const {
    constexpr std::size_t centres =
        std::size_t{16} * TrainOptions::block_centres;  // between looks at which words' rows are to be exchanged
    PieceResult result;
    for (Stretch part{0, 0}; part.first < piece.centres.size(); part.first = part.last) {
      part.last = std::min(part.first + centres, piece.centres.size());
      const PieceResult trained = train_piece(piece, part, options_, hot.input(), hot.output(), rate);
      result.loss += trained.loss;
      result.pairs += trained.pairs;
      for (std::size_t i = part.first; i < part.last; ++i) hot.trained(piece.words[piece.centres[i].index]);
    }
    return result;
  }

  /// `place`: where the piece that was just trained begins.
  void report(std::uint32_t epoch, std::uint64_t place, const SharedCounts& counts) const {
    const std::uint64_t epoch_start = epoch * ids_.size();
    const std::uint64_t done = std::min(place + PieceMaker::piece_ids, epoch_start + ids_.size());
    TrainProgress now{};
    now.fraction = static_cast<double>(done) / static_cast<double>(ids_.size() * options_.epochs);
    const double elapsed = seconds_since(start_);
    const double tokens_per_id = static_cast<double>(counts.tokens) / static_cast<double>(done - epoch_start);
    now.words_per_second = static_cast<double>(done) * std::min(tokens_per_id, 1.0) / elapsed;
    now.alpha = schedule_.at(place);
    now.loss = counts.pairs == 0 ? 0 : counts.loss / static_cast<double>(counts.pairs);
    now.seconds_left = elapsed / now.fraction - elapsed;
    progress_(now);
  }

  TrainOptions options_;
  std::span<const WordId> ids_;
  Subsampler subsampler_;
  AliasTable noise_;
  PieceMaker maker_;
  Schedule schedule_;
  std::function<void(const TrainProgress&)> progress_;  // a copy: the one given may be a temporary
  Clock::time_point start_;
};

/// The mean loss over held-out text at the model as it stands: a step of rate zero moves nothing. The same draws every epoch.
double validation_loss(Engine& held_out, Rows<float> input, Rows<float> output) {
  return held_out.run_epoch(0, input, output).loss;
}

}  // namespace

TrainOptions resolve(const TrainOptions& asked, std::uint64_t ids) {
  TrainOptions options = asked;
  if (options.threads == 0) options.threads = static_cast<std::uint32_t>(omp_get_num_procs());
  if (options.alpha <= 0) options.alpha = automatic_alpha(options.model, ids * options.epochs);
  if (options.sharing == NegativeSharing::block && options.block_negatives() > TrainOptions::most_block_negatives) {
    options.sharing = NegativeSharing::window;
  }
  if (options.min_alpha < 0) options.min_alpha = options.alpha * 1e-4;
  return options;
}

TrainResult train(const Vocabulary& vocabulary, std::span<const WordId> ids, std::span<const WordId> validation,
                  const TrainOptions& asked, const std::function<void(const TrainProgress&)>& progress) {
  const TrainOptions options = resolve(asked, ids.size());
  if (vocabulary.size() < 2)
    throw Error("the vocabulary has one word, and negative sampling needs another: give more text or a lower --min-count");
  TrainResult result;
  result.input = Matrix(vocabulary.size(), options.dim);
  result.output = Matrix(vocabulary.size(), options.dim);
  initialise(result.input, options);
  const Rows<float> input{result.input.row(0), result.input.stride(), options.dim},
      output{result.output.row(0), result.output.stride(), options.dim};

  Engine engine(vocabulary, ids, options, progress);
  TrainOptions still = options;
  still.alpha = still.min_alpha = 0;
  Engine held_out(vocabulary, validation, still, {});
  std::uint64_t tokens = 0;
  for (std::uint32_t epoch = 0; epoch < options.epochs; ++epoch) {
    result.epochs.push_back(engine.run_epoch(epoch, input, output));
    tokens += result.epochs.back().tokens;
    result.seconds += result.epochs.back().seconds;
    if (!validation.empty()) result.epochs.back().validation_loss = validation_loss(held_out, input, output);
  }
  result.words_per_second = static_cast<double>(tokens) / std::max(result.seconds, 1e-9);
  return result;
}

}  // namespace word2vec
