#!/bin/sh
# Builds one CMake preset: sh scripts/build.sh [release|debug|asan-ubsan|tsan]
set -eu
cd "$(dirname "$0")/.."
preset=${1:-release}
cmake --preset "$preset" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null
cmake --build --preset "$preset" -j "$(nproc 2>/dev/null || echo 2)"
