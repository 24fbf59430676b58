package house

import (
	"slices"
	"strings"
	"testing"
)

// importers names, for each module from outside, the packages that may import it.
// Rule: one package, plus those that put everything together. More than one needs
// its reason here. A module that is not in the table may be imported by no one.
var importers = map[string][]string{
	"github.com/go-telegram/bot":       {"bot/telegram"},
	"go.mau.fi/whatsmeow":              whatsApp,
	"go.mau.fi/libsignal":              whatsApp,
	"go.mau.fi/util":                   whatsApp,
	"google.golang.org/protobuf":       whatsApp,
	"github.com/rs/zerolog":            whatsApp,
	"github.com/coder/websocket":       {"internal/sim/warelay"},
	"github.com/redis/go-redis/v9":     {"internal/session"},
	"github.com/alicebob/miniredis/v2": {"internal/embedded/standin"},
	// One pool and its transactions serve the store, the jobs that are made in the
	// same transaction, and the tables of the WhatsApp library; embedded makes
	// databases; migrations run through it.
	"github.com/jackc/pgx/v5":                            {"internal/postgres", "internal/postgres/dump", "internal/jobs", "internal/embedded", "migrations", "bot/whatsapp"},
	"github.com/pressly/goose/v3":                        {"migrations"},
	"github.com/riverqueue/river":                        river,
	"github.com/riverqueue/river/riverdriver":            river,
	"github.com/riverqueue/river/riverdriver/riverpgxv5": river,
	"github.com/riverqueue/river/rivertype":              river,
	"github.com/go-analyze/charts":                       {"internal/figures/chart"},
	"github.com/sashabaranov/go-openai":                  {"internal/understand/llm"},
	"github.com/sony/gobreaker/v2":                       {"internal/understand/llm"},
	"github.com/paulmach/orb":                            {"internal/place"},
	// Only tests drive a browser.
	"github.com/chromedp/chromedp":        {"internal/lab/phones", "internal/public"},
	"github.com/chromedp/cdproto":         {"internal/lab/phones", "internal/public"},
	"github.com/alexflint/go-arg":         {},
	"github.com/mdp/qrterminal/v3":        {},
	"golang.org/x/term":                   {},
	"github.com/goccy/go-yaml":            {"internal/profile"},
	"github.com/minio/minio-go/v7":        {"internal/media"},
	"golang.org/x/image":                  {"internal/media"},
	"github.com/xuri/excelize/v2":         {"internal/sp4n/sheet"},
	"github.com/prometheus/client_golang": {"internal/web"},
	"github.com/getkin/kin-openapi":       {}, // tests of internal/open311 alone
	"rsc.io/qr":                           {"internal/public"},
}

var (
	// The local WhatsApp speaks the wire of the library whose clients it serves.
	whatsApp = []string{"bot/whatsapp", "internal/sim/warelay"}
	// River's tables are made with the product's own.
	river = []string{"internal/jobs", "migrations"}
)

// joiners put core and adapters together: the product, the same on local networks, and the command lines of both.
var joiners = []string{"internal/app", "internal/fleet", "internal/lab", "cmd"}

// crossCutting are small libraries without a protocol or a service behind them,
// free for all.
var crossCutting = []string{
	"golang.org/x/sync", "golang.org/x/text", "golang.org/x/time",
	"github.com/google/go-cmp", "pgregory.net/rapid", "go.uber.org/goleak",
}

// testSupport are packages that only tests import: what they import is a test's.
var testSupport = []string{
	"bot/bottest", "flows/flowtest", "internal/casework/casetest", "internal/figures/byhand",
	"internal/embedded/testdb", "internal/embedded/testengines", "internal/embedded/testredis", "internal/sp4n/sp4ntest",
}

// adapters touch the world outside. One with packages of its own counts as one.
var adapters = []string{
	"bot/telegram", "bot/whatsapp", "bot/whatsappcloud", "internal/postgres", "internal/session", "internal/jobs", "internal/sim",
}

// pure packages compute: what they know comes in as values, what they want goes out
// as values.
var pure = []string{
	"bot", "flows", "internal/report", "internal/twin", "internal/meant", "internal/understand", "internal/place", "internal/deadline", "internal/figures", "internal/casework", "internal/ledger", "internal/say", "internal/sp4n",
}

