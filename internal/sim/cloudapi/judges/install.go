package judges

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed package.json package-lock.json judge.mjs
var files embed.FS

// ErrMissing says that a judge cannot be run here: node or npm are not
// installed, or npm cannot reach its registry. The text says which.
var ErrMissing = errors.New("no judge here")

// install gives a folder with the judges and what they depend on. The folder is
// named by the contents of the lock file and kept for the next time.
func install(ctx context.Context) (string, error) {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return "", fmt.Errorf("%w: %s is not installed", ErrMissing, tool)
		}
	}
	sum := sha256.New()
	for _, name := range []string{"package.json", "package-lock.json", "judge.mjs"} {
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
	folder := filepath.Join(cache, "rabeg", "cloud-judges-"+hex.EncodeToString(sum.Sum(nil)[:8]))
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
		return "", fmt.Errorf("keep the judges: %w", err)
	}
	return folder, nil
}

// fetch puts the files of the judges into a folder and lets npm add the rest.
func fetch(ctx context.Context, into string) error {
	for _, name := range []string{"package.json", "package-lock.json", "judge.mjs"} {
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

// Finding is what one judge says of one thing.
type Finding struct {
	Judge string          `json:"judge"`
	What  string          `json:"what"`
	Value json.RawMessage `json:"value"`
}

// Judge hands a job to the judges and gives what they found.
func Judge(ctx context.Context, job any) ([]Finding, error) {
	folder, err := install(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(job)
	if err != nil {
		return nil, err
	}
	node := exec.CommandContext(ctx, "node", "judge.mjs")
	node.Dir, node.Stdin = folder, bytes.NewReader(raw)
	var said, complained bytes.Buffer
	node.Stdout, node.Stderr = &said, &complained
	if err := node.Run(); err != nil {
		return nil, fmt.Errorf("run the judges: %w: %s", err, complained.String())
	}
	var all []Finding
	for line := range strings.Lines(said.String()) {
		var f Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			return nil, fmt.Errorf("the judges say %q: %w", line, err)
		}
		all = append(all, f)
	}
	return all, nil
}
