package worker

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

func TestMain(m *testing.M) {
	if child.Is(os.Args[1:]) {
		os.Exit(Serve(obey))
	}
	if slices.Equal(os.Args[1:], []string{confinedTest}) {
		Confine(func(limit int64) {
			fmt.Println("more than", limit>>20)
			os.Exit(9)
		})
		obey([]byte("grow"), &Call{out: io.Discard})
	}
	os.Exit(m.Run())
}

// sink keeps what tests allocate from being optimised away.
var sink [][]byte

// obey is the Handler of the tests' children: it does what the request says.
func obey(request []byte, c *Call) {
	order, what, _ := strings.Cut(string(request), " ")
	if order == "silence" {
		os.Exit(0) // without a word about what it works on
	}
	c.Begin([]byte("begun " + order))
	switch order {
	case "echo":
		fmt.Fprint(c, what)
	case "print":
		fmt.Println("this is no answer")
		fmt.Fprint(os.Stdout, what)
		fmt.Fprint(c, what)
	case "environment":
		fmt.Fprint(c, strings.Join(os.Environ(), "\n"))
	case "pid":
		fmt.Fprint(c, os.Getpid())
	case "spend":
		c.Spend()
		fmt.Fprint(c, os.Getpid())
	case "loop", "part":
		if order == "part" {
			c.Until(time.Now().Add(500 * time.Millisecond))
		}
		for i := 0; ; i++ {
			if i < 0 {
				return
			}
		}
	case "grow":
		for {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = 1
			}
			sink = append(sink, b)
		}
	case "litter":
		fmt.Fprint(c, litter(192<<20, 1<<28))
	case "threads":
		fmt.Fprint(c, threads(100))
	case "leap":
		b := make([]byte, 4<<30)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		sink = append(sink, b)
	case "recurse":
		fmt.Fprint(c, recurse(1))
	case "exit":
		os.Exit(0)
	case "panic":
		panic(what)
	case "flood":
		part := bytes.Repeat([]byte("x"), 1<<20)
		for {
			_, _ = c.Write(part)
		}
	case "large":
		_, _ = c.Write(bytes.Repeat([]byte(what), small/len(what)+1))
	case "file":
		err := os.WriteFile(what, []byte("outside"), 0o600)
		fmt.Fprint(c, err)
	}
}

func recurse(n int) int {
	if n == 0 {
		return 0
	}
	return recurse(n+1) + 1
}

func testPool(t *testing.T, change func(*Options)) *Pool {
	t.Helper()
	o := Options{Jobs: 2, Memory: 256 << 20, MaxAnswer: 16 << 20}
	if change != nil {
		change(&o)
	}
	p := NewPool(o)
	t.Cleanup(p.Close)
	return p
}

func ask(t *testing.T, p *Pool, request string) string {
	t.Helper()
	var answer []byte
	err := p.Do([]byte(request), 10*time.Second, func(a []byte) error { answer = a; return nil })
	if err != nil {
		t.Fatalf("%.60s: %v", request, err)
	}
	return string(answer)
}

func TestAnswers(t *testing.T) {
	p := testPool(t, nil)
	long := strings.Repeat("long ", 1<<20)
	for _, text := range []string{"", "a word", "lines\nand\x00zeros", long} {
		if got := ask(t, p, "echo "+text); got != text {
			t.Errorf("%d bytes came back as %d", len(text), len(got))
		}
	}
	if got := ask(t, p, "print a word"); got != "a word" {
		t.Errorf("what is printed gets into the answer: %q", got)
	}
	if got := ask(t, p, "environment"); got != "" {
		t.Errorf("a child has an environment: %s", got)
	}
}

// TestReuse holds that a child serves many requests, until it says that it is spent.
func TestReuse(t *testing.T) {
	p := testPool(t, func(o *Options) { o.Jobs = 1 })
	first := ask(t, p, "pid")
	if second := ask(t, p, "pid"); second != first {
		t.Errorf("two processes for two requests: %s and %s", first, second)
	}
	if spent := ask(t, p, "spend"); spent != first {
		t.Errorf("process %s answered, not %s", spent, first)
	}
	if next := ask(t, p, "pid"); next == first {
		t.Error("a process that was spent has answered once more")
	}
}

