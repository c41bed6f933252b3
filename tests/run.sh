#!/usr/bin/env bash
# Runs every check of the project, after installing what the checks need and this machine lacks.
# Stops at the first one that fails. `.ci/run` does the same.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

TARGET="${CARGO_TARGET_DIR:-$PWD/target}"
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
# The program that the tests in Rust compile. Compiling another one, with optimisation, would take longer than they do.
export FILIERE="$TARGET/debug/filiere"
# Thousands of small sites are written and removed, which is faster in memory.
if [[ -d /dev/shm && -w /dev/shm ]]; then
  TMPDIR=$(mktemp -d /dev/shm/filiere-tests-XXXXXX)
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi
# What is needed for compiling a second time costs time now.
[[ -d $TARGET ]] || export CARGO_INCREMENTAL=0

fail() {
  printf '\nFAILED: %s\n' "$1" >&2
  exit 1
}

# step TITLE COMMAND...: runs a command under a headline, and says how long it took.
step() {
  printf '\n== %s\n' "$1"
  local start=$SECONDS
  "${@:2}" || fail "$1"
  printf '== %s: %s s\n' "$1" "$((SECONDS - start))"
}

# need COMMAND PACKAGE: installs a Debian package if the command is not there.
need() {
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || fail "there is no $1: install it (on Debian and Ubuntu it is in the package $2)"
  local as_root=()
  [[ $EUID -eq 0 ]] || as_root=(sudo)
  step "look up packages" "${as_root[@]}" apt-get update --quiet
  step "install $2, for $1" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes "$2"
}

# browser NAME...: runs tests/browser/NAME.test.mjs, two at a time.
browser() {
  npm --prefix tests/browser test -- --test-concurrency=2 "${@/%/.test.mjs}"
}

# lean_library: whether the library without features depends on nothing that only commands need.
lean_library() {
  local heavy='^(annotate-snippets|anstream|anyhow|axum|calamine|clap|encoding_rs|hyper|hyper-util|indicatif|lsp-server|lsp-types|mimalloc|mime_guess|notify|open|pagefind|rust_xlsxwriter|rustls|signal-hook|tokio|ureq|zip) '
  ! cargo tree --no-default-features --edges normal --prefix none --locked | grep -E "$heavy"
}

# deny: runs cargo-deny, after compiling it if it is not there. Known vulnerabilities are only checked where their database
# can be reached.
deny() {
  local checks=(licenses bans sources)
  if ! cargo deny --version >/dev/null 2>&1; then
    # It runs for seconds, so compiling it without optimisation takes less time on the whole.
    CARGO_PROFILE_DEV_DEBUG=0 cargo install cargo-deny --version 0.20.2 --locked --debug --quiet
  fi
  if GIT_TERMINAL_PROMPT=0 timeout 20 git ls-remote --quiet https://github.com/RustSec/advisory-db HEAD >/dev/null 2>&1; then
    checks+=(advisories)
  else
    echo "the database of vulnerabilities can't be reached, so they are not checked"
  fi
  cargo deny --all-features --locked check "${checks[@]}"
}

# component COMMAND NAME: adds a part of the Rust toolchain if it is not there.
component() {
  cargo "$1" --version >/dev/null 2>&1 && return
  command -v rustup >/dev/null || fail "cargo has no $1: install $2, as in \"rustup component add $2\""
  step "install $2" rustup component add "$2"
}

command -v cargo >/dev/null || fail "there is no cargo: install Rust from https://rustup.rs, then open a new shell"
if [[ $(uname -s) == Linux ]]; then
  need cc build-essential
  need node nodejs
  need npm npm
  need nvim neovim
  need python3 python3
  need pip3 python3-pip
  need soffice libreoffice-calc-nogui
  need strace strace
  need valgrind valgrind
  [[ -n ${CHROMIUM:-} ]] || need chromium chromium
fi
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ||
  fail "node is $(node --version): the tools for the browser need 20.19 or newer, from https://nodejs.org"
component fmt rustfmt
component clippy clippy

step "format" cargo fmt --check
step "lints" cargo clippy --all-targets --locked -- -D warnings
# Each feature alone, and none: the lints above have all of them.
for features in "" cli links lsp serve search sheets; do
  step "lints with the features \"$features\"" cargo clippy --no-default-features --features "$features" --locked -- -D warnings
done
step "the library brings no server, runtime or command line" lean_library
step "licences and origin of dependencies" deny
step "tests" cargo test --locked
# Counted on Linux, where the figures are recorded.
[[ $(uname -s) != Linux ]] || step "the instructions of a build" cargo test --locked --test instructions -- --ignored --nocapture
step "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked --document-private-items
step "the portal's content" "$FILIERE" check --strict
step "tools for editors" npm --prefix tests/editors ci --no-audit --no-fund --loglevel=error
step "the language server in Neovim and in a client of VS Code's libraries" npm --prefix tests/editors test
step "tools for workbooks" pip3 install --quiet --disable-pip-version-check --root-user-action ignore --target "$TARGET/python" --upgrade --requirement tests/sheets/requirements.txt
step "the portal as a workbook, in LibreOffice and in a program that people write" env PYTHONPATH="$TARGET/python" python3 tests/sheets/portal.py
step "tools for the browser" npm --prefix tests/browser ci --no-audit --no-fund --loglevel=error
step "format of style sheets and scripts" npm --prefix tests/browser run format
# The longest first, so that both cores are busy to the end.
step "the portal and other sites, in a browser and as files" browser tasks pages steps files examples torture arabic network names preview xss
# Alone, because it measures.
step "Lighthouse" browser lighthouse

printf '\nEverything is in order.\n'
