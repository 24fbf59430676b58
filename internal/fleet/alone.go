package fleet

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"rabeg/internal/app"
)

// Alone gives the settings by which a command of one program finds one of the governments of a folder: those of its file, its profile, its
// database and where its files lie. base are the program's own. end closes what was opened for it, when the command is over.
func Alone(ctx context.Context, dir, name string, base app.Config) (env map[string]string, end func() error, err error) {
	if dir == "" {
		return nil, nil, app.Wrong("--governments", "is missing: the folder of all governments", "/etc/rabeg/governments")
	}
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil || !nameShape.MatchString(name) {
		return nil, nil, app.Wrong("NAME", "is no folder in "+dir, "rabeg government "+first(dir)+" doctor")
	}
	g := one(dir, name, base)
	if g.wrong != nil {
		return nil, nil, g.wrong
	}
	cfg, stores, err := base.Among(ctx, name, g.settings)
	if err != nil {
		return nil, nil, err
	}
	env = maps.Clone(g.said)
	env["RABEG_PROFILE"], env["DATABASE_URL"], env["MEDIA_URL"] = cfg.Profile, cfg.Database, cfg.Media
	return env, stores.Close, nil
}

// first is the first government of a folder, for an example.
func first(dir string) string {
	entries, _ := os.ReadDir(dir)
	if i := slices.IndexFunc(entries, func(e os.DirEntry) bool { return e.IsDir() && nameShape.MatchString(e.Name()) }); i >= 0 {
		return entries[i].Name()
	}
	return "kota-serang"
}
