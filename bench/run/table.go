package main

import (
	"fmt"
	"io"
	"time"
)

// The rows that others are compared with.
const (
	hugoRow  = "hugo --minify"
	floorRow = "floor: front matter, goldmark, write"
)

// table prints the rows of one size as Markdown.
func table(w io.Writer, n int, rows []row, took []usage) error {
	fmt.Fprintf(w, "\n### %d playbooks\n\n", n)
	fmt.Fprintln(w, "| | wall s | CPU s | peak MiB | pages | files | MB | KB a playbook page | largest page KB | Hugo's wall ÷ | Hugo's CPU ÷ | Hugo's peak ÷ | CPU × floor |")
	fmt.Fprintln(w, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
	hugo, floor := find(rows, took, hugoRow), find(rows, took, floorRow)
	for i, r := range rows {
		out := weight{}
		if r.out != "" {
			var err error
			if out, err = weigh(r.out); err != nil {
				return err
			}
		}
		u := took[i]
		fmt.Fprintf(w, "| %s | %.3f | %.2f | %d | %d | %d | %.1f | %s | %.0f | %s | %s | %s | %s |\n", r.name, u.wall.Seconds(), u.cpu.Seconds(), u.peak>>20,
			out.pages, out.files, float64(out.bytes)/1e6, out.perPlaybook(), float64(out.largest)/1e3,
			ratio(hugo.wall, u.wall), ratio(hugo.cpu, u.cpu), ratio(hugo.peak, u.peak), ratio(u.cpu, floor.cpu))
	}
	return nil
}

// find returns what a row took, nothing if it was not run.
func find(rows []row, took []usage, name string) usage {
	for i, r := range rows {
		if r.name == name {
			return took[i]
		}
	}
	return usage{}
}

// ratio is empty where one of the two is unknown.
func ratio[T time.Duration | int64](a, b T) string {
	if a == 0 || b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", float64(a)/float64(b))
}
