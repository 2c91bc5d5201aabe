package worker

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A frame is one message on a pipe: its kind, the length of what follows as four
// bytes, and that many bytes.
type frame byte

const (
	frameRequest frame = 'q' // parent: limitsSize bytes of limits, and the request
	frameBegin   frame = 'b' // child: what it begins to look at
	frameData    frame = 'd' // child: a part of the answer
	frameEnd     frame = 'e' // child: the answer is whole
	frameSpent   frame = 's' // child: the answer is whole, and the process ends
)

const (
	headSize = 5
	// limitsSize is the size of the limits of a request in bytes: of memory in bytes,
	// then of time in milliseconds, with 8 bytes for each.
	limitsSize = 16
	// maxRequest bounds a request in bytes: the largest input read by the parent is
	// 64 MiB of manifests from standard input.
	maxRequest = 96 << 20
	// maxPart bounds a frame of a child in bytes.
	maxPart = 1 << 20
)

var errFrame = errors.New("not a frame of a worker")

// writeFrame writes one frame with one call of Write.
func writeFrame(w io.Writer, kind frame, parts ...[]byte) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	b := make([]byte, headSize, headSize+size)
	b[0] = byte(kind)
	binary.BigEndian.PutUint32(b[1:], uint32(size))
	for _, p := range parts {
		b = append(b, p...)
	}
	_, err := w.Write(b)
	return err
}

// readFrame reads one frame of at most limit bytes; io.EOF is the end between two
// frames.
func readFrame(r io.Reader, limit int) (frame, []byte, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[1:])
	if uint64(size) > uint64(limit) {
		return 0, nil, fmt.Errorf("%w: %d bytes", errFrame, size)
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return 0, nil, fmt.Errorf("%w: %w", errFrame, err)
	}
	return frame(head[0]), data, nil
}
