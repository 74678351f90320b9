#!/usr/bin/env bash
# Measures the product beside raw PostgreSQL and against fixed bounds, on a PostgreSQL and a Redis of their own, which are gone afterwards.
# Fails when something goes wrong, or when a figure misses its bound.
#
#   ./bench.sh                                  both; --rounds 1 --seconds 1 gives a quick look
#   ./bench.sh --only webhooks                  what has that in its name
#   ./bench.sh fill                             pages and verification over a long history; --transfers 100000 … a short one
#   ./bench.sh help                             all options
#
# Prints tables in Markdown and keeps them, with all figures as JSON, in artifacts/bench. docs/benchmarks.md says what is measured.
# Needs the .NET SDK; PostgreSQL, Redis and wrk are installed by apt-get where that is allowed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The database lies here: a directory in memory would flatter it.
work=$(mktemp -d "${TMPDIR:-/var/tmp}/tokens-bench.XXXXXX")
files=$work
program=

say() { printf '%s\n' "$*" >&2; }

give_up() {
  say "$*"
  exit 1
}

source tools/servers.sh

# The program stops the product and the load generators that it started.
stop_program() {
  [[ -n $program ]] || return 0
  kill -TERM "$program" 2>/dev/null || true
  wait "$program" 2>/dev/null || true
  program=
}

finish() {
  trap - EXIT
  stop_program
  stop_postgres
  stop_redis
  rm -rf "$work"
}

install_missing() {
  local missing=()
  find_postgres || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  command -v wrk >/dev/null || missing+=(wrk)
  apt_install "${missing[@]}"
  require_postgres
  pgbench=$postgres_bin/pgbench
  [[ -x $pgbench ]] || pgbench=$(command -v pgbench) || give_up "Install pgbench first (postgresql-contrib): it is not beside initdb in $postgres_bin."
}

build() {
  dotnet build bench/Tokens.Bench --configuration Release --nologo -v quiet -tl:off >"$work/build.log" 2>&1 && return
  { grep -E ': (error|warning) ' "$work/build.log" || cat "$work/build.log"; } | sort -u >&2
  give_up "The build failed."
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

command -v dotnet >/dev/null || give_up "Install the .NET SDK named in global.json first: there is no dotnet in PATH."
install_missing
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
build
start_postgres 'fsync = on' 'synchronous_commit = on' 'full_page_writes = on'
start_redis

BENCH_POSTGRES_PORT=$postgres_port BENCH_POSTGRES_PID=$(postgres_pid) BENCH_REDIS_PORT=$redis_port BENCH_REDIS_PID=$redis_pid \
  BENCH_PGBENCH=$pgbench BENCH_WORK=$work BENCH_RESULTS=$PWD/artifacts/bench \
  BENCH_PRODUCT=$PWD/artifacts/bin/Tokens.Host/release/Tokens.Host.dll \
  dotnet artifacts/bin/Tokens.Bench/release/Tokens.Bench.dll "$@" &
program=$!
wait "$program"
