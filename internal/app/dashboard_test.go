package app

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"rabeg/internal/web"
)

// shownMetrics are all metrics of the program, with their labels.
func shownMetrics() map[string][]string {
	a := &App{metrics: web.NewMetrics(nil, ""), hub: &Hub{}, watcher: &watcher{}}
	a.metrics.Numbers(nil)
	a.figures()
	return a.metrics.Names()
}

var (
	aMetric  = regexp.MustCompile(`\brabeg_[a-z_]+\b`)
	selector = regexp.MustCompile(`(rabeg_[a-z_]+)(?:\{([^}]*)\})?`)
	grouping = regexp.MustCompile(`by \(([^)]*)\)`)
	legend   = regexp.MustCompile(`\{\{\s*(?:\$labels\.)?([a-z_]+)\s*\}\}`)
)

// base is the metric that a name of a histogram's parts belongs to.
func base(name string, shown map[string][]string) string {
	for _, end := range []string{"_bucket", "_sum", "_count"} {
		if b, ok := strings.CutSuffix(name, end); ok && shown[name] == nil {
			return b
		}
	}
	return name
}

// wrongWith says what of a query is not shown by the program: metrics, their labels, what is grouped by, and what a text names.
func wrongWith(shown map[string][]string, query string, texts ...string) (wrong []string) {
	if strings.Count(query, "(") != strings.Count(query, ")") || strings.Count(query, "[") != strings.Count(query, "]") {
		wrong = append(wrong, "its brackets do not close")
	}
	labels := []string{"instance", "job", "le"}
	for _, m := range selector.FindAllStringSubmatch(query, -1) {
		own, known := shown[base(m[1], shown)]
		if !known {
			wrong = append(wrong, "no metric "+m[1])
		}
		labels = append(labels, own...)
		for pair := range strings.SplitSeq(m[2], ",") {
			if name, _, set := strings.Cut(pair, "="); set && !slices.Contains(own, name) {
				wrong = append(wrong, m[1]+" has no label "+name)
			}
		}
	}
	if !aMetric.MatchString(query) {
		wrong = append(wrong, "it names no metric")
	}
	var kept []string
	for _, by := range grouping.FindAllStringSubmatch(query, -1) {
		for name := range strings.SplitSeq(by[1], ",") {
			kept = append(kept, strings.TrimSpace(name))
		}
	}
	for _, name := range kept {
		if !slices.Contains(labels, name) {
			wrong = append(wrong, "nothing has the label "+name)
		}
	}
	for _, text := range texts {
		for _, l := range legend.FindAllStringSubmatch(text, -1) {
			if grouped := strings.Contains(query, " by ("); grouped && !slices.Contains(kept, l[1]) || !grouped && !slices.Contains(labels, l[1]) {
				wrong = append(wrong, "the label "+l[1]+" is not left of it")
			}
		}
	}
	return wrong
}

func TestWrongWith(t *testing.T) {
	t.Parallel()
	shown := map[string][]string{"rabeg_a": {"x"}, "rabeg_h_seconds": {"result"}}
	for query, fine := range map[string]bool{
		"rabeg_a": true, `rabeg_a{x="1"}`: true, "sum by (le) (rate(rabeg_h_seconds_bucket[5m]))": true, "max by (x) (rabeg_a)": true,
		"rabeg_b": false, `rabeg_a{y="1"}`: false, "max by (y) (rabeg_a)": false, "max((rabeg_a)": false, "rabeg_b_count": false, "up": false,
	} {
		if wrong := wrongWith(shown, query); (len(wrong) == 0) != fine {
			t.Errorf("%s: %q", query, wrong)
		}
	}
	if wrong := wrongWith(shown, "max by (x) (rabeg_a)", "{{y}} and {{ $labels.x }}"); len(wrong) != 1 {
		t.Errorf("%q", wrong)
	}
}

// The dashboard and the alerts of docs/metrics ask for what the program shows, and the dashboard shows all of it.
func TestDashboardAndAlerts(t *testing.T) {
	t.Parallel()
	shown := shownMetrics()
	if len(shown) < 20 || !slices.Equal(shown["rabeg_send_seconds"], []string{"network", "result"}) || !slices.Equal(shown["rabeg_ready"], []string{"check"}) {
		t.Fatalf("the program shows %v", shown)
	}
	text, err := os.ReadFile("../../docs/metrics/grafana.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			ID      int
			Title   string
			Targets []struct{ Expr, LegendFormat string }
		}
	}
	if err := json.Unmarshal(text, &dashboard); err != nil {
		t.Fatal(err)
	}
	asked, ids := map[string]bool{}, map[int]bool{}
	for _, p := range dashboard.Panels {
		if ids[p.ID] || p.Title == "" || len(p.Targets) == 0 {
			t.Errorf("panel %d %q has no number, title or query of its own", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, q := range p.Targets {
			for _, w := range wrongWith(shown, q.Expr, q.LegendFormat) {
				t.Errorf("panel %q, %s: %s", p.Title, q.Expr, w)
			}
			for _, m := range aMetric.FindAllString(q.Expr, -1) {
				asked[base(m, shown)] = true
			}
		}
	}
	for name := range shown {
		if strings.HasPrefix(name, "rabeg_") && !asked[name] {
			t.Errorf("no panel shows %s", name)
		}
	}
	text, err = os.ReadFile("../../docs/metrics/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var alerts struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := yaml.UnmarshalWithOptions(text, &alerts, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	for _, g := range alerts.Groups {
		for _, r := range g.Rules {
			for _, w := range wrongWith(shown, r.Expr, r.Annotations["summary"]) {
				t.Errorf("alert %s, %s: %s", r.Alert, r.Expr, w)
			}
			if _, err := time.ParseDuration(r.For); err != nil || !slices.Contains([]string{"page", "ticket"}, r.Labels["severity"]) || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
				t.Errorf("alert %s waits %q, is %v, says %v", r.Alert, r.For, r.Labels, r.Annotations)
			}
		}
	}
	if len(alerts.Groups) != 1 || len(alerts.Groups[0].Rules) < 10 {
		t.Error("there are hardly any alerts")
	}
}
