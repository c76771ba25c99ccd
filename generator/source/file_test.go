package source

import (
	"runtime"
	"sync"
	"testing"
)

// TestForgottenTextsAreReadAgain: a place is the same before and after its text
// was forgotten. Of a file that changed meanwhile no place fails.
func TestForgottenTextsAreReadAgain(t *testing.T) {
	read := func(text string) *File {
		f, list := Decode("a.md", []byte(text))
		if len(list) > 0 {
			t.Fatal(list)
		}
		return f
	}
	const text = "one\r\ntwo three\r\nfour\r\n"
	f, span := read(text), Span{8, 13}
	before, size := f.Place(span), f.Size()
	f.Forget(func() *File { return read(text) })
	if f.Data != nil || f.Size() != size || f.Place(span) != before || before.Line != 2 {
		t.Errorf("%d bytes, place %v, not %v", f.Size(), f.Place(span), before)
	}
	for name, again := range map[string]func() *File{
		"gone":    func() *File { return nil },
		"changed": func() *File { return read("other") },
	} {
		f := read(text)
		f.Forget(again)
		if got := f.Place(span); got.Path != "a.md" || len(f.Text()) != size {
			t.Errorf("%s: place %v in %d bytes", name, got, len(f.Text()))
		}
	}
}

// TestTextsAskedForTogetherAreReadOnce: whoever asks for a forgotten text while
// it is still in memory gets the same, and nobody reads it twice at once.
func TestTextsAskedForTogetherAreReadOnce(t *testing.T) {
	const text = "one\ntwo\n"
	f, _ := Decode("a.md", []byte(text))
	var inMemory []*File
	f.Forget(func() *File {
		now, _ := Decode("a.md", []byte(text))
		inMemory = append(inMemory, now)
		return now
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := string(f.Text()); got != text {
				t.Errorf("the text is %q", got)
			}
		})
	}
	all.Wait()
	if n := len(inMemory); n != 1 {
		t.Errorf("read %d times", n)
	}
	runtime.KeepAlive(inMemory)
}
