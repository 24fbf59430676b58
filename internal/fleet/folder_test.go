package fleet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/app"
)

// What is wrong with a government's folder is one line: which file and line, what is wrong, an example; never a value.
func TestAFolderThatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ folder, settings, want string }{
		"no settings":            {"serang", "", "settings.env: cannot be read: no such file or directory"},
		"an empty file":          {"serang", "\n", "RABEG_PROFILE: is not set in settings.env"},
		"no equals sign":         {"serang", "# bot\n\nTELEGRAM_TOKEN 1:rahasia\n", "settings.env:3: is no line NAME=value"},
		"an unknown name":        {"serang", "TELEGRAM_TOKN=1:rahasia\n", "settings.env:1: there is no such setting"},
		"what is the program's":  {"serang", "LISTEN=:80\n", "settings.env:1: LISTEN belongs to the program"},
		"twice":                  {"serang", "TELEGRAM_DESK=-1\nTELEGRAM_DESK=-2\n", "settings.env:2: TELEGRAM_DESK stands there twice"},
		"neither true nor false": {"serang", "WHATSAPP_ENABLED=rahasia\n", "WHATSAPP_ENABLED: is neither true nor false"},
		"a line without an end":  {"serang", "TELEGRAM_TOKEN=" + strings.Repeat("rahasia", 20_000), "settings.env: cannot be read to its end"},
		"capitals":               {"Serang", "RABEG_PROFILE=serang\n", "folder Serang: is no name of a government"},
		"a name with a space":    {"kota serang", "RABEG_PROFILE=serang\n", "folder kota serang: is no name of a government"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, c.folder), 0o700); err != nil {
				t.Fatal(err)
			}
			if c.settings != "" {
				if err := os.WriteFile(filepath.Join(dir, c.folder, SettingsFile), []byte(c.settings), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			all, err := read(dir, app.Config{}, nobody)
			if err != nil || len(all) != 1 || all[0].wrong == nil {
				t.Fatalf("%+v, %v", all, err)
			}
			if got := all[0].wrong.Error(); !strings.HasPrefix(got, c.want) || !strings.Contains(got, "(example: ") || strings.Contains(got, "rahasia") || strings.Contains(got, "\n") {
				t.Errorf("it says %q, want %q", got, c.want)
			}
		})
	}
	if _, err := read(filepath.Join(t.TempDir(), "none"), app.Config{}, nobody); err == nil || !strings.Contains(err.Error(), "--governments: the folder cannot be read: no such file") {
		t.Errorf("of no folder it says %v", err)
	}
}

// Settings are read as a shell would: comments, quotes, export, a mark of an editor at the beginning. What is shared stays shared.
func TestSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home := filepath.Join(dir, "kota-serang")
	if err := os.MkdirAll(filepath.Join(home, ProfileFolder), 0o700); err != nil {
		t.Fatal(err)
	}
	text := "\ufeff# bot\nexport TELEGRAM_TOKEN='1:a'\n TELEGRAM_DESK = \"-100\" \nWHATSAPP_ENABLED=true\nTELEGRAM_API_URL=http://127.0.0.1:1?a=b\n"
	if err := os.WriteFile(filepath.Join(home, SettingsFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	base := app.Config{Database: "postgres://shared", Profile: "serang", OpenAI: app.OpenAI{Model: "m"}}
	all, err := read(dir, base, nobody)
	if err != nil || len(all) != 1 || all[0].wrong != nil {
		t.Fatalf("%+v, %v", all, err)
	}
	s := all[0].settings
	if s.Telegram.Token != "1:a" || s.Telegram.Desk != "-100" || !s.Enabled || s.Telegram.APIURL != "http://127.0.0.1:1?a=b" || s.Model != "m" {
		t.Errorf("read as %+v", s)
	}
	if s.Database != "" || s.Profile != filepath.Join(home, ProfileFolder) {
		t.Errorf("database %q, profile %q", s.Database, s.Profile)
	}
}

// nobody is served.
func nobody(string) (app.Config, bool) { return app.Config{}, false }
