package judges

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed package.json package-lock.json baileys.mjs
var files embed.FS

// ErrMissing says that a judge cannot be run here: node or npm are not
// installed, or npm cannot reach its registry. The text says which.
var ErrMissing = errors.New("no judge here")

// install gives a folder with the judge and what it depends on. The folder is
// named by the contents of the lock file and kept for the next time.
func install(ctx context.Context) (string, error) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "", fmt.Errorf("%w: %s is not installed", ErrMissing, tool)
		}
	}
	sum := sha256.New()
	for _, name := range []string{"package.json", "package-lock.json", "baileys.mjs"} {
		data, err := files.ReadFile(name)
		if err != nil {
			return "", err
		}
		sum.Write(data)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the cache folder: %w", err)
	}
	folder := filepath.Join(cache, "rabeg", "judge-"+hex.EncodeToString(sum.Sum(nil)[:8]))
	if _, err = os.Stat(folder); err == nil {
		return folder, nil
	}
	if err = os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	fresh, err := os.MkdirTemp(filepath.Dir(folder), "new-")
	if err != nil {
		return "", fmt.Errorf("make the cache folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(fresh) }()
	if err = fetch(ctx, fresh); err != nil {
		return "", err
	}
	if err = os.Rename(fresh, folder); err != nil {
		if _, there := os.Stat(folder); there == nil {
			return folder, nil // somebody else was quicker
		}
		return "", fmt.Errorf("keep the judge: %w", err)
	}
	return folder, nil
}

// fetch puts the judge's files into a folder and lets npm add the rest.
func fetch(ctx context.Context, into string) error {
	for _, name := range []string{"package.json", "package-lock.json", "baileys.mjs"} {
		data, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		if err = os.WriteFile(filepath.Join(into, name), data, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	npm := exec.CommandContext(ctx, "npm", "ci", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
	npm.Dir = into
	out, err := npm.CombinedOutput()
	if err == nil {
		return nil
	}
	for _, offline := range []string{"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "E403"} {
		if strings.Contains(string(out), offline) {
			return fmt.Errorf("%w: npm cannot reach its registry (%s)", ErrMissing, offline)
		}
	}
	return fmt.Errorf("npm ci: %w: %s", err, out)
}
