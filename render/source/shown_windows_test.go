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