// impure are the packages inside pure ones that are not pure themselves.
var impure = append([]string{
	"bot/lane", "bot/telegram", "bot/whatsapp", "bot/whatsappcloud", "internal/understand/llm", "internal/understand/train",
	"internal/figures/chart",
}, testSupport...)

func isPure(pkg string) bool { return in(pkg, pure...) && !in(pkg, impure...) }

func adapterOf(pkg string) string {
	for _, a := range adapters {
		if in(pkg, a) {
			return a
		}
	}
	return ""
}

func pkgOf(importPath string) (pkg string, ours bool) {
	pkg, ours = strings.CutPrefix(importPath, module+"/")
	return pkg, ours
}

func TestBotImportsTheStandardLibraryOnly(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		if p.pkg() != "bot" {
			continue
		}
		for _, path := range p.Deps {
			if !tr.all[path].Standard {
				t.Errorf("bot depends on %s", path)
			}
		}
	}
}

func TestEveryModuleHasItsRoom(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		for _, path := range p.Imports {
			dep, known := tr.all[path]
			if !known || dep.Module == nil || dep.Module.Main {
				continue
			}
			if complaint := mayImport(p.pkg(), dep.Module.Path); complaint != "" {
				t.Errorf("%s imports %s: %s", p.pkg(), path, complaint)
			}
		}
	}
}

// mayImport is empty when the package may import the module, else it says why not.
func mayImport(pkg, from string) string {
	switch packages, known := importers[from]; {
	case slices.Contains(crossCutting, from), in(pkg, testSupport...):
		return ""
	case !known:
		return "that module has no package; give it one in the table of importers, with its reason"
	case in(pkg, joiners...), slices.Contains(packages, pkg):
		return ""
	default:
		return "that module belongs to " + strings.Join(append(slices.Clone(joiners), packages...), ", ")
	}
}

func TestMayImport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pkg, module string
		want        bool
	}{
		{"bot/telegram", "github.com/go-telegram/bot", true},
		{"cmd/rabeg", "github.com/go-telegram/bot", true},
		{"internal/app", "github.com/go-telegram/bot", true},
		{"internal/desk", "github.com/go-telegram/bot", false},
		{"internal/session/deep", "github.com/redis/go-redis/v9", false},
		{"cmd/rabeg", "example.com/new", false},
		{"flows", "golang.org/x/text", true},
		{"internal/casework/casetest", "github.com/jackc/pgx/v5", true},
		{"internal/casework", "github.com/jackc/pgx/v5", false},
	} {
		if got := mayImport(c.pkg, c.module) == ""; got != c.want {
			t.Errorf("%s importing %s: allowed %v, want %v", c.pkg, c.module, got, c.want)
		}
	}
}

func TestTestSupportIsImportedByTestsOnly(t *testing.T) {
	t.Parallel()
	for _, p := range theTree(t).own {
		if in(p.pkg(), testSupport...) {
			continue
		}
		for _, path := range p.Imports {
			if pkg, ours := pkgOf(path); ours && in(pkg, testSupport...) {
				t.Errorf("%s imports %s outside its tests", p.pkg(), pkg)
			}
		}
	}
}

func TestPureRoomsImportNoWorld(t *testing.T) {
	t.Parallel()
	for _, p := range theTree(t).own {
		if !isPure(p.pkg()) {
			continue
		}
		for _, path := range p.Imports {
			if worldly(path) {
				t.Errorf("%s is pure and imports %s", p.pkg(), path)
			}
			if pkg, ours := pkgOf(path); ours && !isPure(pkg) && pkg != "internal/profile" { // profile: data, read by its own loader
				t.Errorf("%s is pure and imports %s, which is not", p.pkg(), pkg)
			}
		}
	}
}

// worldly reports whether a standard package reaches the world outside: files,
// network, chance, the log.
func worldly(path string) bool {
	if path == "net/url" || path == "net/netip" { // text and numbers
		return false
	}
	return in(path, "net", "os", "database/sql", "math/rand", "log", "syscall", "crypto/rand", "io/ioutil", "testing")
}

