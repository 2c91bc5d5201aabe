// Package sarif turns a finished report into a SARIF 2.1.0 log, and is the only
// room that knows what such a log has where. What it has beyond SARIF, and its JSON, are
// in sarif/property.
//
// In: a checks.Report, or the bytes of any SARIF log. Out: a Log, which can be
// written, compared with a baseline, and read (Results, Inputs, Failures, …) as
// plain values from which every view is made. Nothing that a view shows comes from
// anywhere else, so a log on disk can be viewed as well as a fresh one.
//
// The logs of single inputs merge into the log of one run over all of them, byte for
// byte: nothing in a log depends on another input, and its order follows from the log
// itself (order.go). A worker answers with such a log, and so does a shard.
//
// What GitHub code scanning does with a log decided most of its shape
// (docs.github.com, "SARIF support for code scanning"):
//
//   - it reads locations[0] alone, and shows it on a pull request only when all of
//     its lines are in the diff: a region is one line;
//   - it knows an alert again by rule, file and primaryLocationLineHash;
//   - it shows a related location only where the message has a link to it;
//   - it takes a suppressed result for an open alert: suppressed results are left
//     out unless they are asked for;
//   - it takes no more than 25,000 results and shows 5,000: a log holds these, the most
//     severe first, and counts the rest (limit.go);
//   - security-severity would make a security alert of every finding: it is never
//     written.
package sarif
