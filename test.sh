#!/usr/bin/env bash
# Runs the tests against a PostgreSQL and a Redis of their own, which are gone afterwards.
#
#   ./test.sh              every test but the long forms, then the line coverage of src (at least 90 %)
#   ./test.sh --all        the extended forms too: docs/tests.md
#   ./test.sh Wallet …     only tests/Tokens.Wallet.Tests …
#   ./test.sh --times …    also prints the time of each class
#
# Needs the .NET SDK; PostgreSQL, Redis and, for the host's tests Prometheus, PgBouncer, nginx and Chromium, for those and the Stripe
# sandbox's Node.js are installed by apt-get where that is allowed, and Stripe's Node SDK by npm.
# The last line is "N passed, N failed"; what keeps tests from running or counting (a build error, a skipped test,
# too little coverage) is counted as failed, so that the line and the exit code never disagree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

minimum_coverage=90
hang_timeout=10min
# A storm starts hosts twenty times over while its load goes on, which takes a slow machine more than ten minutes.
extended_hang_timeout=30min
# So many projects run side by side: their tests wait for processes and servers half of the time.
projects_at_once=3
# Those that take the longest begin first, so that none is left alone at the end.
longest=(Tokens.Host.Tests Tokens.Survival.Tests Tokens.Payments.Tests Tokens.Wallet.Tests Tokens.GiftCards.Tests Tokens.Analytics.Tests)
node_sdk=tests/Tokens.StripeSandbox.Tests/NodeSdk
work=$(mktemp -d "${TMPDIR:-/tmp}/tokens-test.XXXXXX")
files=$work
files_kib=$((4 * 1024 * 1024))
running=()

# Projects run side by side, so each count is a line of a file.
touch "$work/passed" "$work/failed"

say() { printf '%s\n' "$*"; }

sum() { awk '{ total += $1 } END { print total + 0 }' "$work/$1"; }

finish() {
  local status=$? passed failed run
  trap - EXIT
  for run in "${running[@]}"; do stop_tree "$run"; done
  end_compiler
  stop_postgres
  stop_redis
  passed=$(sum passed) failed=$(sum failed)
  # What an interrupt has ended may still write.
  rm -rf "$work" "$files" || true
  [[ $status -eq 0 || $failed -gt 0 ]] || failed=1
  say "Took $((SECONDS / 60)) min $((SECONDS % 60)) s."
  say "$passed passed, $failed failed"
}

stop_tree() {
  local child
  for child in $(pgrep -P "$1" || true); do stop_tree "$child"; done
  kill "$1" 2>/dev/null || true
}

fail() {
  say "$*" >&2
  echo 1 >>"$work/failed"
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
    command -v nginx >/dev/null || [[ -x /usr/sbin/nginx ]] || missing+=(nginx-light)
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

# Tests make and drop hundreds of databases: most of what a disk does for them is to make their many small files.
keep_files_in_memory() {
  local free
  free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || return 0
  [[ -w /dev/shm && $free -ge $files_kib ]] || return 0
  files=$(mktemp -d /dev/shm/tokens-test.XXXXXX)
  mkdir -m 1777 "$files/temporary"
  export TMPDIR="$files/temporary"
}

# --- the tests ---------------------------------------------------------------------------------------------------

# Without the analyzers, which take half of a build, unless the environment asks for them as .ci/run does.
build() {
  dotnet build "$1" -c Release -p:RunAnalyzers="${RunAnalyzers:-false}" --nologo -v quiet -tl:off >"$work/build.log" 2>&1 && return
  { grep -E ': (error|warning) ' "$work/build.log" || cat "$work/build.log"; } | sort -u >&2
  give_up "The build failed."
}

# One compiler for all projects, which starts once and not for each of them. MSBuild takes both variables as properties.
begin_compiler() { export UseSharedCompilation=true SharedCompilationId="tokens-test-$$"; }

end_compiler() {
  pkill -f -- "-pipename:tokens-test-$$\$" || true
  unset UseSharedCompilation SharedCompilationId
}

# The program that tests start as processes: compiled ahead of time, it starts in two thirds of the time, and nothing measures its
# coverage. It makes the migrated databases that tests get copies of.
publish_host() {
  local log="$work/publish.log" template
  dotnet publish src/Host -c Release -p:RunAnalyzers=false -p:UseCurrentRuntimeIdentifier=true -p:PublishReadyToRun=true --self-contained false \
    -o "$work/host" --nologo -v quiet -tl:off >"$log" 2>&1 || { cat "$log" >&2; give_up "The host could not be published."; }
  export TOKENS_TEST_HOST="$work/host/Tokens.Host.dll"
  export TOKENS_TEST_SQLITE_TEMPLATE="$work/migrated" TOKENS_TEST_POSTGRES_TEMPLATE=migrated
  as_postgres "$postgres_bin/createdb" -h 127.0.0.1 -p "$postgres_port" -U postgres "$TOKENS_TEST_POSTGRES_TEMPLATE"
  mkdir "$TOKENS_TEST_SQLITE_TEMPLATE"
  for template in '' "${TOKENS_TEST_POSTGRES/Database=postgres/Database=$TOKENS_TEST_POSTGRES_TEMPLATE}"; do
    DATABASE_URL=$template DATA_DIR=$TOKENS_TEST_SQLITE_TEMPLATE dotnet "$TOKENS_TEST_HOST" --migrate >"$log" 2>&1 ||
      { cat "$log" >&2; give_up "The migrated databases could not be made."; }
  done
}

counter() { sed -n "s/.*<Counters[^>]*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

# The assemblies whose coverage a project's tests measure: those of src that it owns, and what they stand on. None where it owns none, and
# where it kills processes: nobody could collect what they have covered.
measured_assemblies() {
  case $1 in
    Tokens.Architecture.Tests | Tokens.Bench.Tests | Tokens.Survival.Tests | Tokens.Testing.Tests) ;;
    Tokens.Host.Tests) echo '[Tokens.*]*' ;;
    Tokens.Gateway.Tests) echo '[Tokens.Host]*' ;;
    *) echo "[${1%.Tests}]*,[${1%.Tests}.Contracts]*,[Tokens.Platform]*" ;;
  esac
}

