#!/usr/bin/env bash
# Looks for broken promises for hours: what tests/run.sh does in a bounded form, without the bounds.
#
#   tests/campaign.sh                 everything, one after the other
#   tests/campaign.sh fuzz xss        some of it: fuzz torture crash xss soak mutants
#
# RUNS (inputs for each fuzz target, 1000000), SEEDS (changed sites, 50..3050), EDITS (of the soak, 20000) and MUTANTS (one
# of how many mutants is tried, 4) change how far it goes. Inputs that break a promise are in fuzz/artifacts/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# part TITLE COMMAND...: runs a command under a headline, with the seconds that it took.
part() {
  printf '\n== %s\n' "$1"
  local start=$SECONDS
  "${@:2}"
  printf '== %s: %s s\n' "$1" "$((SECONDS - start))"
}

# tool COMMAND: installs a command of cargo if it is not there.
tool() {
  cargo "$1" --version >/dev/null 2>&1 || part "install cargo-$1" cargo install "cargo-$1" --locked
}

# The fuzzer's instrumentation needs switches of an unstable compiler, which the stable one has too. The sanitizers look
# for errors of memory, which the code can't have: unsafe code is forbidden.
fuzz() {
  tool fuzz
  local target
  for target in $(RUSTC_BOOTSTRAP=1 cargo fuzz list); do
    part "fuzz $target" env RUSTC_BOOTSTRAP=1 cargo fuzz run -s none "$target" "fuzz/corpus/$target" -- \
      -runs="${RUNS:-1000000}" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0
    part "minimise the corpus of $target" env RUSTC_BOOTSTRAP=1 cargo fuzz cmin -s none "$target"
  done
}

torture() {
  part "changed sites" env FILIERE_SEEDS="${SEEDS:-50..3050}" cargo test --release --locked --test torture
}

crash() {
  part "faults at every system call" env FILIERE_FAULTS=all cargo test --release --locked --test crash -- --nocapture
}

xss() {
  part "the program" cargo build --release --locked
  [[ -d tests/browser/node_modules ]] || npm --prefix tests/browser ci --no-audit --no-fund --loglevel=error
  part "scripts in texts" env FILIERE_CAMPAIGN=1 npm --prefix tests/browser test -- xss.test.mjs
}

soak() {
  part "soak of the preview" env FILIERE_EDITS="${EDITS:-20000}" cargo test --release --locked --test it soak
}

# One of MUTANTS mutants of the stages in which a mistake would be worst. Exit status 2 says that some survived; they are
# in mutants.out/missed.txt.
mutants() {
  tool mutants
  part "mutants" cargo mutants --in-place --shard "0/${MUTANTS:-4}" --timeout 300 \
    --file 'src/parse/**' --file 'src/model/**' --file 'src/output.rs' --file 'src/site/**' \
    -- --lib --test it --test properties || [[ $? -eq 2 ]]
}

for name in "${@:-fuzz torture crash xss soak mutants}"; do
  for each in $name; do
    [[ " fuzz torture crash xss soak mutants " == *" $each "* ]] || { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
    "$each"
  done
done
