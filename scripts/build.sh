#!/bin/sh
# Builds one CMake preset, all of it or one target: sh scripts/build.sh [release|debug|asan-ubsan|tsan] [TARGET]
set -eu
cd "$(dirname "$0")/.."
preset=${1:-release}
cmake --preset "$preset" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
cmake --build --preset "$preset" -j "$(nproc 2>/dev/null || echo 2)" ${2:+--target "$2"}
