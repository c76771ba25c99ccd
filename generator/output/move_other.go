//go:build !linux

package output

// move renames a staged file to its place.
func (d *disk) move(staged string, to *folder, name string) error {
	return d.top.root.Rename(ownFolder+"/stage/"+staged, join(to.path, name))
}
