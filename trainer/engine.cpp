#include "trainer/engine.h"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>

#include "corpus/io/error.h"
#include "corpus/parallel.h"
#include "trainer/hot_words.h"
#include "trainer/models.h"
#include "trainer/schedule.h"
#include "trainer/summed_rows.h"

namespace word2vec {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr auto report_every = std::chrono::milliseconds(100);
constexpr std::uint64_t initial_stream = 3;  // beside the purposes of piece.cpp

/// Each row from its own stream, so that they are the same at any number of threads. Output rows were zero already, but now their
/// pages are placed, here by all threads and not in the midst of training.
void initialise(Matrix& input, Matrix& output, const TrainOptions& options) {
  std::atomic<bool> failed{false};
  std::atomic<std::size_t> next_row{0};
  constexpr std::size_t rows_at_once = 1024;
  run_threads(options.threads, failed, [&](std::uint32_t) {
    for (std::size_t first = next_row.fetch_add(rows_at_once); first < input.rows(); first = next_row.fetch_add(rows_at_once)) {
      for (std::size_t row = first; row < std::min(first + rows_at_once, input.rows()); ++row) {
        set_initial_row(input.values(row), options.seed, row);
        std::ranges::fill(output.values(row), 0.0F);
      }
    }
  });
}

/// What all threads of an epoch add to; everything else of a thread is its own.
struct SharedCounts {
  std::atomic<std::uint64_t> pieces, tokens, trained_tokens, pairs;
  std::atomic<double> loss;
  std::atomic<bool> failed{false}, resting{false};

  explicit SharedCounts(const TrainPosition& at)
      : pieces(at.next_piece),
        tokens(at.part.tokens),
        trained_tokens(at.part.trained_tokens),
        pairs(at.part.pairs),
        loss(at.part.loss * static_cast<double>(at.part.pairs)) {}
  double mean_loss() const { return pairs == 0 ? 0 : loss / static_cast<double>(pairs); }
};

/// One run's parts that stay the same from epoch to epoch.
class Engine {
 public:
  Engine(const Vocabulary& vocabulary, IdSource& ids, const TrainOptions& options, TrainHooks hooks,
         std::uint64_t first_place = 0)
      : options_(options),
        ids_(ids),
        subsampler_(vocabulary.counts(), options.sample),
        noise_(noise_table(vocabulary.counts())),
        maker_(subsampler_, noise_, options),
        // The last id ends a sentence, so the last token is at the place before.
        schedule_(options.alpha, options.min_alpha,
                  std::max<std::uint64_t>(ids.size() * (options.epochs - options.rate_from_epoch), 2) - 1),
        hooks_(std::move(hooks)),
        start_(Clock::now()),
        first_place_(first_place) {}

  /// Trains the pieces from `at.next_piece` on, to the epoch's end or until a rest is wanted. False: to the end.
  bool run_epoch(TrainPosition& at, Rows<float> input, Rows<float> output) {
    SharedCounts counts(at);
    const auto epoch = static_cast<std::uint32_t>(at.epochs.size());
    const Clock::time_point epoch_start = Clock::now();
    ids_.start(epoch, at.next_piece, maker_.reach(epoch));
    before_ = {.seconds = at.seconds, .words = 0, .at = epoch_start};
    for (const EpochResult& past : at.epochs) before_.words += past.tokens;
    const std::uint32_t exchange_after = HotWords::exchange_after(options_.threads, options_.model);
    SharedWords shared(input, output, exchange_after == 0 ? 0 : SharedWords::count_for(noise_.size(), input.stride));
    run_threads(options_.threads, counts.failed, [&](std::uint32_t thread) {
      HotWords hot(shared, exchange_after);
      work(epoch, thread, hot, counts);
      hot.exchange_all();
    });
    at.next_piece = counts.pieces;
    at.part = {.epoch = epoch + 1,
               .tokens = counts.tokens,
               .trained_tokens = counts.trained_tokens,
               .pairs = counts.pairs,
               .seconds = at.part.seconds + seconds_since(epoch_start),
               .loss = counts.mean_loss()};
    return at.next_piece < ids_.pieces();
  }

