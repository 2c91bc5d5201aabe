package sarif

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/sarif/memory"
	"github.com/mesh-check/mesh-check/sarif/property"
)

// version210 is the version of SARIF that is read and written.
const version210 = "2.1.0"

// toolName is the driver's name in our own logs.
const toolName = "mesh-check"

// Log is a SARIF log: one that Build made, or one that Read found.
type Log struct {
	report *sarif.Report
	// raw is the document that Read found. go-sarif cannot tell a member that is
	// missing from one that is zero, so writing its structs again would change the
	// log of another tool.
	raw []byte
	// showSuppressed keeps suppressed results in the log.
	showSuppressed bool
	// fits says that maxBytes is held.
	fits bool
	// written is what of the report was written early.
	written property.Written
	// cachedResults is what Results returned, until the results change.
	cachedResults []Result
}

// MaxLog bounds a log that is read, in bytes. GitHub takes 10 MB of gzip; a log of ours
// with as many results as it shows has some 15 MB, and 30 MB at most.
const MaxLog = 64 << 20

// Read reads a SARIF 2.1.0 log, written by any tool.
func Read(r io.Reader) (*Log, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxLog+1))
	if err == nil && len(data) > MaxLog {
		err = fmt.Errorf("it is larger than %d MiB", MaxLog>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("read the SARIF log: %w", err)
	}
	return Parse(data)
}

// Parse is Read for a log that is in memory, and which is not to be changed after. A log
// that would take too much memory is an error.
func Parse(data []byte) (*Log, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err := memory.Affordable(data); err != nil {
		return nil, err
	}
	return ParseOwn(data)
}

// ParseOwn is Parse for a log that a process of this very program has just written, which
// sees to it that logs are small.
func ParseOwn(data []byte) (*Log, error) {
	report, err := sarif.FromBytes(data, sarif.WithStrictValidation())
	if err != nil {
		// Perhaps it is a log of another version, whose members have other types.
		var head struct {
			Version string `json:"version"`
		}
		if headErr := json.Unmarshal(data, &head); headErr != nil || head.Version == version210 {
			return nil, notSARIF(data, err)
		}
		report = &sarif.Report{Version: head.Version}
	}
	if report.Version != version210 {
		return nil, fmt.Errorf("the log is SARIF version %q; write it as %s", clean(report.Version), version210)
	}
	return &Log{report: report, raw: data, showSuppressed: true}, nil
}

// notSARIF says where the JSON stops to be a log.
func notSARIF(data []byte, err error) error {
	offset := int64(-1)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset < 0 {
		return fmt.Errorf("not a SARIF log: %w", err)
	}
	offset = min(offset, int64(len(data)))
	line := bytes.Count(data[:offset], []byte("\n")) + 1
	return fmt.Errorf("not a SARIF log (line %d): %w", line, err)
}

// Write writes the log as indented JSON with a final newline. Equal logs give equal
// bytes; a log that was read is written as it was, indented anew.
func (l *Log) Write(w io.Writer) error {
	if !l.fits {
		if _, err := l.Encode(); err != nil { // which leaves out what is too much
			return err
		}
	}
	var out bytes.Buffer
	var err error
	if l.raw != nil {
		err = json.Indent(&out, bytes.TrimSpace(l.raw), "", "  ")
	} else {
		err = property.EncodeIndented(&out, l.report, l.written)
	}
	if err != nil {
		return fmt.Errorf("write the SARIF log: %w", err)
	}
	out.WriteByte('\n')
	_, err = out.WriteTo(w)
	return err
}

// Encode is the log as JSON on one line, for another process to Read; a log that was
// read is as it was. The bytes are not to be changed.
func (l *Log) Encode() ([]byte, error) {
	if l.raw != nil {
		return l.raw, nil
	}
	var b bytes.Buffer
	if err := property.Encode(&b, l.report); err != nil {
		return nil, fmt.Errorf("write the SARIF log: %w", err)
	}
	if b.Len() > maxBytes && !l.fits {
		l.fit()
		return l.Encode()
	}
	return b.Bytes(), nil
}

// writtenByUs reports whether a run was written by mesh-check.
func writtenByUs(run *sarif.Run) bool {
	d := driver(run)
	return d != nil && deref(d.Name) == toolName
}

func driver(run *sarif.Run) *sarif.ToolComponent {
	if run == nil || run.Tool == nil {
		return nil
	}
	return run.Tool.Driver
}

// deref is the value of a member that may be missing.
func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
