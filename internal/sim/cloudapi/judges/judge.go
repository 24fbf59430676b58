package judges

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"

	"rabeg/internal/sim/judging"
)

//go:embed package.json package-lock.json judge.mjs
var files embed.FS

// Finding is what one judge says of one thing.
type Finding struct {
	Judge string          `json:"judge"`
	What  string          `json:"what"`
	Value json.RawMessage `json:"value"`
}

// Judge hands a job to the judges and gives what they found. The error is
// judging.ErrMissing where node or npm are not installed.
func Judge(ctx context.Context, job any) ([]Finding, error) {
	folder, err := judging.Install(ctx, "cloud-judges", files, "judge.mjs")
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
