// Package child starts this very program once more, as a child process with an empty
// environment, three pipes and a Note.
//
// In: the arguments of this program. Out: children. Importing the package has an effect:
// a program whose arguments say that it will ask a child (see Asks) starts the first one
// at once. It imports so little that it is initialized before nearly all other packages,
// and os/exec must not be among what it imports: that one comes behind most of Helm's
// libraries.
package child
