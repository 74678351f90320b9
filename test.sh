#!/usr/bin/env bash
# Runs the tests against a PostgreSQL and a Redis of their own, which are gone afterwards.
#
#   ./test.sh              every test project but the storms, then the line coverage of src (at least 90 %)
#   ./test.sh --all        the storms too: docs/storms.md; some 15 minutes more
#   ./test.sh Wallet …     only tests/Tokens.Wallet.Tests …
#
# Needs the .NET SDK; PostgreSQL, Redis and, for the host's tests Prometheus, PgBouncer and Chromium, for those and the Stripe sandbox's
# Node.js are installed by apt-get where that is allowed, and Stripe's Node SDK by npm.
# The last line is "N passed, N failed"; what keeps tests from running or counting (a build error, a skipped test,
# too little coverage) is counted as failed, so that the line and the exit code never disagree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

minimum_coverage=90
hang_timeout=10min
# A storm starts hosts twenty times over while its load goes on, which takes a slow machine more than ten minutes.
storm_hang_timeout=30min
storms=Tokens.Storms.Tests
node_sdk=tests/Tokens.StripeSandbox.Tests/NodeSdk
work=$(mktemp -d "${TMPDIR:-/tmp}/tokens-test.XXXXXX")
passed=0
failed=0

say() { printf '%s\n' "$*"; }

finish() {
  trap - EXIT
  stop_postgres
  stop_redis
  rm -rf "$work"
  say "Took $((SECONDS / 60)) min $((SECONDS % 60)) s."
  say "$passed passed, $failed failed"
}

fail() {
  say "$*" >&2
  failed=$((failed + 1))
}

give_up() {
  fail "$@"
  exit 1
}

# --- what the tests stand on -------------------------------------------------------------------------------------

source tools/servers.sh

install_missing() {
  local missing=()
  find_postgres || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  if runs_node_sdk || runs_host; then
    command -v node >/dev/null || missing+=(nodejs)
  fi
  if runs_host; then
    command -v prometheus >/dev/null || missing+=(prometheus)
    [[ -x /usr/sbin/pgbouncer || -x /usr/bin/pgbouncer || -x /usr/local/bin/pgbouncer ]] || missing+=(pgbouncer)
    [[ -x /usr/bin/chromium || -x /usr/bin/chromium-browser || -x /usr/bin/google-chrome ]] || missing+=(chromium)
  fi
  if runs_node_sdk; then
    command -v npm >/dev/null || missing+=(npm)
  fi
  apt_install "${missing[@]}"
  require_postgres
}

runs_node_sdk() { [[ " ${projects[*]} " == *" Tokens.StripeSandbox.Tests "* ]]; }

runs_host() { [[ " ${projects[*]} " == *" Tokens.Host.Tests "* ]]; }

install_node_sdk() {
  runs_node_sdk || return 0
  (cd "$node_sdk" && npm ci --prefer-offline) >"$work/npm.log" 2>&1 && return
  cat "$work/npm.log" >&2
  give_up "Run 'npm ci' in $node_sdk first: npm could not."
}

# --- the tests ---------------------------------------------------------------------------------------------------

build() {
  dotnet build "$1" --nologo -v quiet -tl:off >"$work/build.log" 2>&1 && return
  { grep -E ': (error|warning) ' "$work/build.log" || cat "$work/build.log"; } | sort -u >&2
  give_up "The build failed."
}

counter() { sed -n "s/.*<Counters[^>]*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

run_project() {
  local name=$1 results="$work/results/$1" trx ok patience=$hang_timeout
  say "── $name"
  [[ $name != "$storms" ]] || patience=$storm_hang_timeout
  dotnet test "tests/$name" --no-build --nologo --results-directory "$results" --settings tests/coverage.runsettings \
    --collect 'XPlat Code Coverage' --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout "$patience" --blame-hang-dump-type none >"$work/$name.log" 2>&1 && ok=yes || ok=
  sed -E '/^(Test run for|VSTest version|A total of|Results File:|Attachments:|Starting test execution|The active test run|Data collector .Blame)|^  \/|^[[:space:]]*$/d' "$work/$name.log"

  trx="$results/$name.trx"
  if [[ ! -f $trx ]]; then
    fail "$name ended without a result."
    return
  fi
  local total project_passed project_failed skipped
  total=$(counter "$trx" total)
  project_passed=$(counter "$trx" passed)
  project_failed=$(($(counter "$trx" failed) + $(counter "$trx" error) + $(counter "$trx" timeout) + $(counter "$trx" aborted)))
  skipped=$((total - project_passed - project_failed))
  passed=$((passed + project_passed))
  failed=$((failed + project_failed))
  [[ $total -gt 0 ]] || fail "$name has no test."
  [[ $skipped -eq 0 ]] || fail "$name: $skipped skipped; a skipped test tests nothing."
  [[ -n $ok || $project_failed -gt 0 ]] || fail "$name: the test run failed beside its tests."
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

projects=()
everything=
if [[ $# -eq 0 || $* == --all ]]; then
  everything=yes
  for directory in tests/*.Tests; do
    name=$(basename "$directory")
    if [[ $name != "$storms" || $# -gt 0 ]]; then projects+=("$name"); fi
  done
else
  for module in "$@"; do
    [[ -d tests/Tokens.$module.Tests ]] || give_up "There is no tests/Tokens.$module.Tests."
    projects+=("Tokens.$module.Tests")
  done
fi

command -v dotnet >/dev/null || give_up "Install the .NET SDK named in global.json first: there is no dotnet in PATH."
install_missing
install_node_sdk

# Build nodes that outlive the build would stay on the machine for a quarter of an hour.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
say "── build"
if [[ -n $everything ]]; then build Tokens.sln; else for name in "${projects[@]}"; do build "tests/$name"; done; fi

# Tests kill our processes, never this server, so nothing is lost by not waiting for the disk.
start_postgres 'fsync = off' 'full_page_writes = off'
start_redis
export TOKENS_TEST_POSTGRES="Host=127.0.0.1;Port=$postgres_port;Username=postgres;Database=postgres"
export TOKENS_TEST_REDIS="127.0.0.1:$redis_port"
for name in "${projects[@]}"; do run_project "$name"; done

if [[ -n $everything ]]; then
  say "── coverage"
  dotnet run --file tests/coverage.cs -- "$work/results" "$PWD" "$minimum_coverage" || fail "Coverage is not what it must be."
fi

[[ $failed -eq 0 ]]
