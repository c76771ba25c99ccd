#!/usr/bin/env bash
# Installs what the tests need and the machine lacks, and says what:
#     e2e/setup.sh [go] [cc] [editors] [browser] [npm]      (default: all five)
# What is there is not fetched again. Debian packages are installed as root on
# Debian only; elsewhere it says what is missing, and how to get it, and fails.
set -euo pipefail
cd "$(dirname "$0")/.."

main() {
	[ $# -gt 0 ] || set -- go cc editors browser npm
	local part
	for part; do "need_$part"; done
}

say() { echo "setup: $*"; }

fail() {
	echo "setup: $*" >&2
	exit 1
}

# debian installs packages, or says how to.
debian() {
	if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then
		say "installing the Debian packages $*"
		local log
		log=$(mktemp)
		export DEBIAN_FRONTEND=noninteractive
		if ! { apt-get update && apt-get install -y --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
			tail -n 20 "$log" >&2
			fail "apt-get could not install $*"
		fi
		rm "$log"
	else
		fail "missing: $*. On Debian: sudo apt-get install $*; elsewhere install what gives the same commands"
	fi
}

need_go() {
	command -v go >/dev/null || fail "missing: Go 1.26 or newer, the command go"
	if ! GOPROXY=off go list -deps -test ./... >/dev/null 2>&1; then
		say "downloading the Go modules of go.mod"
		go mod download
	fi
}

# The race detector is linked by the C compiler.
need_cc() {
	echo '#include <stdlib.h>' | $(go env CC) -fsyntax-only -x c - 2>/dev/null || debian gcc libc6-dev
}

# The editors and tools that generator/watch is tested with as they really save.
need_editors() {
	local missing=()
	command -v vim >/dev/null || missing+=(vim)
	command -v nano >/dev/null || missing+=(nano)
	command -v emacs >/dev/null || missing+=(emacs-nox)
	command -v rsync >/dev/null || missing+=(rsync)
	command -v git >/dev/null || missing+=(git)
	[ ${#missing[@]} = 0 ] || debian "${missing[@]}"
}

need_browser() {
	command -v chromium chromium-browser google-chrome >/dev/null || debian chromium
	# Without any font a browser draws no text.
	local font
	font=$(find /usr/share/fonts ~/.fonts ~/.local/share/fonts /Library/Fonts -name '*.[to]t[fc]' -print -quit 2>/dev/null) || true
	[ -n "$font" ] || debian fonts-dejavu-core
}

need_npm() {
	{ command -v node && command -v npm; } >/dev/null || fail "missing: Node.js 20 or newer with npm. On Debian: sudo apt-get install nodejs npm"
	cmp -s e2e/package-lock.json e2e/node_modules/.installed-lock && return
	say "installing the npm packages of e2e/package-lock.json"
	(cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error </dev/null)
	cp e2e/package-lock.json e2e/node_modules/.installed-lock
}

main "$@"
