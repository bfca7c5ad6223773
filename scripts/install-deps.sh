#!/bin/sh
# Installs what building and testing need, on Debian or Ubuntu; with all of it there, does nothing and needs no root.
# sh scripts/install-deps.sh [--demo] [--ci]    --demo: the demo's texts too; --ci: linters, benchmarks and peers too
set -eu

packages="g++ cmake make libboost-program-options-dev libfmt-dev nlohmann-json3-dev libicu-dev libgtest-dev python3-minimal"
for option in "$@"; do
  case $option in
    --demo) packages="$packages python3 dict-gcide wordnet-base dict-foldoc bible-kjv-text" ;;
    --ci) packages="$packages git clang-format clang-tidy libbenchmark-dev python3-gensim fasttext" ;;
    *) echo "install-deps.sh: there is no option $option; --demo and --ci are" >&2; exit 2 ;;
  esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  cat >&2 <<'LIST'
This is neither Debian nor Ubuntu. Install these with your system's packages:
  a C++20 compiler (GCC 11 or later) with OpenMP, CMake 3.22 or later, make, Python 3
  Boost.ProgramOptions, fmt, nlohmann-json, ICU (uc), GoogleTest: each with its headers
then `make` builds, and `make test` tests.
LIST
  command -v cmake >/dev/null && { command -v c++ >/dev/null || command -v g++ >/dev/null; } && exit 0
  exit 1
fi

missing=
for package in $packages; do
  status=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
  case $status in ii*|hi*) ;; *) missing="$missing $package" ;; esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "install-deps.sh: as root, install:$missing" >&2
    exit 1
  fi
  as_root="sudo"
fi
echo "installing$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
# shellcheck disable=SC2086  # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
