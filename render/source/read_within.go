package source

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// ErrSlow is the error of a file that does not end in time.
var ErrSlow = errors.New("its end was not reached")

// ReadWithin reads what open opens, at most limit bytes, and gives up after a time; 0
// is never. What is given up is left to the end of the program: no system has a way to
// end the opening of a pipe.
func ReadWithin(patience time.Duration, limit int64, open func() (io.ReadCloser, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	var over atomic.Bool
	go func() {
		f, err := open()
		if err != nil {
			done <- result{nil, err}
			return
		}
		defer f.Close()
		data, err := io.ReadAll(io.LimitReader(untilOver{f, &over}, limit+1))
		if err == nil && int64(len(data)) > limit {
			data, err = nil, fmt.Errorf("it is larger than %d MiB", limit>>20)
		}
		done <- result{data, err}
	}()
	var late <-chan time.Time
	if patience > 0 {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case r := <-done:
		return r.data, r.err
	case <-late:
		over.Store(true)
		return nil, fmt.Errorf("%w after %s", ErrSlow, patience)
	}
}

// untilOver reads no more when it is over.
type untilOver struct {
	io.Reader
	over *atomic.Bool
}

// Read implements io.Reader.
func (r untilOver) Read(p []byte) (int, error) {
	if r.over.Load() {
		return 0, ErrSlow
	}
	return r.Reader.Read(p)
}

// HeadTime is for how long one waits for the first bytes of a regular file, which may
// have become something else since it was checked.
const HeadTime = 10 * time.Second
