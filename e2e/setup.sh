#!/usr/bin/env bash
# Installs what the tests need and the machine lacks, and says what:
#     e2e/setup.sh [go] [cc] [editors] [browser] [java] [npm]      (default: all six)
#     e2e/setup.sh servers                                         for make servers
#     e2e/setup.sh pages                                           for make pages
#     e2e/setup.sh pagefind                                        for make search
# What is there is not fetched again. Debian packages are installed as root on
# Debian only; elsewhere it says what is missing, and how to get it, and fails.
set -euo pipefail
cd "$(dirname "$0")/.."

main() {
	[ $# -gt 0 ] || set -- go cc editors browser java npm
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

# The Nu HTML checker is a Java program. (Some systems have a command java that
# only says that there is none.)
need_java() {
	java -version >/dev/null 2>&1 || debian default-jre-headless
}

need_npm() { packages e2e; }

need_pages() { packages bench/page; }

need_pagefind() { packages bench/search; }

# packages installs what a folder's lock file names; none of it runs a script of
# its own meanwhile.
packages() {
	{ command -v node && command -v npm; } >/dev/null || fail "missing: Node.js 20 or newer with npm. On Debian: sudo apt-get install nodejs npm"
	cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock" && return
	say "installing the npm packages of $1/package-lock.json"
	(cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null)
	cp "$1/package-lock.json" "$1/node_modules/.installed-lock"
}

# The servers that a built site is tried on. Only their programs are needed: that
# a package's own service cannot be set up here is no fault.
need_servers() {
	local PATH=$PATH:/usr/sbin
	local packages
	packages=$(servers_missing)
	[ -n "$packages" ] || return 0
	# shellcheck disable=SC2086
	(debian $packages) || [ -z "$(servers_missing)" ] || exit 1
}

# servers_missing lists the packages of the servers that are not there.
servers_missing() {
	local server
	for server in nginx:nginx-light apache2:apache2-bin caddy:caddy lighttpd:lighttpd busybox:busybox python3:python3; do
		command -v "${server%:*}" >/dev/null || echo "${server#*:}"
	done
	[ -e /etc/mime.types ] || echo media-types
}

main "$@"
