# Sourced by test.sh and bench.sh: installs what is missing, and starts a PostgreSQL and a Redis of their own on free ports.
# Whoever sources it sets $work, a directory that goes away afterwards, and defines say and give_up; it stops both at its end.

postgres_bin=
postgres_job=
postgres_port=
redis_pid=
redis_port=

as_root() { if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi; }

# initdb and postgres refuse to run as root.
as_postgres() { if [[ $EUID -eq 0 ]]; then (cd "$work" && runuser -u postgres -- "$@"); else "$@"; fi; }

find_postgres() {
  local newest
  newest=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
  [[ -n $newest ]] || newest=$(command -v initdb || true)
  [[ -n $newest && -x $newest ]] && postgres_bin=$(dirname "$newest")
}

# apt_install <package> …: does nothing without a package.
apt_install() {
  [[ $# -gt 0 ]] || return 0
  command -v apt-get >/dev/null || give_up "Install $* first: there is no apt-get here to do it."
  [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null || give_up "Install $* first (sudo apt-get install $*)."
  say "Installing $* …"
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } \
    >"$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2; give_up "Install $* first: apt-get could not."; }
}

require_postgres() { find_postgres || give_up "Install PostgreSQL first: initdb is neither under /usr/lib/postgresql nor in PATH."; }

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the ephemeral range, so that no outgoing connection takes the port between the look and the start.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 12000))
    answers "$port" || { printf '%s\n' "$port"; return; }
  done
  return 1
}

# start_postgres <line of postgresql.conf> …: keeps its files in $files, sets postgres_port.
start_postgres() {
  [[ $EUID -ne 0 ]] || id postgres >/dev/null 2>&1 || give_up "Run as another user than root, or create the user 'postgres': PostgreSQL refuses root."
  chmod 711 "$work" "$files"
  mkdir "$files/postgres"
  [[ $EUID -ne 0 ]] || chown postgres "$files/postgres"
  as_postgres "$postgres_bin/initdb" -D "$files/postgres" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; give_up "PostgreSQL made no cluster."; }

  printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" 'max_connections = 300' 'log_min_messages = fatal' "$@" |
    as_postgres tee -a "$files/postgres/postgresql.conf" >/dev/null
  local port
  for _ in {1..5}; do
    port=$(free_port)
    as_postgres "$postgres_bin/postgres" -D "$files/postgres" -p "$port" >"$work/postgres.log" 2>&1 &
    postgres_job=$!
    for _ in {1..300}; do
      if "$postgres_bin/pg_isready" -q -h 127.0.0.1 -p "$port" && kill -0 "$postgres_job" 2>/dev/null; then
        postgres_port=$port
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
postgres_pid() { head -n 1 "$files/postgres/postmaster.pid" 2>/dev/null || true; }

stop_postgres() {
  [[ -n $postgres_job ]] || return 0
  local pid
  pid=$(postgres_pid)
  kill -QUIT "${pid:-$postgres_job}" 2>/dev/null || true
  wait "$postgres_job" 2>/dev/null || true
  postgres_job=
}

# Sets redis_port.
start_redis() {
  local port
  for _ in {1..5}; do
    port=$(free_port)
    redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir "$work" --logfile "$work/redis.log" &
    redis_pid=$!
    for _ in {1..100}; do
      if answers "$port" && kill -0 "$redis_pid" 2>/dev/null; then
        redis_port=$port
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