# run_project <name> <daily|extended>: prints nothing until it has ended, since another one may run beside it.
run_project() {
  local name=$1 form=$2 run="$1-$2" filter='Form!=Extended' patience=$hang_timeout results trx ok assemblies coverage=() TIMEFORMAT='%U %S'
  [[ $form == daily ]] || filter='Form=Extended' patience=$extended_hang_timeout
  results="$work/results/$run" trx="$results/$name.trx"
  mkdir -p "$results"
  assemblies=$(measured_assemblies "$name")
  [[ -z $assemblies ]] || coverage=(--settings tests/coverage.runsettings --collect 'XPlat Code Coverage'
    -- "DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include=$assemblies")
  { time dotnet test "tests/$name" -c Release --no-build --nologo --results-directory "$results" --filter "$filter" \
    --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout "$patience" --blame-hang-dump-type none "${coverage[@]}" \
    >"$work/$run.log" 2>&1; } 2>"$results/cpu" && ok=yes || ok=
  say "── $name ($form)
$(sed -E '/^(Test run for|VSTest version|A total of|Results File:|Attachments:|Starting test execution|The active test run|Data collector .Blame)|^  \/|^[[:space:]]*$/d' "$work/$run.log")"

  if [[ ! -f $trx ]]; then
    fail "$name ended without a result."
    return
  fi
  local total project_passed project_failed skipped
  total=$(counter "$trx" total)
  project_passed=$(counter "$trx" passed)
  project_failed=$(($(counter "$trx" failed) + $(counter "$trx" error) + $(counter "$trx" timeout) + $(counter "$trx" aborted)))
  skipped=$((total - project_passed - project_failed))
  echo "$project_passed" >>"$work/passed"
  echo "$project_failed" >>"$work/failed"
  [[ $total -gt 0 ]] || fail "$name has no test."
  [[ $skipped -eq 0 ]] || fail "$name: $skipped skipped; a skipped test tests nothing."
  [[ -n $ok || $project_failed -gt 0 ]] || fail "$name: the test run failed beside its tests."
}

# Prints the projects of this run that have extended tests.
extended_projects() { for name in "${projects[@]}"; do ! grep -rqF Form.Extended "tests/$name" --include='*.cs' || echo "$name"; done; }

# Prints the projects of this run, the longest first.
by_length() {
  for name in "${longest[@]}"; do [[ " ${projects[*]} " != *" $name "* ]] || echo "$name"; done
  for name in "${projects[@]}"; do [[ " ${longest[*]} " == *" $name "* ]] || echo "$name"; done
}

wait_for_one() {
  local ended run left=()
  wait -n -p ended "${running[@]}" || fail "The run of a project ended early."
  for run in "${running[@]}"; do [[ $run == "$ended" ]] || left+=("$run"); done
  running=("${left[@]}")
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

projects=()
everything=
long=
times=
for argument in "$@"; do
  case $argument in
    --all) long=yes ;;
    --times) times=--all ;;
    *)
      [[ -d tests/Tokens.$argument.Tests ]] || give_up "There is no tests/Tokens.$argument.Tests."
      projects+=("Tokens.$argument.Tests")
      ;;
  esac
done
if [[ ${#projects[@]} -eq 0 ]]; then
  everything=yes
  for directory in tests/*.Tests; do projects+=("$(basename "$directory")"); done
fi

command -v dotnet >/dev/null || give_up "Install the .NET SDK named in global.json first: there is no dotnet in PATH."
install_missing
install_node_sdk

# Build nodes that outlive the build would stay on the machine for a quarter of an hour.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
say "── build"
begin_compiler
if [[ -n $everything ]]; then build Tokens.sln; else for name in "${projects[@]}"; do build "tests/$name"; done; fi

# Started hundreds of times, the product's code runs too short to gain from being compiled for what it has seen, or from memory that is
# never writable and executable at once. None of them waits for a changed settings file: a user may watch few files at once.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0 DOTNET_hostBuilder__reloadConfigOnChange=false
keep_files_in_memory
# Tests kill our processes, never this server, so nothing is lost by not waiting for the disk.
start_postgres 'fsync = off' 'full_page_writes = off'
start_redis
export TOKENS_TEST_POSTGRES="Host=127.0.0.1;Port=$postgres_port;Username=postgres;Database=postgres"
export TOKENS_TEST_REDIS="127.0.0.1:$redis_port"
publish_host
end_compiler

for name in $(by_length); do
  [[ ${#running[@]} -lt $projects_at_once ]] || wait_for_one
  run_project "$name" daily & running+=($!)
done
while [[ ${#running[@]} -gt 0 ]]; do wait_for_one; done
if [[ -n $long ]]; then
  for name in $(extended_projects); do run_project "$name" extended; done
fi

say "── times"
dotnet run --file tests/times.cs -- "$work/results" $times || fail "The times could not be read."

if [[ -n $everything ]]; then
  say "── coverage"
  dotnet run --file tests/coverage.cs -- "$work/results" "$PWD" "$minimum_coverage" || fail "Coverage is not what it must be."
fi

[[ $(sum failed) -eq 0 ]]
