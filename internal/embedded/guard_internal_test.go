package embedded

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// A caller may well forget what Scratch gave besides the folder.
func TestScratchFolderStaysWhileThisProcessLives(t *testing.T) {
	t.Parallel()
	dir, _, err := Scratch()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		runtime.GC()
	}
	// A second guard, posted later, has come and gone: time enough for the first.
	_, remove, err := Scratch()
	if err != nil {
		t.Fatal(err)
	}
	remove()
	if _, err := os.Stat(dir); err != nil {
		t.Errorf("the folder is gone: %v", err)
	}
}

// What stands in for Linux' parent-death signal elsewhere.
func TestGuardStopsTheServerOfADeadStarter(t *testing.T) {
	t.Parallel()
	server := exec.Command("sleep", "600")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	g, err := watch(server.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.in.Close(); err != nil { // as the kernel does for a dead process
		t.Fatal(err)
	}
	if err := server.Wait(); err == nil {
		t.Error("the server ended by itself")
	}
	<-g.gone
}

func TestGuardLeavesAServerAloneWhenDismissed(t *testing.T) {
	t.Parallel()
	server := exec.Command("cat")
	in, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	g, err := watch(server.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	g.dismiss()
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server was stopped: %v", err)
	}
}
