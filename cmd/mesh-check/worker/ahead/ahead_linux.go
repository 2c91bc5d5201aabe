//go:build amd64 || arm64

package ahead

import (
	"reflect"
	"syscall"
)

// Bytes is how many bytes of address space the heap has from the start: what a run over
// one chart needs. They count for limits of the system, used or not.
const Bytes = 128 << 20

// hugePage is the size of a huge page in bytes, on most systems.
const hugePage = 2 << 20

// mapAhead maps Bytes of heap and advises huge pages for them. Without huge pages, every
// 4 KiB that are used for the first time cost a page fault, 30,000 in a run over a large
// chart. A fault takes a microsecond on most machines, but 20 in a virtual machine within
// another one, where that was half of the processor time.
//
// Go's runtime maps the heap in pieces of 4 MiB, too late for advice. But the stack of a
// goroutine lies in the heap, and is given back when the goroutine ends, without a
// collection: one large stack, of which nothing is used, maps all that is wanted.
// Advice that the system does not take changes nothing.
//
// A huge page of which a part is in use already stays one of small pages. The heap begins
// anywhere in one, and what little is allocated before this would cost all the rest of it
// a fault for every 4 KiB, so that rest is taken, and not used.
func mapAhead() {
	at := reflect.ValueOf(new([rest]byte)).Pointer()
	skipped = make([]byte, hugePage-(at+rest)%hugePage)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		needStack(nil)
	}()
	<-ended
	// From the page where the heap is now: it grows upwards. What is not mapped behind it
	// makes an error, and no difference.
	here := reflect.ValueOf(new(byte)).Pointer() &^ (hugePage - 1)
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, here, Bytes+8*hugePage, syscall.MADV_HUGEPAGE)
}

// rest is how many bytes are allocated to learn where the free heap begins. What has fewer
// than 16 pages of 8 KiB comes from those that Go's runtime keeps for a processor.
const rest = 128 << 10

// skipped keeps the rest of the first huge page.
var skipped []byte

// stackNeed makes a frame that needs a stack of Bytes: a frame that hands on such a value
// has two of them, and the size of a stack is a power of two.
type stackNeed [Bytes/2 - 4<<20]byte

// needStack needs a large stack, and with nil uses nothing of it.
//
//go:noinline
func needStack(p *stackNeed) byte {
	if p == nil {
		return 0
	}
	return lastOf(*p)
}

//go:noinline
func lastOf(n stackNeed) byte { return n[len(n)-1] }
