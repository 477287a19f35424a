//go:build !race

package lualib

const raceDetector = false
