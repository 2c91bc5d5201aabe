// Package explain renders the templates of a chart with two engines and knows for every
// byte of the text where it was written.
//
// In: the Inputs of a chart. Out: for each template file Helm's own text, as a Manifest that
// answers Origin(start, end) for any range of it. Helm's engine renders the truth; the
// tracing engine renders the same templates with the same functions, follows the memory
// of each string and takes notes. What they mean is worked out when it is asked for. A file
// where both texts are equal, byte for byte, is exact. Nothing is ever inserted into
// templates or values.
//
// The tracing engine has limits of work, memory and time, see limits; a chart that goes
// beyond one is a *source.Error at the place where it does.
package explain
