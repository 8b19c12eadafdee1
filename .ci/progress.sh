# For the set-up scripts: a word on what is going on, and one sentence when it fails. Sourced by bash.

scratch=$(mktemp -d)
running=
trap 'rm -rf "$scratch"' EXIT
# A command in the background does not hear the terminal's interrupt.
trap '[ -z "$running" ] || kill "$running" 2>/dev/null; exit 130' INT TERM

say() { echo "set-up: $*"; }

fail() {
    echo "set-up: $*" >&2
    exit 1
}

# long WHAT SENTENCE COMMAND...: runs the command, tells every few seconds how it goes; when it fails,
# shows the end of what it said, and the sentence.
long() {
    local what=$1 sentence=$2 start=$SECONDS next=10 log="$scratch/log"
    shift 2
    say "$what"
    "$@" >"$log" 2>&1 </dev/null &
    running=$!
    while kill -0 "$running" 2>/dev/null; do
        sleep 0.2
        if ((SECONDS - start >= next)); then
            next=$((next + 10))
            say "  $((SECONDS - start)) s: $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-90)"
        fi
    done
    local code=0
    wait "$running" || code=$?
    running=
    if ((code)); then
        tail -n 20 "$log" >&2
        fail "$sentence"
    fi
    say "  done in $((SECONDS - start)) s"
}
