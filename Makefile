# Rabeg. The two commands: `make try` shows it, `make test` proves it.
# Needs make, a POSIX sh and Go; what else is missing is installed, saying so.

.POSIX:
.SUFFIXES:
.PHONY: help try test thorough faults scale quarter serve setup lint bench build clean

GO = go
# What runs WhatsApp clients is tested without the race detector: the library (whatsmeow) races with itself when a
# connection breaks during its handshake, and the detector cannot be told whose race it saw. The end-to-end tests run
# the program as it is shipped, without the detector, and people with such clients beside it. What measures memory runs
# without it, too: its own would be measured; and by itself, for it takes the whole machine.
RACY = /bot/whatsapp$$|/internal/sim/warelay|/internal/e2e$$|/internal/app$$
MEASURED = ./internal/media
# What only computes is tested without it as well (docs/shape.md: pure rooms, and a few like them). No goroutine is begun there, and
# internal/house lets no package keep state, so that all the detector could see is what values keep for the next who asks: TOGETHER
# are tests that use these from many goroutines at once, with the detector.
CALM = ^rabeg/(bot|bot/wasign|flows|flows/.*|migrations|internal/(app/clocktest|casework|deadline|desk|digest|figures|figures/.*|house|ledger|meant|media/jfif|opendata|place|profile|profile/.*|report|say|sp4n|sp4n/sheet|twin|understand|understand/(answer|eval|inquiry|linear|words)))$$
TOGETHER = ./flows/flowtest ./internal/desk ./internal/figures/chart ./internal/understand
# What the detector takes longest for, and others call beside one another as well: only make thorough has it look at these.
SLOW = ^rabeg/internal/(embedded|lab/phones|open311|postgres|public|rights|sp4n/exchange)$$
# The plays in which the program dies, at more steps than with the detector.
DEATHS = ./internal/engine
ARGS =

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

try: ## run everything here, with phones and desk in your browser; ARGS='--demo' plays one case and ends
	@.ci/setup try
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/rabeg-lab ./cmd/rabeg-lab
	@exec ./bin/rabeg-lab try $(ARGS)

serve: build ## run it for real, on private servers where none are set; needs TELEGRAM_TOKEN
	@.ci/setup serve
	@exec ./bin/rabeg serve $(ARGS)

# Without the detector all is built as the programs are, so that nothing is compiled twice for it. go vet is left to make lint.
test: ## all tests, with the race detector where something runs beside something else, if there is a C compiler
	@.ci/setup
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/ ./cmd/rabeg ./cmd/rabeg-lab
	@race=-race; \
	if ! command -v "$$($(GO) env CC | cut -d' ' -f1)" >/dev/null 2>&1; then \
		race=; echo 'test: no C compiler here, so the race detector is off'; \
	fi; \
	all=$$($(GO) list ./...) || exit 1; calm='$(CALM)'; [ -n "$$THOROUGH" ] || calm="$$calm|$(SLOW)"; \
	beside=$$(printf '%s\n' $$all | grep -vE "$(RACY)|$$calm"); \
	calm=$$(printf '%s\n' $$all | grep -E "$$calm" | grep -vE '$(RACY)'); racy=$$(printf '%s\n' $$all | grep -E '$(RACY)'); \
	export E2E_PROGRAM="$$PWD/bin/rabeg" E2E_LAB="$$PWD/bin/rabeg-lab"; result=0; \
	plainly() { CGO_ENABLED=0 $(GO) test -trimpath -vet=off -timeout 8m $(ARGS) "$$@" || result=1; }; \
	if [ -n "$$race" ]; then \
		$(GO) test -race -vet=off -parallel 4 -timeout 8m $(ARGS) $$beside || result=1; \
		$(GO) test -race -vet=off -timeout 8m -run '^TestTogether' $(ARGS) $(TOGETHER) || result=1; \
		plainly -parallel 4 -run '^TestDying' $(DEATHS); \
	else \
		plainly -parallel 4 $$beside; \
	fi; \
	plainly -parallel 4 $$calm; plainly -timeout 25m $$racy; \
	plainly $(MEASURED); \
	exit $$result

thorough: ## make test with all cases of each kind, more people and longer outages, a death at every step
	@THOROUGH=1 $(MAKE) test

faults: ## what goes wrong, again and again, among people who talk: prints a table; twenty minutes
	@.ci/setup
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/ ./cmd/rabeg ./cmd/rabeg-lab
	@rm -f bin/faults.txt; export E2E_PROGRAM="$$PWD/bin/rabeg" E2E_LAB="$$PWD/bin/rabeg-lab"; result=0; \
	FAULTS="$$PWD/bin/faults.txt" $(GO) test ./internal/e2e -count=1 -parallel 1 -timeout 60m -run '^(TestFaults|TestFaultsOnTheOfficialWhatsApp|TestPoisonousPictures|TestTheClockIsSetByADay)$$' $(ARGS) || result=1; \
	cat bin/faults.txt; exit $$result

scale: ## a hundred people while an engine dies (Redis Cluster, Sentinels, standbys, PgBouncer, three programs): a table; ten minutes
	@.ci/setup scale
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/ ./cmd/rabeg ./cmd/rabeg-lab
	@rm -f bin/scale.txt; export E2E_PROGRAM="$$PWD/bin/rabeg" E2E_LAB="$$PWD/bin/rabeg-lab"; result=0; \
	SCALE="$$PWD/bin/scale.txt" $(GO) test ./internal/e2e -count=1 -parallel 1 -timeout 40m -run '^(TestScale|TestPeopleAreAskedAgainAfterAFailover|TestEnginesThatDoNotFitEndTheStart|TestAStartThatWaitsForAStandbySaysSo)$$' $(ARGS) || result=1; \
	cat bin/scale.txt; exit $$result

quarter: ## a simulated quarter of 5,000 reports: every clock, letter and figure against a count by hand; a minute
	@QUARTER=5000 $(GO) test ./internal/casework -count=1 -timeout 20m -run '^TestAQuarter$$' -v $(ARGS)

setup: ## install the servers that try and test need
	@.ci/setup

lint: ## gofmt, go vet, golangci-lint, go mod tidy
	@.ci/lint

bench: ## measure speed on this machine, fsync on
	@.ci/setup try
	@CGO_ENABLED=0 $(GO) build -trimpath -o bin/ ./cmd/rabeg ./cmd/rabeg-lab
	@exec ./bin/rabeg-lab bench $(ARGS)

build: ## one static program, bin/rabeg
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o bin/rabeg ./cmd/rabeg

clean: ## remove what was built; the data in .rabeg stays
	rm -rf bin
