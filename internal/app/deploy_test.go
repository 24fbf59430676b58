package app

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/session"
)

// variables are the settings that the program reads from its environment.
func variables(of reflect.Type) (all []string) {
	for f := range of.Fields() {
		if f.Anonymous {
			all = append(all, variables(f.Type)...)
		}
		if _, name, ok := strings.Cut(f.Tag.Get("arg"), "env:"); ok {
			name, _, _ = strings.Cut(name, ",")
			all = append(all, name)
		}
	}
	return all
}

// at reads what stands in a document by names and numbers of a path; nil where there is nothing.
func at(doc any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := doc.(map[string]any)
			doc = m[step]
		case int:
			l, _ := doc.([]any)
			if step >= len(l) {
				return nil
			}
			doc = l[step]
		}
	}
	return doc
}

// documents are those of a file of the repository.
func documents(t *testing.T, file string) (all []any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(string(text), "\n---\n") {
		var doc any
		if err := yaml.Unmarshal([]byte(part), &doc); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, doc)
	}
	return all
}

var filledIn = regexp.MustCompile(`\$\{([A-Z_]+)(?::-([^}]*)|:\?[^}]*)?\}`)

// fill writes values where a compose file names variables: their defaults, and else a word.
func fill(value string) string {
	return filledIn.ReplaceAllStringFunc(value, func(found string) string {
		m := filledIn.FindStringSubmatch(found)
		if strings.Contains(found, ":-") {
			return m[2]
		}
		return "word"
	})
}

// addressed checks the addresses of the stores as the program reads them.
func addressed(t *testing.T, where, database, redis string) {
	t.Helper()
	if _, err := pgxpool.ParseConfig(database); err != nil {
		t.Errorf("%s: DATABASE_URL cannot be read: %v", where, err)
	}
	if err := session.Check(redis); err != nil {
		t.Errorf("%s: REDIS_URL %v", where, err)
	}
}

// The files that deploy the program name its own settings, with values that it takes, and the ports that it listens on.
func TestComposeFits(t *testing.T) {
	t.Parallel()
	known := variables(reflect.TypeFor[Config]())
	for file, programs := range map[string][]string{"compose.yaml": {"rabeg"}, "compose.scale.yaml": {"rabeg-1", "rabeg-2"}} {
		doc := documents(t, file)[0]
		var taken []string
		for _, name := range programs {
			where := file + ", " + name
			env, _ := at(doc, "services", name, "environment").(map[string]any)
			if len(env) < 15 {
				t.Fatalf("%s has %d settings", where, len(env))
			}
			for variable := range env {
				if !slices.Contains(known, variable) {
					t.Errorf("%s: the program has no setting %s", where, variable)
				}
			}
			for _, variable := range known { // whoever puts one into .env is heard
				if _, ok := env[variable]; !ok && variable != "RABEG_DATA" { // all lies in the other services
					t.Errorf("%s does not pass %s on", where, variable)
				}
			}
			value := func(name string) string { s, _ := env[name].(string); return fill(s) }
			addressed(t, where, value("DATABASE_URL"), value("REDIS_URL"))
			ports, _ := at(doc, "services", name, "ports").([]any)
			all := []string{value("LISTEN"), value("LISTEN_METRICS")}
			if pages := value("LISTEN_PUBLIC"); pages != "" {
				all = append(all, pages)
				if value("RABEG_PUBLIC_CLIENT_HEADER") == "" {
					t.Errorf("%s: a proxy stands before the pages, and nobody says who asks", where)
				}
			}
			if len(ports) != len(all) {
				t.Fatalf("%s has %d ports", where, len(ports))
			}
			for i, listens := range all {
				port, _ := ports[i].(string)
				if !strings.HasSuffix(port, listens) || !strings.HasPrefix(port, "127.0.0.1:") {
					t.Errorf("%s: port %s is not that of %s, for this machine alone", where, port, listens)
				}
				host := strings.TrimSuffix(port, listens)
				if slices.Contains(taken, host) {
					t.Errorf("%s: %s is given twice", where, host)
				}
				taken = append(taken, host)
			}
			services, _ := at(doc, "services").(map[string]any)
			for _, host := range hostsNamed(t, value("DATABASE_URL"), value("REDIS_URL")) {
				if services[host] == nil {
					t.Errorf("%s names %s, which is no service of the file", where, host)
				}
			}
		}
		everyVolume(t, file, doc)
	}
}

// hostsNamed are the machines that addresses of stores name.
func hostsNamed(t *testing.T, addresses ...string) (all []string) {
	t.Helper()
	for _, address := range addresses {
		_, rest, _ := strings.Cut(address, "://")
		rest = rest[strings.LastIndex(rest, "@")+1:]
		place, query, _ := strings.Cut(rest, "?")
		place, _, _ = strings.Cut(place, "/")
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Error(err)
		}
		for _, host := range append(strings.Split(place, ","), values["addr"]...) {
			name, _, _ := strings.Cut(host, ":")
			all = append(all, name)
		}
	}
	return all
}