 private:
  void work(std::uint32_t epoch, std::uint32_t thread, HotWords& hot, SharedCounts& counts) {
    IdPiece ids;
    Piece piece;
    StepMemory memory;
    Clock::time_point next_report = Clock::now();  // the first piece is reported, however short the epoch
    while (!counts.failed && !counts.resting && ids_.next(ids)) {
      maker_.make(ids, epoch, piece);
      const std::uint64_t place = epoch * ids_.size() + ids.begin;
      const PieceResult result = train(piece, hot, {rate_at(place), schedule_.slope()}, memory);
      if (!std::isfinite(result.loss)) refuse_divergence(epoch, ids.number, place);
      ++counts.pieces;
      counts.tokens += piece.tokens;
      counts.trained_tokens += piece.kept;
      counts.pairs += result.pairs;
      counts.loss += result.loss;
      if (thread != 0) continue;
      if (hooks_.progress && Clock::now() >= next_report) {
        next_report = Clock::now() + report_every;
        report(epoch, place, counts);
      }
      if (hooks_.wants_rest && hooks_.wants_rest()) counts.resting = true;
    }
  }

  /// `place` among all epochs' ids laid end to end.
  double rate_at(std::uint64_t place) const { return schedule_.at(place - options_.rate_from_epoch * ids_.size()); }

  [[noreturn]] void refuse_divergence(std::uint32_t epoch, std::uint64_t piece, std::uint64_t place) const {
    throw Error(fmt::format(
        "training diverged: the loss is not a number in epoch {}, {:.1f} % through it, at alpha {:.4g} (first "
        "alpha {:.4g}); give a lower --alpha",
        epoch + 1, 100 * static_cast<double>(piece) / static_cast<double>(ids_.pieces()), rate_at(place), options_.alpha));
  }

  PieceResult train(const Piece& piece, HotWords& hot, PieceRate rate, StepMemory& memory) const {
    // Between looks at which words' rows are to be exchanged, if any are.
    const std::size_t centres = hot.any() ? std::size_t{16} * TrainOptions::block_centres : piece.centres.size();
    PieceResult result;
    for (Stretch part{0, 0}; part.first < piece.centres.size(); part.first = part.last) {
      part.last = std::min(part.first + centres, piece.centres.size());
      const PieceResult trained = train_piece(piece, part, options_, hot.input(), hot.output(), rate, memory);
      result.loss += trained.loss;
      result.pairs += trained.pairs;
      if (!hot.any()) continue;
      for (std::size_t i = part.first; i < part.last; ++i) hot.trained(piece.words[piece.centres[i].index]);
      hot.exchange_due();
    }
    return result;
  }

  /// `place`: where the piece that was just trained begins.
  void report(std::uint32_t epoch, std::uint64_t place, const SharedCounts& counts) const {
    const std::uint64_t epoch_start = epoch * ids_.size();
    const std::uint64_t done = std::min(place + IdPiece::most_ids, epoch_start + ids_.size());
    const double all = static_cast<double>(ids_.size() * options_.epochs), elapsed = seconds_since(start_);
    const double tokens_per_id = static_cast<double>(counts.tokens) / static_cast<double>(done - epoch_start);
    TrainProgress now{};
    now.fraction = static_cast<double>(done) / all;
    now.epoch = epoch + 1;
    now.seconds = before_.seconds + seconds_since(before_.at);
    now.words = before_.words + counts.tokens;
    now.pairs = counts.pairs;
    now.words_per_second = static_cast<double>(done - first_place_) * std::min(tokens_per_id, 1.0) / elapsed;
    now.alpha = rate_at(place);
    now.loss = counts.mean_loss();
    now.seconds_left = elapsed * (all - static_cast<double>(done)) / static_cast<double>(done - first_place_);
    hooks_.progress(now);
  }

  TrainOptions options_;
  IdSource& ids_;
  Subsampler subsampler_;
  AliasTable noise_;
  PieceMaker maker_;
  Schedule schedule_;
  TrainHooks hooks_;  // copies: those given may be temporaries
  Clock::time_point start_;
  std::uint64_t first_place_;  // where this run began, in all epochs' ids laid end to end
  struct {
    double seconds;       // of training, before the threads began their work in hand
    std::uint64_t words;  // of the epochs before this one
    Clock::time_point at;
  } before_{};
};

/// Held-out text, and its mean loss at the model as it stands: a step of rate zero moves nothing. The same draws every epoch.
class HeldOut {
 public:
  HeldOut(const Vocabulary& vocabulary, std::span<const WordId> ids, TrainOptions options)
      : ids_(ids), engine_(vocabulary, ids_, without_learning(options), {}) {}

  double loss(Rows<float> input, Rows<float> output) {
    input.places[0].sum = output.places[0].sum = nullptr;  // which a step of rate zero would add to
    TrainPosition at;
    engine_.run_epoch(at, input, output);
    return at.part.loss;
  }

