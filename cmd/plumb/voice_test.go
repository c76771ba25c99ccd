package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

// TestProgress: a terminal sees how far a build has come once it takes longer
// than a second, ten times a second at the most, and the line goes away before
// anything else is said.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		v := &voice{err: &out, terminal: true}
		step := v.progress()
		step("files", 1, 9)
		time.Sleep(time.Second) // of the bubble's own time
		step("files", 2, 9)
		step("files", 3, 9)
		time.Sleep(100 * time.Millisecond)
		step("pages", 4, 9)
		v.closing("done")
		v.closing("once")
		const want = "\r\x1b[K2 of 9 files\r\x1b[K4 of 9 pages\r\x1b[Kdone\nonce\n"
		if out.String() != want {
			t.Errorf("got %q, want %q", out.String(), want)
		}
	})
}

func TestNoProgress(t *testing.T) {
	if (&voice{}).progress() != nil {
		t.Error("progress is shown without a terminal")
	}
	if (&voice{terminal: true, quiet: true}).progress() != nil {
		t.Error("progress is shown though quiet was asked for")
	}
}
