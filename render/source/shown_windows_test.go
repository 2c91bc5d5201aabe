package source

import (
	"os"
	"path/filepath"
	"testing"
)

// TestShownOfADrive holds that paths which the drive completes are spelled as others are.
func TestShownOfADrive(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.MkdirAll(filepath.Join("charts", "web"), 0o755); err != nil {
		t.Fatal(err)
	}
	drive := filepath.VolumeName(dir)
	for _, path := range []string{`charts\web`, `charts/web`, `.\charts\web\`, drive + `charts\web`, dir[len(drive):] + `\charts\web`, dir + `\charts\web`} {
		if got := Shown(Disk, path); got != "charts/web" {
			t.Errorf("%s is shown as %s, want charts/web", path, got)
		}
	}
}

// TestInsideOfAServer holds that a name on a server is refused before anything is asked of it.
func TestInsideOfAServer(t *testing.T) {
	b, err := Within(Disk, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b.tree = nil // whoever asks it panics
	for _, name := range []string{`\\server\share\x`, `//server/share/x`, `\\.\pipe\x`, `\\?\UNC\server\share\x`} {
		if err := b.Inside(name); err != ErrOutside {
			t.Errorf("%s: %v", name, err)
		}
	}
}
