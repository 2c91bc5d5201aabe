package worker

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// confinedTest is the argument of a test process that confines itself and grows.
const confinedTest = "confined-test"

// TestConfine holds that a process that asks and grows without end is told so and ends
// as it wants to.
func TestConfine(t *testing.T) {
	cmd := exec.Command(os.Args[0], confinedTest)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 9 || !strings.HasPrefix(string(out), "more than 512\n") || errs.String() != "" {
		t.Errorf("%v: it says %q and %.400q", err, out, errs.String())
	}
}

// TestLargeAnswers holds that of large answers one is held at a time, that small ones do
// not wait for it, and that who waits does not run out of time.
func TestLargeAnswers(t *testing.T) {
	p := testPool(t, func(o *Options) { o.Jobs = 3 })
	held, release, second := make(chan int), make(chan bool), make(chan error)
	go func() {
		_ = p.Do([]byte("large a"), time.Minute, func(answer []byte) error {
			held <- len(answer)
			<-release
			return nil
		})
	}()
	if n := <-held; n <= small {
		t.Fatalf("an answer of %d bytes is not large", n)
	}
	go func() {
		second <- p.Do([]byte("large b"), time.Second, func(answer []byte) error { return errors.New(string(answer[:1])) })
	}()
	if got := ask(t, p, "echo small"); got != "small" {
		t.Errorf("a small answer: %q", got)
	}
	select {
	case err := <-second:
		t.Errorf("two large answers at a time: %v", err)
	case <-time.After(time.Second + grace + 500*time.Millisecond):
	}
	close(release)
	if err := <-second; err == nil || err.Error() != "b" {
		t.Errorf("the second answer: %v", err)
	}
}
