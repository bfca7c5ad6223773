// Runs of the program in a folder of their own, and signals to them.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX's
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "tests/trainer/generated_language.h"

namespace word2vec {

class Runs : public ::testing::Test {
 protected:
  void SetUp() override {
    // In memory where that can be: a disk that others use may take longer for a checkpoint than the run.
    std::string name = (access("/dev/shm", W_OK) == 0 ? "/dev/shm/" : ::testing::TempDir()) + "resume_XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ + "/corpus.txt") << testing::generated_language(6000);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string content(const std::string& name) const {
    std::ifstream file(folder_ + "/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  // "exec": the shell becomes the program, which then gets the signals.
  std::string line(const std::string& words) const {
    return "cd " + folder_ + " && exec " + WORD2VEC_PROGRAM + " " + words + " >out 2>err </dev/null";
  }
  int run(const std::string& words) const {
    const int status = std::system(line(words).c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  // Starts a run, sends the signal once `when` is there, and returns how it ended.
  int stop(const std::string& words, int signal, const std::string& when, int later_ms = 0) const {
    const std::string command = line(words);
    const pid_t child = fork();
    if (child == 0) {
      ::signal(signal, SIG_DFL);  // a shell's background job ignores SIGINT, and so would all that it starts
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      _exit(127);
    }
    while (!std::filesystem::exists(folder_ + "/" + when)) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::this_thread::sleep_for(std::chrono::milliseconds(later_ms));
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  static constexpr const char* options = "train corpus.txt --threads 1 --dim 48 --min-count 1 --sample 0 --negative 15 --epochs ";
  std::string folder_;
};

}  // namespace word2vec
