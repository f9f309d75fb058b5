# What packaging/bench and the subjects share. Sourced by bash, after packaging/lib.sh.

# The folder of the cgroup version 1 or 2 that divides processor time; empty where there is none to use.
cpu_cgroups() {
  if [ -e /sys/fs/cgroup/cpu/cpu.shares ]; then
    echo /sys/fs/cgroup/cpu
  elif grep -qw cpu /sys/fs/cgroup/cgroup.controllers 2>/dev/null && echo +cpu 2>/dev/null >/sys/fs/cgroup/cgroup.subtree_control; then
    echo /sys/fs/cgroup
  fi
}

# Makes cgroup $1 with percentage $2 of the greatest weight, and puts processes $3... into it.
give_weight() {
  local base group percent=$2 pid
  base=$(cpu_cgroups)
  [ -n "$base" ] || return 0
  group=$base/$1
  mkdir -p "$group" 2>/dev/null || return 0
  shift 2
  # v1: 2 to 262144; v2: 1 to 10000. // linux Documentation/admin-guide/cgroup-v2.rst
  { [ ! -e "$group/cpu.shares" ] || echo $((percent * 2600)) >"$group/cpu.shares"; } 2>/dev/null || true
  { [ ! -e "$group/cpu.weight" ] || echo $((percent * 100)) >"$group/cpu.weight"; } 2>/dev/null || true
  for pid in "$@"; do
    echo "$pid" 2>/dev/null >"$group/cgroup.procs" || true
  done
}

remove_cgroup() {
  local base
  base=$(cpu_cgroups)
  [ -z "$base" ] || [ ! -d "$base/$1" ] || rmdir "$base/$1" 2>/dev/null || true
}

# Process $1 and everything below it.
family() {
  local child
  echo "$1"
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
    family "$child"
  done
}

# A server is another machine's load: the one of data folder $1 gets what is left over. With "equal" as $2 it gets
# its share, for runs that last longer than an agent's spool.
set_server_aside() {
  local pid policy=-i weight=1 each
  pid=$(cat "$1/run/server.pid")
  [ "${2:-}" != equal ] || { policy=-o; weight=50; }
  mapfile -t each < <(family "$pid")
  give_weight exonward-bench-server $weight "${each[@]}"
  for pid in "${each[@]}"; do
    chrt -a $policy -p 0 "$pid" 2>/dev/null || true
  done
}

# Ends the processes of file $1 by signal $2 (TERM), by SIGKILL after 15 s.
end_all() {
  local pid i
  for pid in $(cat "$1" 2>/dev/null); do
    kill -"${2:-TERM}" "$pid" 2>/dev/null || continue
    for ((i = 0; i < 150; i++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
  done
  rm -f "$1"
}

# Waits up to $1 seconds until "$2"... succeeds.
within() {
  local i seconds=$1
  shift
  for ((i = 0; i < seconds * 10; i++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  return 1
}

# Starts "$3"... in the background for the subject of folder $1, with its output in file $2.
launch() {
  local folder=$1 output=$2
  shift 2
  setsid "$@" >"$output" 2>"$folder/log" </dev/null &
  echo $! >"$folder/pids"
}
