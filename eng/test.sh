#!/usr/bin/env bash
# test.sh [WORD...]: builds and runs every test project whose name contains a word (all without one), and the tests
# of the native library. The last line is `N passed, N failed`, with `, N skipped` where tests were skipped.
set -u
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

case ${1-} in
  -h | --help)
    printf '%s\n' 'usage: ./atelier test [WORD...]' '' \
      'Builds and runs every test project whose name contains a WORD, or all of them.' \
      'Examples: ./atelier test    ./atelier test Data    ./atelier test Native Torch'
    exit 0
    ;;
esac

matches() {
  local name=$1 word
  shift
  [[ $# -eq 0 ]] && return 0
  for word in "$@"; do
    [[ ${name,,} == *"${word,,}"* ]] && return 0
  done
  return 1
}

results=$build/test-results
passed=0 failed=0 skipped=0
# count NAME PASSED FAILED SKIPPED SECONDS: notes one suite's result and prints it.
count() {
  printf '%s\n' "$2 $3 $4" >"$results/$1.count"
  printf '%-32s %5d passed %5d failed %5d skipped %6s s\n' "$@"
}

# attribute FILE ELEMENT NAME: a number in the first such element, which may be spread over lines.
attribute() { tr '\n\t' '  ' <"$1" | grep -oE "<$2 [^>]*>" | head -n 1 | grep -oE " $3=\"[0-9]+\"" | grep -oE '[0-9]+'; }

run_native() {
  [[ -f $build/native/CTestTestfile.cmake ]] || return 0
  local report=$results/Native.xml started=$SECONDS total bad off
  ctest --test-dir "$build/native" --output-on-failure --output-junit "$report" >"$log/test-Native.txt" 2>&1
  total=$(attribute "$report" testsuite tests) bad=$(attribute "$report" testsuite failures)
  off=$(attribute "$report" testsuite skipped)
  [[ ${total:-0} -eq 0 ]] && return 0
  [[ ${bad:-0} -gt 0 ]] && cat "$log/test-Native.txt"
  count Native $((total - bad - ${off:-0})) "$bad" "${off:-0}" $((SECONDS - started))
}

# run_project NAME: runs one built test program and reads its own report; without a report it counts as one failure.
run_project() {
  local name=$1 report=$results/$1.xml output=$log/test-$1.txt started=$SECONDS code=0 total bad off err
  local program=$build/test-artifacts/bin/$name/release/$name.dll
  "$dotnet" "$program" -noLogo -noColor -xml "$report" >"$output" 2>&1 9>&- </dev/null || code=$?
  total=$(attribute "$report" assembly total 2>/dev/null)
  if [[ -z $total ]]; then
    if [[ $code -eq 0 ]]; then total=0; else
      tail -n 30 "$output"
      printf '%s ended with exit code %d and no report; its output is in %s\n' "$name" "$code" "$output"
      count "$name" 0 1 0 $((SECONDS - started))
      return
    fi
  fi
  bad=$(attribute "$report" assembly failed) err=$(attribute "$report" assembly errors)
  off=$(attribute "$report" assembly skipped)
  bad=$((${bad:-0} + ${err:-0})) off=${off:-0}
  # A program that reports success and still ends badly (a crash at exit, say) has not passed.
  [[ $bad -eq 0 && $code -ne 0 && $total -gt 0 ]] && bad=1 total=$((total + 1))
  [[ $bad -gt 0 ]] && cat "$output"
  [[ $bad -eq 0 && $off -gt 0 ]] && grep -F '[SKIP]' -A1 "$output"
  count "$name" $((total - ${bad} + ${err:-0} - off)) "$bad" "$off" $((SECONDS - started))
}

find_dotnet
names=()
for project in "$root"/tests/*.Tests/*.Tests.csproj; do
  name=$(basename -- "$project" .csproj)
  matches "$name" "$@" && names+=("$name")
done
native=0
matches Native "$@" && native=1
[[ ${#names[@]} -eq 0 && $native -eq 0 ]] && fail 2 "no test project's name contains: $*. There are: $(
  cd -- "$root/tests" && echo *.Tests
)"

# One compiler for all projects of this call: analysers are loaded and compiled once. It ends with the call, as do
# the test programs and their temporary files.
export UseSharedCompilation=true SharedCompilationId=atelier-test-$$
scratch=''
clean_up() {
  local line group
  for group in $(jobs -p); do kill -TERM -- "-$group" 2>/dev/null; done
  # In brackets, so that grep does not find itself.
  for line in $(grep -ls -- "[-]pipename:$SharedCompilationId" /proc/[0-9]*/cmdline); do
    kill "${line//[!0-9]/}" 2>/dev/null
  done
  rm -f "/tmp/$SharedCompilationId"
  [[ -n $scratch ]] && rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The tests run the product as a user gets it, so it is set up first, under the same lock rules.
bash "$root/eng/setup.sh" native || exit $?
take_lock
rm -rf "$results"
mkdir -p "$results"
# Temporary files go away with all that the SDK and killed processes left there. Not before the set-up: apt reads
# its own as another user.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/atelier-test.XXXXXX") ||
  fail 8 'no folder for temporary files can be made'
export TMPDIR=$scratch

if [[ ${#names[@]} -gt 0 ]]; then
  list=$build/tests.slnx
  {
    echo '<Solution>'
    for name in "${names[@]}"; do echo "<Project Path=\"../tests/$name/$name.csproj\" />"; done
    echo '</Solution>'
  } >"$list"
  settings=(-c Release --artifacts-path "$build/test-artifacts" -v quiet)
  step build-tests "building ${#names[@]} test projects" "$dotnet" build "$list" "${settings[@]}"
fi

# Two programs at a time: most of a suite waits, or computes on one thread. Each gets its share of the cores.
cores=$(nproc)
lanes=$((cores > 1 ? 2 : 1))
export ATELIER_THREADS=${ATELIER_THREADS-$((cores / lanes))}
export OMP_NUM_THREADS=${OMP_NUM_THREADS-$ATELIER_THREADS}

# lane NAME: runs one suite and keeps what it prints; the last file says that it is whole.
lane() {
  if [[ $1 == Native ]]; then run_native; else run_project "$1"; fi >"$results/$1.txt" 2>&1
  : >"$results/$1.done"
}

# show NAME: prints what a suite printed, and adds its result; one that left none counts as a failure.
show() {
  local more
  [[ -f $results/$1.txt ]] && cat "$results/$1.txt"
  if [[ ! -f $results/$1.count && -f $results/$1.done && $1 == Native ]]; then return; fi
  [[ -f $results/$1.count ]] || count "$1" 0 1 0 0
  read -ra more <"$results/$1.count"
  passed=$((passed + more[0])) failed=$((failed + more[1])) skipped=$((skipped + more[2]))
}

suites=("${names[@]}")
[[ $native -eq 1 ]] && suites=(Native "${names[@]}")
shown=0
# show_ready: prints, in the order of names, all suites that have ended and have none unfinished before them.
show_ready() {
  while [[ $shown -lt ${#suites[@]} && -f $results/${suites[shown]}.done ]]; do
    show "${suites[shown]}"
    shown=$((shown + 1))
  done
}

# The longest first, or one core would wait for them at the end.
long=(Atelier.Cli.Tests Atelier.Training.Tests Atelier.Metrics.Tests Atelier.Data.Tests)
queue=()
for name in "${long[@]}" "${suites[@]}"; do
  [[ " ${suites[*]} " == *" $name "* && " ${queue[*]} " != *" $name "* ]] && queue+=("$name")
done

# Each lane is a process group of its own, so that it can be ended with all that it started.
set -m
running=0
for name in "${queue[@]}"; do
  if [[ $running -eq $lanes ]]; then
    wait -n
    running=$((running - 1))
    show_ready
  fi
  lane "$name" &
  running=$((running + 1))
done
while [[ $running -gt 0 ]]; do
  wait -n
  running=$((running - 1))
  show_ready
done
set +m
for ((; shown < ${#suites[@]}; shown++)); do show "${suites[shown]}"; done

summary="$passed passed, $failed failed"
[[ $skipped -gt 0 ]] && summary="$summary, $skipped skipped"
printf '%s\n' "$summary"
[[ $failed -eq 0 ]]
