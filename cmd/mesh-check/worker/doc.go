// Package worker runs requests in child processes, which package child starts, under
// limits of memory, processor time and stack.
//
// In: requests and answers as bytes that the package does not look into. Out: the
// answer, or a *Death that says how a child ended instead of answering. A child
// serves many requests, one after the other; one that died is replaced. What it was
// doing when it died is what it reported last with Call.Begin; nothing is ever read out
// of what a dying process prints.
//
// Templates and configurations of strangers can end a Go process in ways that no
// recover stops: by a stack that grows without end, by memory, by a loop without
// calls. Here that costs one request.
package worker