// TestDeaths holds that every kind of death ends in time, tells its cause and what
// was begun, and costs nothing but its request.
func TestDeaths(t *testing.T) {
	p := testPool(t, nil)
	for _, c := range []struct {
		request string
		causes  []Cause
	}{
		{"loop", []Cause{Time}},
		{"part", []Cause{Time}},
		{"grow", []Cause{Memory, Crash}},
		{"leap", []Cause{Memory, Crash}},
		{"recurse", []Cause{Crash}},
		{"exit", []Cause{Crash}},
		{"panic with words", []Cause{Crash}},
		{"flood", []Cause{Memory}},
	} {
		t.Run(c.request, func(t *testing.T) {
			if c.request == "leap" && !child.Hard() {
				t.Skip("this build has no hard limit of memory")
			}
			timeout := time.Minute
			if c.request == "loop" {
				timeout = time.Second
			}
			start := time.Now()
			err := p.Do([]byte(c.request), timeout, func([]byte) error { return nil })
			var death *Death
			if !errors.As(err, &death) {
				t.Fatalf("error %v", err)
			}
			found := false
			for _, cause := range c.causes {
				found = found || death.Cause == cause
			}
			order, _, _ := strings.Cut(c.request, " ")
			if !found || string(death.Began) != "begun "+order {
				t.Errorf("cause %s, begun %q", death.Cause, death.Began)
			}
			if took := time.Since(start); took > 50*time.Second {
				t.Errorf("it took %s", took)
			}
			if len(death.Output) > 8<<10 {
				t.Errorf("%d bytes of output are kept", len(death.Output))
			}
			if got := ask(t, p, "echo still here"); got != "still here" {
				t.Errorf("the pool answers %q", got)
			}
		})
	}
}

// TestSideBySide holds that the pool starts no more children than jobs.
func TestSideBySide(t *testing.T) {
	p := testPool(t, func(o *Options) { o.Jobs = 3 })
	var mu sync.Mutex
	pids := map[string]int{}
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			var answer string
			err := p.Do([]byte("pid"), 10*time.Second, func(a []byte) error { answer = string(a); return nil })
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			pids[answer]++
		})
	}
	wg.Wait()
	if len(pids) > 3 {
		t.Errorf("%d processes: %v", len(pids), pids)
	}
}

// TestNoFiles holds that a child cannot write files.
func TestNoFiles(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the limit of file sizes is tested on Linux")
	}
	name := t.TempDir() + "/file"
	told := ask(t, testPool(t, nil), "file "+name)
	if data, _ := os.ReadFile(name); len(data) > 0 || told == "<nil>" {
		t.Errorf("a child has written %q (%s)", data, told)
	}
}

// TestNoProgram holds that a program that cannot be started is an error, not a wait.
func TestNoProgram(t *testing.T) {
	defer func(was func() (string, error)) { program = was }(program)
	program = func() (string, error) { return os.Args[0] + ".missing", nil }
	p := testPool(t, nil)
	for range 5 {
		if err := p.Do([]byte("echo x"), time.Second, func([]byte) error { return nil }); err == nil {
			t.Fatal("an answer from nobody")
		}
	}
}

// TestEarly holds that the child that was started early is the first one that answers.
func TestEarly(t *testing.T) {
	started, err := start()
	if err != nil {
		t.Fatal(err)
	}
	taken := make(chan *child.Child, 1)
	taken <- started.Child
	close(taken)
	defer func(was <-chan *child.Child) { early = was }(early)
	early = taken
	if told, want := ask(t, testPool(t, nil), "pid"), fmt.Sprint(started.ID()); told != want {
		t.Errorf("process %s answers, want %s", told, want)
	}
}

func TestFrames(t *testing.T) {
	var b bytes.Buffer
	if err := writeFrame(&b, frameData, []byte("some"), []byte(" words")); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	kind, data, err := readFrame(bytes.NewReader(whole), 100)
	if kind != frameData || string(data) != "some words" || err != nil {
		t.Errorf("read %c %q %v", kind, data, err)
	}
	if _, _, err := readFrame(bytes.NewReader(whole), 9); !errors.Is(err, errFrame) {
		t.Errorf("a frame above the limit: %v", err)
	}
	for n := 1; n < len(whole); n++ {
		if _, _, err := readFrame(bytes.NewReader(whole[:n]), 100); err == nil {
			t.Errorf("a frame cut after %d bytes is read", n)
		}
	}
}
