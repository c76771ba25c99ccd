package generator

import (
	"slices"

	"plumb/generator/brand"
	"plumb/generator/config"
	"plumb/generator/diag"
	"plumb/generator/source"
	"plumb/generator/theme"
)

// styles is the theme's style sheet.
const styles = "theme/plumb.css"

// branded is the rule of a site's own colours, with what was said of them.
type branded struct {
	rule []byte
	list []diag.Diagnostic
}

// brand returns the theme's assets with the site's own colours behind its styles:
// so no page asks for a further file, and a style sheet of the site's own is
// coloured too.
func (b *build) brand(c *config.Config, assets []theme.Asset) []theme.Asset {
	i := slices.IndexFunc(assets, func(a theme.Asset) bool { return a.Path == styles })
	if i < 0 {
		return assets
	}
	key := func(css []byte) (string, source.Digest) { d := c.Digest(); return "", source.Sum(d[:], css) }
	made, _ := once(b.brands, assets[i].Data, key, func(css []byte) (branded, error) {
		rule, list := brand.Sheet(c, css)
		return branded{rule, list}, nil
	})
	b.say(made.list)
	if made.rule == nil {
		return assets
	}
	assets = slices.Clone(assets)
	assets[i].Data = slices.Concat(assets[i].Data, made.rule)
	return assets
}
