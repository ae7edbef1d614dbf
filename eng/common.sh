# Shared by eng/*.sh: the root, the log folder, the lock, and the words for the user. Source it.
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
build=$root/.build
log=$build/log
mkdir -p "$log"

export ATELIER_HOME=$root
export ATELIER_NATIVE=$build/native
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1

say() { printf 'atelier: %s\n' "$*" >&2; }

fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# Takes the build lock for the rest of this script; a second caller waits for the first.
take_lock() {
  exec 9>"$build/lock"
  flock -n 9 && return
  say 'another atelier is building in this folder; waiting for it'
  flock 9
}

# step NAME WORDS COMMAND...: runs a command with its output in a log; on failure shows the end of that log.
step() {
  local name=$1 words=$2 started=$SECONDS code=0
  shift 2
  say "$words …"
  # Build servers outlive this script, so they must not inherit the lock.
  "$@" >"$log/$name.txt" 2>&1 9>&- </dev/null || code=$?
  if [[ $code -ne 0 ]]; then
    grep -E 'error|Error' "$log/$name.txt" | sort -u | head -n 10 >&2
    tail -n 15 "$log/$name.txt" >&2
    fail 1 "$words: failed (exit code $code). The whole log is in $log/$name.txt"
  fi
  say "$words: done in $((SECONDS - started)) s"
}

find_dotnet() {
  dotnet=$(type -P dotnet) || dotnet=${DOTNET_ROOT:-$HOME/.dotnet}/dotnet
  if [[ ! -x $dotnet ]]; then
    fail 3 'the .NET 10 SDK is not here. Get it from https://dot.net/download, or run' \
      '"curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0", then call atelier again.'
  fi
  if ! (cd -- "$root" && "$dotnet" --version >"$log/dotnet.txt" 2>&1); then
    fail 3 "$dotnet has no SDK of version 10. Get it from https://dot.net/download." \
      "It has: $("$dotnet" --list-sdks 2>/dev/null | tr '\n' ' ')"
  fi
}
