package output

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
)

// manifestFormat is raised when an older Plumb could not read the file right.
const manifestFormat = 1

// manifest is what Plumb wrote into an output.
type manifest struct {
	Format   int    `json:"format"`
	Audience string `json:"audience"`
	// Inputs is a digest of what the build was made of, and Pages how many it made;
	// zero where it did not say.
	Inputs Sum `json:"inputs,omitzero"`
	Pages  int `json:"pages,omitzero"`
	// Folders are those Plumb made; it removes them when they become empty.
	Folders []string `json:"folders"`
	Files   []listed `json:"files"` // in byte order of the paths
}

// listed is one file of a manifest.
type listed struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
	Sum  Sum    `json:"sha256"`
}

// encode writes the manifest with one line a file, so that two of them compare
// well.
func (m *manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	audience, err := json.Marshal(m.Audience)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, `{"format":%d,"audience":%s,`, m.Format, audience)
	if m.Inputs != (Sum{}) {
		fmt.Fprintf(&b, `"inputs":"%s","pages":%d,`, m.Inputs, m.Pages)
	}
	b.WriteString(`"folders":[`)
	if err := encodeLines(&b, m.Folders); err != nil {
		return nil, err
	}
	b.WriteString(`],"files":[`)
	var line []byte
	for i, f := range m.Files {
		name, err := json.Marshal(f.Path)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		line = append(append(line[:0], "\n{\"path\":"...), name...)
		line = strconv.AppendInt(append(line, `,"size":`...), f.Size, 10)
		line = hex.AppendEncode(append(line, `,"sha256":"`...), f.Sum[:])
		b.Write(append(line, `"}`...))
	}
	b.WriteString("]}\n")
	return b.Bytes(), nil
}

func encodeLines(b *bytes.Buffer, list []string) error {
	for i := range list {
		line, err := json.Marshal(list[i])
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	return nil
}

// decodeManifest reads a manifest and refuses what Plumb would not have written.
func decodeManifest(data []byte) (*manifest, error) {
	m := new(manifest)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, err
	}
	if m.Format != manifestFormat {
		return nil, fmt.Errorf("format %d is not known to this version of Plumb", m.Format)
	}
	for _, f := range m.Files {
		if err := checkPath(f.Path); err != nil {
			return nil, err
		}
	}
	for _, p := range m.Folders {
		if err := checkPath(p); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// readManifest returns the manifest in a folder with its bytes, or nil if there
// is none.
func readManifest(f *folder) (*manifest, []byte, error) {
	data, err := f.root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	m, err := decodeManifest(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", join(f.path, manifestName), err)
	}
	return m, data, nil
}

// byPath returns the files by path; a manifest that is not there has none.
func (m *manifest) byPath() map[string]listed {
	found := map[string]listed{}
	if m != nil {
		for _, f := range m.Files {
			found[f.Path] = f
		}
	}
	return found
}

// stamp is how a file looked from outside when its content was last known, in
// nanoseconds since 1970.
type stamp struct{ Modified, Changed int64 }

func stampOf(info os.FileInfo) stamp {
	return stamp{info.ModTime().UnixNano(), changeTime(info)}
}

// stamps are the stamps of a manifest's files, in its order. They are a hint,
// kept apart from the manifest because they differ from machine to machine.
type stamps struct {
	list []stamp
	// taken is when they were written, by the file system's own clock.
	taken int64
}

// trusts reports whether a file that looks like this is the one that was
// stamped. A stamp as young as the list itself proves nothing: a change in the
// same tick of the clock would look the same.
func (s stamps) trusts(i int, now stamp) bool {
	return i < len(s.list) && s.list[i] == now && max(now.Modified, now.Changed) < s.taken
}

// encodeStamps starts with the digest of the manifest that the stamps belong to.
func encodeStamps(of Sum, list []stamp) []byte {
	data := append(make([]byte, 0, len(of)+16*len(list)), of[:]...)
	for _, s := range list {
		data = binary.LittleEndian.AppendUint64(data, uint64(s.Modified))
		data = binary.LittleEndian.AppendUint64(data, uint64(s.Changed))
	}
	return data
}

// readStamps returns no stamps where there are none, or those of another
// manifest.
func readStamps(own *folder, of Sum) stamps {
	data, err := own.root.ReadFile(statName)
	if err != nil || !bytes.HasPrefix(data, of[:]) {
		return stamps{}
	}
	info, err := own.root.Lstat(statName)
	if err != nil {
		return stamps{}
	}
	data = data[len(of):]
	s := stamps{make([]stamp, len(data)/16), info.ModTime().UnixNano()}
	for i := range s.list {
		s.list[i].Modified = int64(binary.LittleEndian.Uint64(data[16*i:]))
		s.list[i].Changed = int64(binary.LittleEndian.Uint64(data[16*i+8:]))
	}
	return s
}