 private:
  static TrainOptions without_learning(TrainOptions options) {
    options.alpha = options.min_alpha = 0;
    options.rate_from_epoch = 0;
    return options;
  }
  CachedIds ids_;
  Engine engine_;
};

TrainResult first_state(std::size_t words, const TrainOptions& options) {
  TrainResult run;
  run.input = Matrix(words, options.dim);
  run.output = Matrix(words, options.dim);
  initialise(run.input, run.output, options);
  return run;
}

}  // namespace

void set_initial_row(std::span<float> row, std::uint64_t seed, std::uint64_t number) {
  Random random(stream_key(seed, initial_stream, number));
  for (float& value : row) value = static_cast<float>((random.uniform() - 0.5) / static_cast<double>(row.size()));
}

double TrainResult::words_per_second() const {
  std::uint64_t tokens = part.tokens;
  for (const EpochResult& epoch : epochs) tokens += epoch.tokens;
  return static_cast<double>(tokens) / std::max(seconds, 1e-9);
}

TrainOptions resolve(const TrainOptions& asked, std::uint64_t ids) {
  TrainOptions options = asked;
  if (options.threads == 0) options.threads = static_cast<std::uint32_t>(omp_get_num_procs());
  if (options.sharing == NegativeSharing::block && options.block_negatives() > TrainOptions::most_block_negatives) {
    options.sharing = NegativeSharing::window;
  }
  if (options.row_rates == RowRateChoice::on && !options.row_rates_fit())
    throw Error("rates of the rows' own are for Skip-gram with negatives shared by window or not at all: leave them out");
  const std::uint64_t all = ids * options.epochs + options.earlier_tokens;
  if (options.row_rates == RowRateChoice::automatic)
    options.row_rates = options.alpha <= 0 && automatic_row_rates(options, all) ? RowRateChoice::on : RowRateChoice::off;
  if (options.alpha <= 0) {
    // What follows the end of a run begins at the rate at which a run planned for all of it would stand there: a higher one costs
    // more of what was learnt than it adds. Little new text after much wants some rate all the same.
    const std::uint64_t before = ids * options.rate_from_epoch + options.earlier_tokens;
    constexpr double least_left = 0.1;
    const double left =
        std::max(1 - static_cast<double>(before) / static_cast<double>(all), options.earlier_tokens > 0 ? least_left : 0);
    options.alpha = automatic_alpha(options, all) * left;
  }
  if (options.min_alpha < 0) options.min_alpha = options.alpha * 1e-4;
  return options;
}

TrainResult train(const Vocabulary& vocabulary, std::span<const WordId> ids, std::span<const WordId> validation,
                  const TrainOptions& options, const TrainHooks& hooks, TrainResult from) {
  CachedIds source(ids);
  return train(vocabulary, source, validation, options, hooks, std::move(from));
}

TrainResult train(const Vocabulary& vocabulary, IdSource& ids, std::span<const WordId> validation, const TrainOptions& asked,
                  const TrainHooks& hooks, TrainResult run) {
  const TrainOptions options = resolve(asked, ids.size());
  if (vocabulary.size() < 2)
    throw Error("the vocabulary has one word, and negative sampling needs another: give more text or a lower --min-count");
  if (run.input.rows() == 0) run = first_state(vocabulary.size(), options);
  Engine engine(vocabulary, ids, options, hooks, run.epochs.size() * ids.size() + run.next_piece * IdPiece::most_ids);
  HeldOut held_out(vocabulary, validation, options);
  const bool row_rates = options.row_rates == RowRateChoice::on;
  for (std::vector<float>* sums : {&run.input_sums, &run.output_sums}) sums->resize(row_rates ? vocabulary.size() : 0);
  SummedRows input(run.input, row_rates), output(run.output, row_rates);
  while (run.epochs.size() < options.epochs) {
    const double before = run.part.seconds;
    input.put(run.input_sums);
    output.put(run.output_sums);
    const bool resting = engine.run_epoch(run, input.rows(), output.rows());
    input.take(run.input_sums);
    output.take(run.output_sums);
    run.seconds += run.part.seconds - before;
    if (!resting) {
      if (!validation.empty()) run.part.validation_loss = held_out.loss(input.rows(), output.rows());
      run.epochs.push_back(run.part);
      run.part = {};
      run.next_piece = 0;
    }
    if (hooks.at_rest && !hooks.at_rest(run)) break;
  }
  return run;
}

}  // namespace word2vec
