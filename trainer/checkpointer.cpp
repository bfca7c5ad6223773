#include "trainer/checkpointer.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "corpus/io/error.h"
#include "corpus/io/output_file.h"
#include "trainer/embeddings/checkpoint_file.h"

namespace word2vec {
namespace {

void refuse_divergence(const Matrix& rows, const std::string& path) {
  const std::size_t bad = first_row_not_finite(rows);
  if (bad == rows.rows()) return;
  throw Error(
      fmt::format("training diverged: row {} is not finite; {} is left as it was, take it up with a lower --alpha", bad, path));
}

Matrix copy_of(const Matrix& from) {
  Matrix to(from.rows(), from.columns());
  for (std::size_t row = 0; row < from.rows(); ++row) std::ranges::copy(from.values(row), to.values(row).begin());
  return to;
}

}  // namespace

Checkpointer::Checkpointer(std::string path, double every, CheckpointRun run, const Vocabulary& vocabulary)
    : path_(std::move(path)), every_(every), run_(std::move(run)), vocabulary_(vocabulary) {
  const OutputFile trial(path_);
  next_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(every_);
}

Checkpointer::~Checkpointer() {
  if (thread_.joinable()) thread_.join();
}

void Checkpointer::save(const TrainResult& state) {
  if (thread_.joinable()) thread_.join();
  refuse_divergence(state.input, path_);
  refuse_divergence(state.output, path_);
  next_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(every_);
  failure_ = nullptr;
  try {
    auto copy = std::make_unique<TrainResult>();
    copy->input = copy_of(state.input);
    copy->output = copy_of(state.output);
    copy->input_sums = state.input_sums;
    copy->output_sums = state.output_sums;
    run_.position = state;
    writing_ = true;
    thread_ = std::thread([this, copy = std::move(copy)] { write(*copy); });
  } catch (...) {
    failure_ = std::current_exception();
    writing_ = false;
  }
}

void Checkpointer::write(const TrainResult& copy) {
  try {
    OutputFile file(path_);
    write_checkpoint(file, to_json(run_), vocabulary_.words(), vocabulary_.counts(), copy.input, copy.output, copy.input_sums,
                     copy.output_sums);
    file.commit();
  } catch (...) {
    failure_ = std::current_exception();
  }
  writing_ = false;
}

void Checkpointer::finish() {
  if (thread_.joinable()) thread_.join();
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace word2vec
