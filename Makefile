# make demo     builds the sample site and shows it on this machine while it is edited
# make test     passes all tests; sets up what is missing first
# make soak     runs the laws and the fuzz tests for longer, and make servers
# make servers  tries the built sample on nginx, Apache, Caddy, lighttpd, BusyBox, Python and from disk
# make pages    measures how fast pages are: Lighthouse, and a slow line (bench/page)
# make search   measures the search beside Pagefind's (bench/search)
# make bench    measures builds beside Hugo's and the floor (bench/README.md); DIR= is a folder in memory
# make clean    removes what was built

SHELL := /bin/bash
PORT ?= 8080

# How long one package may test, and what soak asks for: about a minute a fuzz
# target, and how often a preview saves a file. (A number of runs, not a time: Go 1.26 may call the end of the time a
# failure, go.dev/issue/75804.)
LIMIT ?= 8m
CHECKS ?= 5000
FUZZTIME ?= 400000x
EDITS ?= 10000
HUGO ?= v0.165.0

.NOTPARALLEL:
.PHONY: demo build setup test fmt vet unit cross e2e soak servers pages search bench bench-check clean

demo:
	@e2e/setup.sh go
	@$(MAKE) --no-print-directory build
	./bin/plumb build
	./bin/plumb serve --port $(PORT)

# Without tables for debuggers, which are a third of the program, and without the
# builder's paths. What a panic says is the same.
build:
	go build -trimpath -ldflags "-s -w" -o bin/ ./cmd/plumb ./cmd/serve

test: setup fmt vet unit bench-check cross e2e
	@echo "all tests passed"

setup:
	@e2e/setup.sh

fmt:
	@unformatted=$$(gofmt -l bench cmd generator themes); \
	if [ -n "$$unformatted" ]; then echo "gofmt wants: $$unformatted"; exit 1; fi

vet:
	go vet ./...

unit:
	go test -race -timeout $(LIMIT) ./...

# Built for the other systems, not run.
cross:
	GOOS=windows GOARCH=amd64 go build -o /dev/null ./cmd/plumb
	GOOS=darwin GOARCH=arm64 go build -o /dev/null ./cmd/plumb

# What a reader sees, in Chromium.
e2e:
	cd e2e && node_modules/.bin/playwright test

# A law that fails prints how to replay it: go test … -rapid.failfile=….
soak: setup
	go test -count=1 -timeout 1h ./cmd/plumb -run TestFlat -edits $(EDITS)
	go test -count=1 -timeout 1h $$(git grep -l pgregory.net/rapid -- '*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|') -rapid.checks=$(CHECKS)
	@set -e; for at in $$(git grep -o -E 'func Fuzz[A-Za-z0-9]+' -- '*_test.go' | sed 's|/[^/]*:func |:|'); do \
		echo "go test -fuzz $${at#*:} ./$${at%%:*}"; \
		go test -run '^$$' -fuzz "^$${at#*:}$$" -fuzztime $(FUZZTIME) ./$${at%%:*}; \
	done
	@$(MAKE) --no-print-directory servers

servers:
	@e2e/setup.sh go browser npm servers
	node e2e/servers.mjs

pages:
	@e2e/setup.sh go browser npm pages
	node bench/page/pages.mjs

search:
	@e2e/setup.sh go browser npm pagefind
	node bench/search/search.mjs

# How much memory a build asks for, page by page, held to what was recorded.
bench-check:
	go run ./bench/check

# BENCH gives it other flags: make bench BENCH="-n 1000 -rounds 9", BENCH=-large.
bench:
	@e2e/setup.sh go pagefind
	@test -x bench/.bin/hugo || CGO_ENABLED=0 GOBIN=$(CURDIR)/bench/.bin go install github.com/gohugoio/hugo@$(HUGO)
	go run ./bench/run -dir "$(DIR)" $(BENCH)

clean:
	rm -rf bin public
