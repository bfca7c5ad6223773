#include "corpus/text/ascii_segmenter.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "corpus/text/unicode_segmenter.h"

namespace word2vec {
namespace {

using namespace std::literals;

class AsciiSegmenterTest : public ::testing::Test {
 protected:
  void expect_same(const std::string& line) {
    ascii_.split(line, found_);
    unicode_.split(line, expected_);
    ASSERT_EQ(found_.size(), expected_.size()) << line;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      ASSERT_EQ(found_[i].begin, expected_[i].begin) << line;
      ASSERT_EQ(found_[i].end, expected_[i].end) << line;
      ASSERT_EQ(found_[i].starts_sentence, expected_[i].starts_sentence) << line << " at " << found_[i].begin;
      ASSERT_TRUE(found_[i].valid && expected_[i].valid);
    }
  }
  UnicodeSegmenter unicode_;
  AsciiSegmenter ascii_{unicode_};
  std::vector<Segment> found_, expected_;
};

TEST_F(AsciiSegmenterTest, FindsWhatIcuFindsInAllShortLines) {
  // One or two of each kind that the rules tell apart.
  const std::string kinds = "aB1_'.,:;\"?( \r-";
  for (std::size_t length = 0; length <= 4; ++length) {
    std::string line(length, kinds[0]);
    std::size_t lines = 1;
    for (std::size_t i = 0; i < length; ++i) lines *= kinds.size();
    for (std::size_t number = 0; number < lines; ++number) {
      std::size_t rest = number;
      for (char& c : line) c = kinds[rest % kinds.size()], rest /= kinds.size();
      expect_same(line);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_F(AsciiSegmenterTest, FindsWhatIcuFindsInRandomLines) {
  const std::string likely = "aaazzAZ0199__''..,,::;;!?\"()[]{} \t  \r\n\v\f-+*/@#$%&=<>";
  std::mt19937 random(3);
  for (int round = 0; round < 60000; ++round) {
    std::string line(random() % 40, ' ');
    for (char& c : line) c = round % 2 == 0 ? likely[random() % likely.size()] : static_cast<char>(1 + random() % 127);
    expect_same(line);
    if (HasFatalFailure()) return;
  }
}

TEST_F(AsciiSegmenterTest, TakesAsciiOnly) {
  for (const std::size_t size : {0U, 1U, 31U, 32U, 33U, 64U, 100U}) {
    std::string line(size, '\x7F');
    EXPECT_TRUE(AsciiSegmenter::takes(line));
    for (std::size_t i = 0; i < size; ++i) {
      for (const char c : "\x80\xFF"s + '\0') {
        line[i] = c;
        EXPECT_FALSE(AsciiSegmenter::takes(line)) << size << " " << i;
      }
      line[i] = '\x01';
      EXPECT_TRUE(AsciiSegmenter::takes(line));
    }
  }
}

}  // namespace
}  // namespace word2vec
