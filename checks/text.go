package checks

// Plural is a word, with an s unless there is one of it.
func Plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