func TestWorldly(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"net": true, "net/http": true, "net/url": false, "os": true, "os/exec": true, "database/sql": true,
		"math/rand/v2": true, "log/slog": true, "math": false, "time": false, "io": false, "database": false,
	} {
		if worldly(path) != want {
			t.Errorf("%s: worldly %v, want %v", path, !want, want)
		}
	}
	for pkg, want := range map[string]bool{
		"bot": true, "bot/telegram": false, "bot/telegram/deep": false, "flows": true, "internal/say": true, "internal/ledger": true,
		"flows/flowtest": false, "internal/understand/llm": false, "internal/understand": true, "internal/postgres": false,
	} {
		if isPure(pkg) != want {
			t.Errorf("%s: pure %v, want %v", pkg, !want, want)
		}
	}
}

// Only the joiners put core and adapters together: an adapter may import the core it serves, never the other way round and
// never another adapter.
func TestNobodyImportsAnAdapter(t *testing.T) {
	t.Parallel()
	for _, p := range theTree(t).own {
		pkg := p.pkg()
		if in(pkg, joiners...) || in(pkg, testSupport...) {
			continue
		}
		for _, path := range p.Imports {
			other, ours := pkgOf(path)
			if !ours {
				continue
			}
			if a := adapterOf(other); a != "" && a != adapterOf(pkg) {
				t.Errorf("%s imports the adapter %s", pkg, other)
			}
		}
	}
}

// What puts everything together is used by nothing but the lab and the command lines: each joiner may import those named
// before it.
func TestNobodyImportsAJoiner(t *testing.T) {
	t.Parallel()
	rank := func(pkg string) int {
		return slices.IndexFunc(joiners, func(j string) bool { return in(pkg, j) })
	}
	for _, p := range theTree(t).own {
		for _, path := range p.Imports {
			other, ours := pkgOf(path)
			if to := rank(other); ours && to >= 0 && to > rank(p.pkg()) {
				t.Errorf("%s imports %s", p.pkg(), other)
			}
		}
	}
}

// keptOut are packages that the shipped program does not hold: a way to trust another WhatsApp than the real one, a Telegram of
// this machine, a Redis that keeps nothing.
var keptOut = []string{"internal/sim", "internal/lab", "internal/embedded/standin"}

func TestTheShippedProgramHoldsNoLab(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, name := range []string{"cmd/rabeg", "internal/app"} {
		p, known := tr.all[module+"/"+name]
		if !known {
			t.Fatalf("%s is gone: what is shipped?", name)
		}
		for _, path := range p.Deps {
			if pkg, ours := pkgOf(path); ours && in(pkg, append(keptOut, testSupport...)...) {
				t.Errorf("%s depends on %s", name, pkg)
			}
		}
	}
	lab, known := tr.all[module+"/cmd/rabeg-lab"]
	if !known || !slices.Contains(lab.Deps, module+"/internal/sim/warelay") {
		t.Error("rabeg-lab is said to run the local WhatsApp, and does not: is this rule looking at the right thing?")
	}
}

func TestChannelsKnowChatsOnly(t *testing.T) {
	t.Parallel()
	for _, p := range theTree(t).own {
		if !in(p.pkg(), "bot") {
			continue
		}
		for _, path := range p.Deps {
			if pkg, ours := pkgOf(path); ours && !in(pkg, "bot") {
				t.Errorf("%s depends on %s", p.pkg(), pkg)
			}
		}
	}
}

// closed are packages that may import these packages of ours and no other: what all the others speak must know none of them.
var closed = map[string][]string{
	"internal/ledger": {"bot", "internal/report"},
	"internal/say":    {"bot", "internal/report", "internal/profile", "internal/deadline"},
}

func TestSharedWordsKnowNoneOfTheirSpeakers(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for pkg, may := range closed {
		p, known := tr.all[module+"/"+pkg]
		if !known {
			t.Errorf("%s is gone: take it out of this table", pkg)
			continue
		}
		for _, path := range p.Imports {
			if other, ours := pkgOf(path); ours && !slices.Contains(may, other) {
				t.Errorf("%s imports %s; it may import %s only", pkg, other, strings.Join(may, ", "))
			}
		}
	}
}
