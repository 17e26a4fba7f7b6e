#!/usr/bin/env bash
# A Spark standalone cluster on this machine, for tests and trials:
#   tools/spark_cluster.sh start [WORKERS]   prints the master's address when all workers are there
#   tools/spark_cluster.sh stop
# Needs .venv-scale (make scale) and Java 17. A real cluster is described in
# docs/how-to/past-one-machine.md; the portal only needs its address.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${IRTYSH_SPARK_FOLDER:-$PWD/var/spark}
port=${IRTYSH_SPARK_PORT:-7077}
page=${IRTYSH_SPARK_PAGE:-8099}
memory=${IRTYSH_SPARK_MEMORY:-1500m}
export SPARK_LOCAL_IP=127.0.0.1
home=$(.venv-scale/bin/python -c 'import pyspark; print(pyspark.__path__[0])')
export SPARK_HOME=$home SPARK_WORKER_DIR=$folder/work

run() { # NAME CLASS ARGUMENTS…
    local name=$1
    shift
    nohup "$home/bin/spark-class" "$@" >"$folder/$name.log" 2>&1 </dev/null &
    echo $! >"$folder/$name.pid"
}

stop() {
    for file in "$folder"/*.pid; do
        [ -e "$file" ] || continue
        # The number may belong to another program by now. No pipe into grep -q: it leaves early,
        # ps fails at the closed pipe, and the process would be taken for another program.
        number=$(cat "$file")
        rm -f "$file"
        if [[ $(ps -ww -o command= -p "$number" 2>/dev/null) == *org.apache.spark* ]]; then
            kill "$number" 2>/dev/null || true
            for _ in $(seq 100); do # until its ports are free again
                kill -0 "$number" 2>/dev/null || continue 2
                sleep 0.2
            done
            kill -KILL "$number" 2>/dev/null || true
        fi
    done
}

free() { # PORT: a taken one would be answered by another cluster, which these workers would join
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
        echo "Port $1 is in use: stop what listens there, or set IRTYSH_SPARK_PORT and IRTYSH_SPARK_PAGE" >&2
        exit 1
    fi
}

alive() {
    .venv-scale/bin/python - "$page" <<'PYTHON'
import json, sys, urllib.request
try:
    with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/json/", timeout=5) as answer:
        workers = json.load(answer)["workers"]
except OSError:
    workers = []
print(sum(worker["state"] == "ALIVE" for worker in workers))
PYTHON
}

case ${1:-} in
start)
    workers=${2:-2}
    mkdir -p "$folder/work"
    stop
    free "$port"
    free "$page"
    trap stop ERR
    run master org.apache.spark.deploy.master.Master \
        --host 127.0.0.1 --port "$port" --webui-port "$page"
    for number in $(seq "$workers"); do
        run "worker-$number" org.apache.spark.deploy.worker.Worker \
            --host 127.0.0.1 --cores 1 --memory "$memory" --webui-port 0 "spark://127.0.0.1:$port"
    done
    for _ in $(seq 180); do
        if [ "$(alive)" = "$workers" ]; then
            echo "spark://127.0.0.1:$port"
            exit 0
        fi
        sleep 1
    done
    echo "The cluster did not come up within three minutes; its messages are in $folder" >&2
    stop
    exit 1
    ;;
stop) stop ;;
*)
    echo "tools/spark_cluster.sh start [WORKERS] | stop" >&2
    exit 2
    ;;
esac
