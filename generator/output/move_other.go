//go:build !linux

package output

import (
	"errors"
	"os"
)

// create makes a file of the folder.
func (f *folder) create(name string, data []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// move renames a staged file to its place.
func (d *disk) move(staged string, to *folder, name string) error {
	return d.top.root.Rename(ownFolder+"/stage/"+staged, join(to.path, name))
}
