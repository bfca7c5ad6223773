#!/bin/sh
# Installs what the project needs, on Debian and Ubuntu; elsewhere says what is needed.
# What is there already is left alone: with everything installed it needs no root and no network.
#
#   install-deps.sh [--demo] [--no-corpus] [--lint] [--ci]
#     (nothing)    to build and to run the tests
#     --demo       and the packages that the demo makes its text of (without those, with --no-corpus)
#     --lint       and clang-format, clang-tidy
#     --ci         and everything: lint, benchmarks, gensim, numpy and fasttext to compare with, a
#                  browser for the reports, the demo's text
set -eu

build='g++ cmake make libboost-program-options-dev libfmt-dev nlohmann-json3-dev libicu-dev libgtest-dev libeigen3-dev
  libjs-chart.js zlib1g-dev libbz2-dev liblzma-dev libzstd-dev libxxhash-dev
  libedit-dev python3'
lint='clang-format clang-tidy libomp-dev python3'
text='dict-gcide dict-foldoc wordnet-base bible-kjv'
compare='git libbenchmark-dev python3-gensim python3-numpy fasttext'
# Ubuntu has Chromium as a snap alone, which a container cannot install: the reports' test is left out there.
browser=
if grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then browser='chromium chromium-driver python3-selenium'; fi

packages=$build
demo=no with_text=yes
for option in "$@"; do
  case $option in
    --demo) demo=yes ;;
    --no-corpus) with_text=no ;;
    --lint) packages="$packages $lint" ;;
    --ci) packages="$packages $lint $compare $browser" demo=yes ;;
    -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "install-deps.sh: error: unknown option '$option'; --help lists them" >&2; exit 2 ;;
  esac
done
if [ $demo = yes ] && [ $with_text = yes ]; then packages="$packages $text"; fi

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
  cat >&2 <<'LIST'
This machine has no apt-get, so please install with its own package manager:
  a C++20 compiler with OpenMP (g++ 12 or later, or clang with libomp)
  CMake 3.22 or later, and make
  Boost.ProgramOptions, {fmt}, nlohmann/json, ICU, Eigen, zlib, bzip2, liblzma, libzstd, xxHash, libedit (each with its headers)
  Chart.js 3 or 4 (without it, reports have tables but no plots; cmake -DWORD2VEC_CHART_JS=FILE says where it is)
  GoogleTest and Python 3 (for the tests)
  for lint: clang-format, clang-tidy
  for the demo's own text: none; give it a text of yours, sh scripts/demo.sh FILE
Then make builds and make test tests.
LIST
  for compiler in "${CXX:-c++}" g++ clang++; do
    if command -v "$compiler" >/dev/null 2>&1 && command -v cmake >/dev/null 2>&1; then exit 0; fi
  done
  echo "install-deps.sh: error: no C++ compiler and CMake on this machine; install them first" >&2
  exit 1
fi

missing=
for package in $packages; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
  case " $missing " in *" $package "*) continue ;; esac
  # A library of several architectures answers once for each.
  case $status in installed*) ;; *) missing="$missing $package" ;; esac
done
if [ -z "$missing" ]; then
  echo "Everything needed is installed."
  exit 0
fi

root=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "install-deps.sh: error: to be installed:$missing; run this script as root, or install sudo" >&2
    exit 1
  fi
  root=sudo
fi
echo "Installing$missing"
# Words on purpose: $root may be nothing, and $missing is a list.
# shellcheck disable=SC2086
{
  $root env DEBIAN_FRONTEND=noninteractive apt-get update -q
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}
