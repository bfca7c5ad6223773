#include "corpus/io/error.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace word2vec {
namespace {

TEST(SystemMessage, IsTheSystemsOwn) { EXPECT_EQ(system_message(ENOENT), "No such file or directory"); }

}  // namespace
}  // namespace word2vec