// everyVolume checks that what services keep is a volume that the file declares, each of its own but for the photos.
func everyVolume(t *testing.T, file string, doc any) {
	t.Helper()
	services, _ := at(doc, "services").(map[string]any)
	declared, _ := at(doc, "volumes").(map[string]any)
	used := map[string]string{}
	for name, service := range services {
		volumes, _ := at(service, "volumes").([]any)
		for _, v := range volumes {
			text, _ := v.(string)
			volume, _, _ := strings.Cut(text, ":")
			if _, ok := declared[volume]; !ok {
				t.Errorf("%s: %s keeps things in %s, which is not declared", file, name, volume)
			}
			if other := used[volume]; other != "" && volume != "media" && volume != "backup" {
				t.Errorf("%s: %s and %s share %s", file, name, other, volume)
			}
			used[volume] = name
		}
	}
	for volume := range declared {
		if used[volume] == "" {
			t.Errorf("%s: nobody uses %s", file, volume)
		}
	}
}

func TestKubernetesFits(t *testing.T) {
	t.Parallel()
	const folder = "deploy/kubernetes/"
	known := variables(reflect.TypeFor[Config]())
	kinds := map[string]any{}
	listed, _ := at(documents(t, folder+"kustomization.yaml")[0], "resources").([]any)
	for _, file := range listed {
		name, _ := file.(string)
		for _, doc := range documents(t, folder+name) {
			kind, _ := at(doc, "kind").(string)
			if kinds[kind] = doc; kind == "CronJob" {
				backsUp(t, doc)
			}
		}
	}
	settings, _ := at(kinds["ConfigMap"], "data").(map[string]any)
	for variable := range settings {
		if !slices.Contains(known, variable) {
			t.Errorf("the program has no setting %s", variable)
		}
	}
	if settings["RABEG_PUBLIC_CLIENT_HEADER"] == nil {
		t.Error("the ingress stands before the pages, and nobody says who asks")
	}
	text, err := os.ReadFile(filepath.Join("..", "..", folder, "kustomization.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, variable := range regexp.MustCompile(`\b([A-Z_]{6,})=`).FindAllStringSubmatch(string(text), -1) {
		if !slices.Contains(known, variable[1]) {
			t.Errorf("the secrets name %s, which is no setting", variable[1])
		}
	}
	pod := at(kinds["Deployment"], "spec", "template", "spec", "containers", 0)
	ports := map[string]string{"http": "LISTEN", "metrics": "LISTEN_METRICS", "public": "LISTEN_PUBLIC"}
	for i := range len(ports) {
		name, _ := at(pod, "ports", i, "name").(string)
		port := at(pod, "ports", i, "containerPort")
		if listens, _ := settings[ports[name]].(string); listens != ":"+numeral(port) {
			t.Errorf("port %s is %v, and the program listens at %s", name, port, listens)
		}
	}
	for probe, page := range map[string]string{"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/routez"} {
		if at(pod, probe, "httpGet", "path") != page || at(pod, probe, "httpGet", "port") != "http" {
			t.Errorf("the %s asks %v", probe, at(pod, probe, "httpGet"))
		}
	}
	hook, _ := settings["TELEGRAM_WEBHOOK_URL"].(string)
	u, err := url.Parse(hook)
	served, _ := at(kinds["Ingress"], "spec", "rules", 0, "http", "paths", 0, "path").(string)
	if err != nil || u.Host != at(kinds["Ingress"], "spec", "rules", 0, "host") || !strings.HasPrefix(u.Path, served+"/") {
		t.Errorf("the webhook %s is not what is served: %v", hook, served)
	}
	if at(kinds["Ingress"], "spec", "rules", 1, "http", "paths", 0, "backend", "service", "port", "name") != "public" || at(kinds["Service"], "spec", "ports", 1, "name") != "public" {
		t.Error("nobody reaches the public pages")
	}
	label := at(kinds["Deployment"], "spec", "selector", "matchLabels", "app")
	for _, of := range []any{at(kinds["Service"], "spec", "selector", "app"), at(kinds["PodDisruptionBudget"], "spec", "selector", "matchLabels", "app"),
		at(kinds["Deployment"], "spec", "template", "metadata", "labels", "app")} {
		if of != label || label == nil {
			t.Errorf("%v is chosen where pods are %v", of, label)
		}
	}
	if numeral(at(kinds["PodDisruptionBudget"], "spec", "minAvailable")) != "1" || numeral(at(kinds["Deployment"], "spec", "replicas")) < "2" {
		t.Error("an emptied node takes the last pod")
	}
}

// backsUp checks that what is run each night writes into a volume of its own.
func backsUp(t *testing.T, job any) {
	t.Helper()
	pod := at(job, "spec", "jobTemplate", "spec", "template", "spec")
	args, _ := at(pod, "containers", 0, "args").([]any)
	where, _ := at(pod, "containers", 0, "volumeMounts", 1, "mountPath").(string)
	into, _ := at(args, 1).(string)
	if len(args) != 2 || args[0] != "backup" || where == "" || !strings.HasPrefix(into, where+"/") || at(pod, "volumes", 1, "persistentVolumeClaim") == nil {
		t.Errorf("the backup is %v, and what lasts is at %q", args, where)
	}
}

// numeral is a number of a YAML document as it is written.
func numeral(v any) string {
	out, err := yaml.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(out))
}
