# What each subject sources. A subject is a script that is called with a verb and the folder that it may write to:
#   available      succeeds if it is installed, else prints what to install
#   start FOLDER   returns when it runs; its pids stand in FOLDER/pids
#   files FOLDER   prints the names of the text files that it writes what it saw to; nothing: it only decides
#   stop FOLDER    ends it
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/packaging/lib.sh"
. "$root/packaging/benchmark/lib.sh"
PATH=$PATH:/usr/sbin:/sbin

# Is there a command $1? If not, says which package $2 brings it.
has() {
  command -v "$1" >/dev/null || { echo "no $1: install $2"; return 1; }
}
files() { :; }
