// Package argocd knows the releases of Argo CD.
//
// In: an Application or an ApplicationSet, and the repository that it takes charts from. Out:
// releases, or Applications, and for each source and generator that gives none the reason. What
// depends on a cluster, a service or another repository is not known and not guessed.
package argocd
