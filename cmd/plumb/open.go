package main

import (
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"plumb/generator/diag"
)

// editors are the addresses by which editors open a file at a place. A program
// in $VISUAL or $EDITOR that is not among them has no such address.
var editors = map[string]string{
	"vscode":   "vscode://file/{path}:{line}:{column}",
	"vscodium": "vscodium://file/{path}:{line}:{column}",
	"cursor":   "cursor://file/{path}:{line}:{column}",
	"zed":      "zed://file/{path}:{line}:{column}",
	"idea":     "idea://open?file={path}&line={line}&column={column}",
	"sublime":  "subl://open?url=file://{path}&line={line}&column={column}",
	"textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
}

// commands are the programs of editors whose name is another.
var commands = map[string]string{"code": "vscode", "codium": "vscodium", "subl": "sublime", "mate": "textmate"}

func editorNames() []string { return slices.Sorted(maps.Keys(editors)) }

// editorAddress returns the template of an address that opens the editor that
// was asked for or, where none was, the one of the environment; empty for one
// that has no address.
func editorAddress(asked string, env func(string) string) (string, error) {
	if strings.Contains(asked, "{path}") {
		return asked, nil
	}
	if asked != "" {
		address, known := editors[asked]
		if !known {
			return "", fmt.Errorf("no editor is called “%s”: %s", asked, diag.DidYouMean(asked, editorNames()))
		}
		return address, nil
	}
	for _, key := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(env(key)); len(words) > 0 {
			name := strings.TrimSuffix(filepath.Base(words[0]), ".exe")
			if other, known := commands[name]; known {
				name = other
			}
			return editors[name], nil
		}
	}
	return "", nil
}

// openBrowser opens an address in the user's browser and does not wait for it.
func openBrowser(address string) error {
	c := exec.Command("xdg-open", address)
	switch runtime.GOOS {
	case "darwin":
		c = exec.Command("open", address)
	case "windows":
		c = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	}
	if err := c.Start(); err != nil {
		return err
	}
	go c.Wait() // so that no zombie stays
	return nil
}
