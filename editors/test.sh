#!/usr/bin/env bash
# Opens cases in the editors that are on this machine, without a screen, against the real language server, and asks Nushell
# what it would complete.
# EVIGRAPH, NVIM_PROGRAM and NU_PROGRAM name the programs, if they are not where a build or the PATH has them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

skip() {
    printf 'NOT TRIED: %s\n' "$*" >&2
}

has_server() {
    [ -x "$1" ] && "$1" lsp --help >/dev/null 2>&1
}

server() {
    local target="${CARGO_TARGET_DIR:-../target}" program
    for program in "${EVIGRAPH:-}" "$target/debug/evigraph" "$target/release/evigraph" "$(command -v evigraph)"; do
        if has_server "$program"; then
            realpath "$program"
            return
        fi
    done
    return 1
}

neovim() {
    local nvim="${NVIM_PROGRAM:-nvim}"
    if ! command -v "$nvim" >/dev/null 2>&1; then
        skip "Neovim is not installed"
    elif ! "$nvim" --clean --headless '+if has("nvim-0.11") | qall! | else | cquit | endif' >/dev/null 2>&1; then
        skip "Neovim is older than 0.11: $("$nvim" --version | head -n 1)"
    else
        "$nvim" --version | head -n 1
        "$nvim" --headless -u NONE -i NONE -l neovim/test.lua
        echo
    fi
}

emacs_eglot() {
    local start='(progn (package-initialize) (setq load-prefer-newer t))'
    if ! command -v emacs >/dev/null 2>&1; then
        skip "Emacs is not installed"
    elif ! emacs --batch --eval "$start" --eval "(require 'eglot)" >/dev/null 2>&1; then
        skip "Emacs has no Eglot: $(emacs --version | head -n 1)"
    else
        emacs --version | head -n 1
        EVIGRAPH_TEST_FOLDER="$work" emacs --batch --eval "$start" -L emacs -l emacs/test.el
    fi
}

nushell() {
    local nu="${NU_PROGRAM:-nu}"
    if ! command -v "$nu" >/dev/null 2>&1; then
        skip "Nushell is not installed"
    else
        printf 'Nushell %s\n' "$("$nu" --version)"
        bash shells/nushell.sh "$nu" "$work"
    fi
}

if ! program="$(server)"; then
    skip "no evigraph with a language server is here: build it, or name it in EVIGRAPH"
    exit 0
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
ln -s "$program" "$work/evigraph"
export PATH="$work:$PATH"
neovim
emacs_eglot
nushell
