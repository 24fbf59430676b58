// Package judging fetches clients that others have written in JavaScript, which judge the local networks.
package judging

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrMissing says that a judge cannot be run here: node or npm are not
// installed, or npm cannot reach its registry. The text says which.
var ErrMissing = errors.New("no judge here")

// Install gives a folder with a script and what it depends on. from holds the
// script, package.json and package-lock.json. The folder is named by kind and by
// the contents of these files, and kept for the next time.
func Install(ctx context.Context, kind string, from fs.FS, script string) (string, error) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "", fmt.Errorf("%w: %s is not installed", ErrMissing, tool)
		}
	}
	names := []string{"package.json", "package-lock.json", script}
	sum := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return "", err
		}
		sum.Write(data)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the cache folder: %w", err)
	}
	folder := filepath.Join(cache, "rabeg", kind+"-"+hex.EncodeToString(sum.Sum(nil)[:8]))
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
	if err = fetch(ctx, fresh, from, names); err != nil {
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

// fetch puts files into a folder and lets npm add the rest.
func fetch(ctx context.Context, into string, from fs.FS, names []string) error {
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
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
