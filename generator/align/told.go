package align

import (
	"slices"

	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/playbook"
)

// Core returns the sections without which a playbook cannot be followed.
func Core() []playbook.Kind { return slices.Clone(coreSections) }

// LimitOf returns a threshold of a rule as a site sets it; otherwise where no
// rule has it.
func LimitOf(c *config.Config, code diag.Code, name string, otherwise int) int {
	if n, ok := settle(c).limits[code][name]; ok {
		return n
	}
	return otherwise
}
