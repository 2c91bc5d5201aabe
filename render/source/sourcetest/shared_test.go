package sourcetest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestSeeds(t *testing.T) {
	root := t.TempDir()
	t.Setenv("MESHCHECK_SHARED", root)
	for name, text := range map[string]string{"a.tf": "1", "b.tf": "1", "c.tf": "22", "d.tf": "333", "e.txt": "4", "f.tf": " \n", "g.tf": "5"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		size  int64
		count int
		want  []string
	}{
		{9, 9, []string{"1", "22", "333", "5"}},
		{2, 9, []string{"1", "22", "5"}},
		{9, 2, []string{"1", "333"}},
	} {
		if got := Seeds(t, ".", test.size, test.count, Ending(".tf")); !slices.Equal(got, test.want) {
			t.Errorf("at most %d of %d bytes: %q, want %q", test.count, test.size, got, test.want)
		}
	}
	if got := Seeds(t, "nowhere", 9, 9, nil); got != nil {
		t.Errorf("an absent folder has the seeds %q", got)
	}
	if got, err := filepath.EvalSymlinks(Shared(t, ".")); err != nil || filepath.Base(got) != filepath.Base(root) {
		t.Errorf("the shared data lies at %s, %v", got, err)
	}
}
