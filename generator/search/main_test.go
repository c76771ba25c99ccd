package search

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets each law be tried fifty times where no other number is asked for:
// a try makes an index.
func TestMain(m *testing.M) {
	flag.Parse()
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		checks.Value.Set("50")
	}
	os.Exit(m.Run())
}
