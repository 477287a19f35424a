//go:build race

package bindings

const raceDetector = true
