# Rabeg. The two commands: `make try` shows it, `make test` proves it.
# Needs make, a POSIX sh and Go; what else is missing is installed, saying so.

.POSIX:
.SUFFIXES:
.PHONY: help try test setup lint bench build clean

GO = go
ARGS =

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

try: ## run everything here and play one case; ARGS='--demo' ends after it
	@.ci/setup try
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/rabeg ./cmd/rabeg
	@exec ./bin/rabeg try $(ARGS)

test: ## all tests, with the race detector where there is a C compiler
	@.ci/setup
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/rabeg ./cmd/rabeg
	@race=-race; \
	if ! command -v "$$($(GO) env CC | cut -d' ' -f1)" >/dev/null 2>&1; then \
		race=; echo 'test: no C compiler here, so the race detector is off'; \
	fi; \
	E2E_PROGRAM="$$PWD/bin/rabeg" $(GO) test $$race -timeout 8m $(ARGS) ./...

setup: ## install the servers that try and test need
	@.ci/setup

lint: ## gofmt, go vet, golangci-lint, go mod tidy
	@.ci/lint

bench: ## measure speed on this machine, fsync on
	@.ci/setup try
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/rabeg ./cmd/rabeg
	@exec ./bin/rabeg bench $(ARGS)

build: ## one static program, bin/rabeg
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o bin/rabeg ./cmd/rabeg

clean: ## remove what was built; the data in .rabeg stays
	rm -rf bin
