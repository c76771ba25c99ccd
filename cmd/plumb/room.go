package main

import (
	"os"
	"runtime/debug"
)

// How much room the garbage collector has, as GOGC counts it: the percentage of
// what is in use by which the heap may grow before it is looked through again.
const (
	// usualRoom is for a large site: its pages in memory are what counts.
	usualRoom = 100
	// ampleRoom lets a small site be built without any collection: Go then waits
	// for a heap of 32 MiB.
	ampleRoom = 800
	// usualTexts is from how many texts on a site is large.
	usualTexts = 1000
)

// roomFor is the room of a build of a number of texts: the fewer, the more, so
// that what may lie about unused is about the same for all.
func roomFor(texts int) int {
	return min(max(usualRoom*usualTexts/max(texts, 1), usualRoom), ampleRoom)
}

// giveRoom begins a build with ample room and returns what sets it for a number of
// texts. Whoever has set a limit in the environment is obeyed.
func giveRoom() func(texts int) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetGCPercent(ampleRoom)
	return func(texts int) { debug.SetGCPercent(roomFor(texts)) }
}
