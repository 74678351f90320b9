#!/usr/bin/env bash
# Runs the tests against a PostgreSQL and a Redis of their own, which are gone afterwards.
#
#   ./test.sh              every test project, then the line coverage of src (at least 90 %)
#   ./test.sh Wallet …     only tests/Tokens.Wallet.Tests …
#
# Needs the .NET SDK; PostgreSQL, Redis and, for the host's and the Stripe sandbox's tests, Node.js are installed by apt-get where
# that is allowed, and Stripe's Node SDK by npm.
# The last line is "N passed, N failed"; what keeps tests from running or counting (a build error, a skipped test,
# too little coverage) is counted as failed, so that the line and the exit code never disagree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

minimum_coverage=90
hang_timeout=10min
node_sdk=tests/Tokens.StripeSandbox.Tests/NodeSdk
work=$(mktemp -d "${TMPDIR:-/tmp}/tokens-test.XXXXXX")
passed=0
failed=0
postgres_bin=
postgres_job=
redis_pid=

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

as_root() { if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi; }

# initdb and postgres refuse to run as root.
as_postgres() { if [[ $EUID -eq 0 ]]; then (cd "$work" && runuser -u postgres -- "$@"); else "$@"; fi; }

find_postgres() {
  local newest
  newest=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
  [[ -n $newest ]] || newest=$(command -v initdb || true)
  [[ -n $newest && -x $newest ]] && postgres_bin=$(dirname "$newest")
}

install_missing() {
  local missing=()
  find_postgres || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  if runs_node_sdk || runs_front_end; then
    command -v node >/dev/null || missing+=(nodejs)
  fi
  if runs_node_sdk; then
    command -v npm >/dev/null || missing+=(npm)
  fi
  [[ ${#missing[@]} -gt 0 ]] || return 0

  command -v apt-get >/dev/null || give_up "Install ${missing[*]} first: there is no apt-get here to do it."
  [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null || give_up "Install ${missing[*]} first (sudo apt-get install ${missing[*]})."
  say "Installing ${missing[*]} …"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } \
    >"$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; give_up "Install ${missing[*]} first: apt-get could not."; }
  find_postgres || give_up "Install PostgreSQL first: initdb is neither under /usr/lib/postgresql nor in PATH."
}

runs_node_sdk() { [[ " ${projects[*]} " == *" Tokens.StripeSandbox.Tests "* ]]; }

runs_front_end() { [[ " ${projects[*]} " == *" Tokens.Host.Tests "* ]]; }

install_node_sdk() {
  runs_node_sdk || return 0
  (cd "$node_sdk" && npm ci --prefer-offline) >"$work/npm.log" 2>&1 && return
  cat "$work/npm.log" >&2
  give_up "Run 'npm ci' in $node_sdk first: npm could not."
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the ephemeral range, so that no outgoing connection takes the port between the look and the start.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 12000))
    answers "$port" || { say "$port"; return; }
  done
  return 1
}

start_postgres() {
  [[ $EUID -ne 0 ]] || id postgres >/dev/null 2>&1 || give_up "Run as another user than root, or create the user 'postgres': PostgreSQL refuses root."
  chmod 711 "$work"
  mkdir "$work/postgres"
  [[ $EUID -ne 0 ]] || chown postgres "$work/postgres"
  as_postgres "$postgres_bin/initdb" -D "$work/postgres" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; give_up "PostgreSQL made no cluster."; }

  # Tests kill our processes, never this server, so nothing is lost by not waiting for the disk.
  as_postgres tee -a "$work/postgres/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
fsync = off
full_page_writes = off
log_min_messages = fatal
CONF
  local port
  for _ in {1..5}; do
    port=$(free_port)
    as_postgres "$postgres_bin/postgres" -D "$work/postgres" -p "$port" >"$work/postgres.log" 2>&1 &
    postgres_job=$!
    for _ in {1..300}; do
      if "$postgres_bin/pg_isready" -q -h 127.0.0.1 -p "$port" && kill -0 "$postgres_job" 2>/dev/null; then
        export TOKENS_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
        return
      fi
      kill -0 "$postgres_job" 2>/dev/null || break
      sleep 0.1
    done
    stop_postgres
  done
  cat "$work/postgres.log" >&2
  give_up "PostgreSQL did not start."
}

# The job is runuser or a subshell; the server itself says its process id in the first line of its lock file.
stop_postgres() {
  [[ -n $postgres_job ]] || return 0
  local pid
  pid=$(head -n 1 "$work/postgres/postmaster.pid" 2>/dev/null || true)
  kill -QUIT "${pid:-$postgres_job}" 2>/dev/null || true
  wait "$postgres_job" 2>/dev/null || true
  postgres_job=
}

start_redis() {
  local port
  for _ in {1..5}; do
    port=$(free_port)
    redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir "$work" --logfile "$work/redis.log" &
    redis_pid=$!
    for _ in {1..100}; do
      if answers "$port" && kill -0 "$redis_pid" 2>/dev/null; then
        export TOKENS_TEST_REDIS="127.0.0.1:$port"
        return
      fi
      kill -0 "$redis_pid" 2>/dev/null || break
      sleep 0.05
    done
    stop_redis
  done
  cat "$work/redis.log" >&2
  give_up "Redis did not start."
}

stop_redis() {
  [[ -n $redis_pid ]] || return 0
  kill "$redis_pid" 2>/dev/null || true
  wait "$redis_pid" 2>/dev/null || true
  redis_pid=
}

# --- the tests ---------------------------------------------------------------------------------------------------

build() {
  dotnet build "$1" --nologo -v quiet -tl:off >"$work/build.log" 2>&1 && return
  { grep -E ': (error|warning) ' "$work/build.log" || cat "$work/build.log"; } | sort -u >&2
  give_up "The build failed."
}

counter() { sed -n "s/.*<Counters[^>]*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

run_project() {
  local name=$1 results="$work/results/$1" trx ok
  say "── $name"
  dotnet test "tests/$name" --no-build --nologo --results-directory "$results" --settings tests/coverage.runsettings \
    --collect 'XPlat Code Coverage' --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang-timeout "$hang_timeout" --blame-hang-dump-type none >"$work/$name.log" 2>&1 && ok=yes || ok=
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
if [[ $# -eq 0 ]]; then
  for directory in tests/*.Tests; do projects+=("$(basename "$directory")"); done
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
if [[ $# -eq 0 ]]; then build Tokens.sln; else for name in "${projects[@]}"; do build "tests/$name"; done; fi

start_postgres
start_redis
for name in "${projects[@]}"; do run_project "$name"; done

if [[ $# -eq 0 ]]; then
  say "── coverage"
  dotnet run --file tests/coverage.cs -- "$work/results" "$PWD" "$minimum_coverage" || fail "Coverage is not what it must be."
fi

[[ $failed -eq 0 ]]
