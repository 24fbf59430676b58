package fleet

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"rabeg/internal/app"
	"rabeg/internal/profile"
)

// The files of a government's folder.
const (
	// SettingsFile holds its settings: lines such as TELEGRAM_TOKEN=…, by the names that the environment of serve has for them.
	SettingsFile = "settings.env"
	// ProfileFolder is its profile, where it has one of its own.
	ProfileFolder = "profile"
	// PausedFile pauses it while it is there.
	PausedFile = "paused"
)

// nameShape is what a government may be called: it becomes part of paths, keys and of the name of a database.
var nameShape = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// ours are the settings that belong to the program and not to one of its governments.
var ours = []string{"LISTEN", "LISTEN_METRICS", "LOG_LEVEL", "RABEG_DATA", "REDIS_URL"}

// government is one as its folder says.
type government struct {
	folder   string // which is its name
	settings app.Config
	said     map[string]string // its own settings as its file says them
	paused   bool
	wrong    error  // why it cannot be served
	stamp    string // changes whenever something in the folder does
}

// read reads the folder of all governments. base are the settings that they share; served tells which are served now, and with which
// settings. What is wrong with one stands in it; an error is of the folder itself.
func read(dir string, base app.Config, served func(name string) (with app.Config, ok bool)) ([]government, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, app.Wrong("--governments", "the folder cannot be read: "+reason(err), "/etc/rabeg/governments")
	}
	var all []government
	for _, e := range entries {
		if hidden(e.Name()) || !e.IsDir() {
			continue
		}
		all = append(all, one(dir, e.Name(), base))
	}
	apart(all, served)
	return all, nil
}

// hidden reports whether a name is one that editors and file systems give to what nobody is to look at.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") }

// one reads a government's folder.
func one(dir, name string, base app.Config) government {
	g := government{folder: name, settings: base}
	home := filepath.Join(dir, name)
	if g.stamp, g.wrong = stamp(home); g.wrong != nil {
		return g
	}
	if !nameShape.MatchString(name) {
		g.wrong = app.Wrong("folder "+name, "is no name of a government: at most 40 of a-z, 0-9 and -, a letter first", "kota-serang")
		return g
	}
	if _, err := os.Stat(filepath.Join(home, PausedFile)); err == nil {
		g.paused = true
	}
	g.settings = base.Common()
	if g.said, g.wrong = settings(filepath.Join(home, SettingsFile), &g.settings); g.wrong != nil {
		return g
	}
	if g.settings.URL != "" && g.settings.Public.Listen == "" {
		g.wrong = app.Wrong("LISTEN_PUBLIC", "is not set: each government's public pages have an address of their own", "127.0.0.1:8082")
		return g
	}
	own := filepath.Join(home, ProfileFolder)
	_, err := os.Stat(own)
	switch {
	case g.settings.Profile != "" && filepath.IsLocal(g.settings.Profile) && profile.Known(g.settings.Profile) != nil:
		g.settings.Profile = filepath.Join(home, g.settings.Profile) // a folder is meant beside the settings
	case g.settings.Profile == "" && err == nil:
		g.settings.Profile = own
	case g.settings.Profile == "":
		g.wrong = app.Wrong("RABEG_PROFILE", "is not set in "+SettingsFile+", and there is no folder "+ProfileFolder+" beside it", "serang")
	}
	return g
}

// settings reads lines KEY=VALUE into a government's settings, and gives them. What was given as a value is never repeated.
func settings(path string, into *app.Config) (said map[string]string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, app.Wrong(SettingsFile, "cannot be read: "+reason(err), "TELEGRAM_TOKEN=110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
	}
	defer func() { _ = f.Close() }()
	said = map[string]string{}
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := fmt.Sprintf("%s:%d", SettingsFile, n)
		variable, value, ok := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "export ")), "=")
		variable = strings.TrimSpace(variable)
		switch {
		case !ok:
			return nil, app.Wrong(where, "is no line NAME=value", "TELEGRAM_DESK=-1001234567890")
		case slices.Contains(ours, variable):
			return nil, app.Wrong(where, variable+" belongs to the program, not to one government", "set it in the environment of rabeg serve")
		case set(said, variable):
			return nil, app.Wrong(where, variable+" stands there twice", "leave one of the two lines out")
		}
		said[variable] = unquoted(strings.TrimSpace(value))
		known, err := into.Put(variable, said[variable])
		switch {
		case err != nil:
			return nil, err
		case !known:
			return nil, app.Wrong(where, "there is no such setting", "TELEGRAM_TOKEN=…; rabeg serve --help names all")
		}
	}
	if lines.Err() != nil {
		return nil, app.Wrong(SettingsFile, "cannot be read to its end: a line is too long", "TELEGRAM_DESK=-1001234567890")
	}
	return said, nil
}

func set(said map[string]string, variable string) bool {
	_, is := said[variable]
	return is
}

// unquoted is a value without the quotes around it.
func unquoted(v string) string {
	if n := len(v); n >= 2 && (v[0] == '"' || v[0] == '\'') && v[n-1] == v[0] {
		return v[1 : n-1]
	}
	return v
}

// apart refuses governments that would share what only one can have: a bot, a number, a database. Who is served already keeps what it is
// served with, whatever folder is added and whatever becomes of its own; of two others the first has it.
func apart(all []government, served func(name string) (app.Config, bool)) {
	taken := map[setting]string{}
	for _, g := range all {
		with, _ := served(g.folder)
		for _, one := range kept(with) {
			taken[one] = g.folder
		}
	}
	for i := range all {
		g := &all[i]
		if g.wrong != nil {
			continue
		}
		own := kept(g.settings)
		for _, one := range own {
			if by, twice := taken[one]; twice && by != g.folder {
				g.wrong = app.Wrong(one.variable, "is also that of "+by, "each government has its own")
			}
		}
		if g.wrong != nil {
			continue
		}
		for _, one := range own {
			taken[one] = g.folder
		}
	}
}

// setting is one as it stands in a file.
type setting struct{ variable, value string }

// kept are the settings that two governments cannot share, as far as they are set.
func kept(s app.Config) []setting {
	all := []setting{
		{"TELEGRAM_TOKEN", s.Telegram.Token}, {"WHATSAPP_CLOUD_PHONE_ID", s.Cloud.PhoneID}, {"DATABASE_URL", s.Database}, {"MEDIA_URL", s.Media},
		{"LISTEN_PUBLIC", s.Public.Listen},
	}
	return slices.DeleteFunc(all, func(x setting) bool { return x.value == "" })
}

// stamp tells two states of a folder apart: names, sizes and times of all files in it that are not hidden.
func stamp(home string) (string, error) {
	var b strings.Builder
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path != home:
			return nil // it was removed meanwhile
		case err != nil:
			return err
		case path != home && hidden(d.Name()) && d.IsDir():
			return filepath.SkipDir
		case d.IsDir(), hidden(d.Name()):
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			_, _ = fmt.Fprintf(&b, "%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		return "", app.Wrong("folder "+filepath.Base(home), "cannot be read: "+reason(err), "chmod -R u+rX "+filepath.Base(home))
	}
	return b.String(), nil
}

// reason is why a file cannot be read, without its whole path.
func reason(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err.Error()
	}
	return "it cannot be opened"
}
