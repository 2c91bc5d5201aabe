package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// tree is one run of the built program as a process tree of its own: with whatever
// it starts, under limits, and measured.
type tree struct {
	program string   // the built mesh-check
	dir     string   // its working directory
	args    []string // behind the program's name
	env     []string // added to the environment
	stdin   io.Reader
	// stdout, where set, gets the standard output in place of ending.stdout.
	stdout *os.File
	// seconds that it may take; it is killed when slack times as many are over.
	seconds float64
	// alone runs it where there is no network, and counts what it tried to send.
	alone bool
	// before are words before the program's name: a program that runs it.
	before []string
}

// ending is how a tree ended.
type ending struct {
	code           int    // exit code; -1 after a signal
	signal         string // that ended it, if any
	stdout, stderr string
	wall, cpu      time.Duration // cpu of all its processes
	spent          time.Duration // wall, less what it waited for others' programs
	peak           int64         // MiB, of all its processes at one time
	peaks          int64         // MiB, of all that there are at one time, with what each had at most
	first          int64         // MiB, of the program's first process alone
	killed         bool          // it was not done in time
	packets        int           // that it tried to send, with alone
}

// slack is how much longer a run may take on a machine that others use too.
const slack = 6

// pace is how often the memory of a tree is looked at.
const pace = 3 * time.Millisecond

// run runs the tree to its end. It never fails the test by itself but where nothing
// can be started.
func (p tree) run(t *testing.T) ending {
	t.Helper()
	counters := filepath.Join(t.TempDir(), "counters")
	words := p.command(counters)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Stdin = p.dir, p.stdin
	cmd.Env = append(os.Environ(), p.env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if p.stdout != nil {
		cmd.Stdout = p.stdout
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.WaitDelay = 10 * time.Second // a child of it may hold the pipes; a busy machine may need seconds to read them
	waited := pressure()
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w := watch{root: cmd.Process.Pid, program: p.file(), deadline: start.Add(time.Duration(p.seconds * slack * float64(time.Second)))}
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() { w.until(done) })
	err := cmd.Wait()
	wall := time.Since(start)
	waited = pressure() - waited
	close(done)
	watching.Wait()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatal(err)
	}
	o := ending{
		code: cmd.ProcessState.ExitCode(), stdout: out.String(), stderr: errs.String(), wall: wall,
		cpu:  cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		peak: w.peak >> 20, peaks: w.peaks >> 20, first: w.first >> 20, killed: w.killed,
	}
	o.spent = min(wall, max(o.cpu, wall-waited))
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		o.signal = status.Signal().String()
	}
	if o.code > 128 { // what a shell makes of a signal
		o.signal, o.code = syscall.Signal(o.code-128).String(), -1
	}
	if p.alone {
		o.packets = packets(t, counters)
	}
	return o
}

// pressure is for how long a program of this machine waited for a processor, since it
// was started; 0 where that is not told.
func pressure() time.Duration {
	data, _ := os.ReadFile("/proc/pressure/cpu") // absent on old systems
	_, rest, _ := strings.Cut(string(data), "total=")
	micros, _, _ := strings.Cut(rest, "\n")
	n, _ := strconv.ParseInt(micros, 10, 64)
	return time.Duration(n) * time.Microsecond
}

// file is the file of the program as the system tells it, once it runs.
func (p tree) file() string {
	found, err := exec.LookPath(p.program)
	if err != nil {
		return p.program
	}
	if target, err := filepath.EvalSymlinks(found); err == nil {
		return target
	}
	return found
}

// command is the command line of the tree.
func (p tree) command(counters string) []string {
	words := slices.Clone(p.before)
	if _, err := exec.LookPath("prlimit"); err == nil {
		words = append(words, "prlimit", "--as=6442450944", "--cpu=60", "--core=0", "--")
	}
	words = append(append(words, p.program), p.args...)
	if p.alone {
		script := `"$@"; code=$?; cat /proc/self/net/snmp > "$0"; exit $code`
		words = append([]string{"unshare", "-rn", "sh", "-c", script, counters}, words...)
	}
	return words
}

// canBeAlone says whether a process without a network can be made here.
var canBeAlone = sync.OnceValue(func() bool { return exec.Command("unshare", "-rn", "true").Run() == nil })

// packets are what was tried to be sent where no network is: each attempt is counted
// as sent or as having no route.
func packets(t *testing.T, counters string) int {
	t.Helper()
	data, err := os.ReadFile(counters)
	if err != nil {
		return 0 // killed before it was written
	}
	var names []string
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] != "Ip:" {
			continue
		}
		if names == nil {
			names = fields
			continue
		}
		sum := 0
		for i, name := range names {
			if name == "OutRequests" || name == "OutNoRoutes" {
				n, err := strconv.Atoi(fields[i])
				if err != nil {
					t.Fatal(err)
				}
				sum += n
			}
		}
		return sum
	}
	t.Fatalf("no counters of IP in\n%s", data)
	return 0
}

// TestTreeIsMeasured holds that the measure of trees sees a child's memory, ends a
// tree in time with the children that left its group, and sees a packet.
func TestTreeIsMeasured(t *testing.T) {
	hungry := tree{program: "sh", args: []string{"-c", `setsid sh -c 'x=$(head -c 60000000 /dev/zero | tr "\0" x); sleep 0.2; echo ${#x}' & wait`}, seconds: 20}
	if o := hungry.run(t); o.peak < 57 || o.code != 0 || strings.TrimSpace(o.stdout) != "60000000" {
		t.Errorf("a child with 60 MB: %+v", o)
	} else if o.first > 50 {
		t.Errorf("the child's 60 MB are %d MB of the first process", o.first)
	}
	own := tree{program: "sh", args: []string{"-c", `x=$(head -c 60000000 /dev/zero | tr "\0" x); sleep 0.2; echo ${#x}`}, seconds: 20}
	if o := own.run(t); o.first < 57 || o.code != 0 {
		t.Errorf("a first process with 60 MB: %d MB", o.first)
	}
	late := tree{program: "sh", args: []string{"-c", "setsid sleep 30 & wait"}, seconds: 0.1}
	if o := late.run(t); !o.killed || o.wall > 10*time.Second {
		t.Errorf("a tree that does not end: %+v", o)
	}
	dead := tree{program: "sh", args: []string{"-c", "kill -SEGV $$"}, seconds: 20}
	if o := dead.run(t); o.signal == "" {
		t.Errorf("a tree that is killed: %+v", o)
	}
	if _, err := exec.LookPath("bash"); err != nil || !canBeAlone() {
		t.Skip("unshare -rn or bash are not here: packets are not counted")
	}
	talks := tree{program: "bash", args: []string{"-c", "echo hello > /dev/udp/10.0.0.1/53; true"}, seconds: 20, alone: true}
	if o := talks.run(t); o.packets == 0 {
		t.Errorf("a packet was not seen: %+v", o)
	}
	silent := tree{program: "true", seconds: 20, alone: true}
	if o := silent.run(t); o.packets != 0 {
		t.Errorf("a packet that was not: %+v", o)
	}
}
