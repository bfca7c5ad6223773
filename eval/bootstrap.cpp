// Ranks of a drawing without sorting it. Knows numbers only.
#include "eval/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace word2vec {
namespace {

/// A list's order, made once. A drawing takes each of its members some times, and walks along.
class Order {
 public:
  explicit Order(std::span<const double> values) : places_(values.size()), last_of_equal_(values.size()) {
    std::iota(places_.begin(), places_.end(), std::size_t{0});
    std::sort(places_.begin(), places_.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    for (std::size_t i = 0; i < places_.size(); ++i) {
      last_of_equal_[i] = i + 1 == places_.size() || values[places_[i]] != values[places_[i + 1]];
    }
  }

  /// Into ranks[i]: the rank of member i, shared among equals, in the drawing that has it times[i] times, less the mean rank.
  void write_ranks(const std::vector<std::size_t>& times, std::vector<double>& ranks) const {
    const double mean = (static_cast<double>(places_.size()) + 1) / 2;
    std::size_t before = 0, equal = 0, begin = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      equal += times[places_[i]];
      if (!last_of_equal_[i]) continue;
      const double rank = static_cast<double>(before) + (static_cast<double>(equal) + 1) / 2 - mean;
      for (; begin <= i; ++begin) ranks[places_[begin]] = rank;
      before += equal;
      equal = 0;
    }
  }

 private:
  std::vector<std::size_t> places_;  // ascending by value
  std::vector<char> last_of_equal_;
};

double correlation(const std::vector<std::size_t>& times, const std::vector<double>& left, const std::vector<double>& right) {
  double products = 0, left_squares = 0, right_squares = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto weight = static_cast<double>(times[i]);
    products += weight * left[i] * right[i];
    left_squares += weight * left[i] * left[i];
    right_squares += weight * right[i] * right[i];
  }
  const double scale = std::sqrt(left_squares) * std::sqrt(right_squares);
  return scale > 0 ? products / scale : std::numeric_limits<double>::quiet_NaN();
}

/// times[i]: how often drawing `number` has member i.
void draw(std::size_t number, std::vector<std::size_t>& times) {
  std::fill(times.begin(), times.end(), std::size_t{0});
  std::mt19937_64 random(number + 1);
  for (std::size_t i = 0; i < times.size(); ++i) ++times[(random() >> 32) * times.size() >> 32];
}

}  // namespace

std::vector<std::vector<double>> bootstrap_spearman(std::span<const double> human,
                                                    const std::vector<std::vector<double>>& models) {
  const Order human_order(human);
  std::vector<Order> orders(models.begin(), models.end());
  std::vector<std::vector<double>> rhos(models.size(), std::vector<double>(bootstrap_drawings));
#pragma omp parallel
  {
    std::vector<std::size_t> times(human.size());
    std::vector<double> human_ranks(human.size()), ranks(human.size());
#pragma omp for schedule(dynamic, 64)
    for (std::size_t i = 0; i < bootstrap_drawings; ++i) {
      draw(i, times);
      human_order.write_ranks(times, human_ranks);
      for (std::size_t m = 0; m < models.size(); ++m) {
        orders[m].write_ranks(times, ranks);
        rhos[m][i] = correlation(times, human_ranks, ranks);
      }
    }
  }
  return rhos;
}

std::optional<BootstrapDifference> bootstrap_difference(std::span<const double> first, std::span<const double> second) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double difference = second[i] - first[i];
    if (!std::isnan(difference)) differences.push_back(difference);
  }
  if (2 * differences.size() <= first.size()) return std::nullopt;
  std::sort(differences.begin(), differences.end());
  const auto count = static_cast<double>(differences.size());
  const auto at = [&](double share) { return differences[static_cast<std::size_t>(std::lround(share * (count - 1)))]; };
  const auto [below, above] = std::equal_range(differences.begin(), differences.end(), 0.0);
  const auto rarer = std::min(above - differences.begin(), differences.end() - below);
  return BootstrapDifference{{at(0.025), at(0.975)}, std::min(1.0, 2 * static_cast<double>(rarer + 1) / (count + 1))};
}

}  // namespace word2vec
