#!/usr/bin/env bash
# setup.sh managed|native: makes the program ready to run. Each step says what it does and is skipped when done.
# 'managed' builds the .NET program; 'native' also installs the Debian packages and builds the C library.
set -u
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
needs=${1:-native}

# packages_missing: prints the packages of apt-packages.txt that are not installed.
packages_missing() {
  local wanted=() name status
  while IFS= read -r line; do
    [[ -n ${ATELIER_LIBTORCH-} && $line == *'# libtorch'* ]] && continue
    name=${line%%#*}
    name=${name//[[:space:]]/}
    [[ -n $name ]] && wanted+=("$name")
  done <"$root/eng/apt-packages.txt"

  for name in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)
    [[ $status == installed ]] || printf '%s\n' "$name"
  done
}

install_packages() {
  if ! type -P apt-get dpkg-query >/dev/null; then
    say 'this is not Debian: the packages of eng/apt-packages.txt must come from your own system; going on without'
    return
  fi
  local missing
  mapfile -t missing < <(packages_missing)
  [[ ${#missing[@]} -eq 0 ]] && return

  if [[ $EUID -ne 0 ]]; then
    say "these packages are missing: ${missing[*]}. Run this line, then call atelier again:"
    printf '\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n\n' "${missing[*]}" >&2
    exit 3
  fi
  export DEBIAN_FRONTEND=noninteractive
  step apt-update 'reading the package lists' apt-get update -q
  step apt-install "installing ${missing[*]}" \
    apt-get -o DPkg::Lock::Timeout=300 install -q -y --no-install-recommends "${missing[@]}"
}

build_native() {
  [[ -f $root/native/CMakeLists.txt ]] || { say 'native/ is not in this tree: no native library to build'; return; }
  local library=$build/native/libatelier_native.so chosen=${ATELIER_LIBTORCH-}
  if [[ -e $library && -f $build/native.libtorch && $(<"$build/native.libtorch") == "$chosen" && -z $(
    find "$root/native" "$root/eng/apt-packages.txt" -newer "$build/native.stamp" -print -quit 2>&1
  ) ]]; then return; fi

  type -P cmake >/dev/null || fail 3 'cmake is missing: install cmake, make and g++, then call atelier again.'
  # CMake remembers the libtorch it found, so another one needs a clean folder.
  if [[ -d $build/native && $(cat "$build/native.libtorch" 2>/dev/null) != "$chosen" ]]; then rm -rf "$build/native"; fi
  touch "$build/native.stamp.new"
  step native-configure 'looking for libtorch' cmake -S "$root/native" -B "$build/native" \
    -DCMAKE_BUILD_TYPE=Release ${chosen:+"-DCMAKE_PREFIX_PATH=$chosen"}
  step native-build 'building the native library' cmake --build "$build/native" --parallel
  [[ -e $library ]] || fail 1 "the native build made no $library; see $log/native-build.txt"
  printf '%s' "$chosen" >"$build/native.libtorch"
  mv -f "$build/native.stamp.new" "$build/native.stamp"
}

publish() {
  local version old
  if [[ -e $build/publish/current/atelier.dll && -f $build/stamp && -z $(
    find "$root/src" "$root/global.json" "$root"/Directory.*.props "$root/eng/setup.sh" \
      \( -name bin -o -name obj \) -prune -o ! -name '.*' ! -name '*~' -newer "$build/stamp" -print -quit 2>&1
  ) ]]; then return; fi

  find_dotnet
  touch "$build/stamp.new"
  version=$(date +%Y%m%d-%H%M%S)-$$
  # Its own artifacts folder keeps bin and obj out of the sources, and apart from a developer's own builds.
  step publish 'building the program' "$dotnet" publish "$root/src/Atelier.Cli/Atelier.Cli.csproj" \
    -c Release -r linux-x64 --self-contained false --artifacts-path "$build/artifacts" \
    -o "$build/publish/$version" -p:DebugType=embedded -v quiet \
    -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false
  ln -sfn "$version" "$build/publish/current.new" && mv -fT "$build/publish/current.new" "$build/publish/current"
  mv -f "$build/stamp.new" "$build/stamp"

  for old in "$build"/publish/*/; do
    [[ -L ${old%/} || ${old%/} == "$build/publish/$version" ]] && continue
    # A running atelier holds a shared lock on its own atelier.dll.
    [[ -f $old/atelier.dll ]] && ! flock -n -x "$old/atelier.dll" true && continue
    rm -rf "$old"
  done
}

take_lock
if [[ $needs == native ]]; then
  install_packages
  build_native
fi
publish
