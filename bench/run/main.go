// Run measures Plumb beside Hugo and beside the floor, below which nothing that
// uses goldmark can go, on the same texts, and prints Markdown tables.
//
//	go run ./bench/run -n 100,1000,10000 -rounds 5 -dir /dev/shm/bench
//
// It is started in the root of the repository. README.md in bench says what is
// compared, and what was measured.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	sizes := flag.String("n", "100,1000,10000", "how many playbooks, several by commas")
	rounds := flag.Int("rounds", 5, "how often each row is run")
	seed := flag.Uint64("seed", 1, "other seeds give other texts")
	dir := flag.String("dir", "", "the `FOLDER` for texts and outputs, in memory if possible (tmpfs); default: a temporary one, removed at the end")
	hugo := flag.String("hugo", "bench/.bin/hugo", "the hugo to compare with; empty for none")
	pagefind := flag.String("pagefind", "bench/search/node_modules/.bin/pagefind", "the pagefind that is run behind hugo; empty for none")
	showWords := flag.Bool("words", false, "instead of measuring, compare what the pages of Plumb's and of Hugo's site show")
	large := flag.Bool("large", false, "measure 100,000 playbooks against 10,000 instead, Plumb alone")
	flag.Parse()
	b := &bench{dir: *dir, hugo: *hugo, pagefind: *pagefind, words: *showWords}
	if b.words { // nothing else is run
		b.pagefind = ""
	}
	if err := b.main(*sizes, *seed, *rounds, *large); err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		os.Exit(1)
	}
}

func (b *bench) main(sizes string, seed uint64, rounds int, large bool) error {
	at, err := os.MkdirTemp(b.dir, "plumb-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(at)
	if b.dir, err = filepath.Abs(at); err != nil {
		return err
	}
	if err := b.programs(); err != nil {
		return err
	}
	fmt.Printf("%s/%s, %d processors, %s, medians of %d rounds\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), rounds)
	if large {
		return b.large(seed, rounds)
	}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		if err := b.size(n, seed, rounds); err != nil {
			return err
		}
	}
	if b.words {
		return nil
	}
	return b.start(seed)
}

// programs builds Plumb, the floor and the maker of texts.
func (b *bench) programs() error {
	bin := filepath.Join(b.dir, "bin")
	b.plumb, b.floor, b.corpus = filepath.Join(bin, "plumb"), filepath.Join(bin, "floor"), filepath.Join(bin, "corpus")
	if err := os.MkdirAll(bin, 0o755); err != nil {
		return err
	}
	said, err := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin+"/", "./cmd/plumb", "./bench/floor", "./bench/corpus").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	for _, other := range []*string{&b.hugo, &b.pagefind} {
		if *other == "" {
			continue
		}
		if *other, err = exec.LookPath(*other); err == nil {
			*other, err = filepath.Abs(*other)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// size measures all rows on a site of n playbooks, and removes it.
func (b *bench) size(n int, seed uint64, rounds int) error {
	s, err := b.site(n, seed)
	if err != nil {
		return err
	}
	if b.words {
		return b.compare(n, s)
	}
	rows := b.rows(s)
	took, err := measure(rows, rounds)
	if err != nil {
		return err
	}
	if err := table(os.Stdout, n, rows, took); err != nil {
		return err
	}
	return b.clear()
}

// compare builds both sites of n playbooks and says what their pages show.
func (b *bench) compare(n int, s site) error {
	ours, theirs := filepath.Join(b.dir, "out", "plumb"), filepath.Join(b.dir, "out", "hugo")
	if _, err := run([]command{{args: b.build(s.plumb, ours)}, {args: b.generate(s.hugo, theirs)}}); err != nil {
		return err
	}
	a, err := words(ours)
	if err != nil {
		return err
	}
	h, err := words(theirs)
	if err != nil {
		return err
	}
	fmt.Printf("\n### %d playbooks\n", n)
	compare(os.Stdout, a, h)
	return b.clear()
}

// clear removes texts and outputs.
func (b *bench) clear() error {
	if err := os.RemoveAll(filepath.Join(b.dir, "sites")); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(b.dir, "out"))
}

// large compares 100,000 playbooks with ten times 10,000, by turns.
func (b *bench) large(seed uint64, rounds int) error {
	b.hugo = ""
	var rows []row
	sizes := []int{10000, 100000}
	for _, n := range sizes {
		from, to := filepath.Join(b.dir, "sites", strconv.Itoa(n)), filepath.Join(b.dir, "out", strconv.Itoa(n))
		if _, err := run([]command{{args: []string{b.corpus, "-n", strconv.Itoa(n), "-seed", fmt.Sprint(seed), "-out", from}}}); err != nil {
			return err
		}
		rows = append(rows, b.row(fmt.Sprintf("plumb build, %d", n), to, b.build(from, to)...))
	}
	took, err := measure(rows, rounds)
	if err != nil {
		return err
	}
	if err := table(os.Stdout, sizes[1], rows, took); err != nil {
		return err
	}
	grown := float64(took[1].peak-took[0].peak) / float64(sizes[1]-sizes[0]) / 1024
	fmt.Printf("\nTen times as many playbooks: %s times the wall time, %s times the CPU time, %.1f KiB more a playbook.\n", ratio(took[1].wall, took[0].wall), ratio(took[1].cpu, took[0].cpu), grown)
	return nil
}

// start measures what a build takes that has next to nothing to do.
func (b *bench) start(seed uint64) error {
	from, to := filepath.Join(b.dir, "sites", "10"), filepath.Join(b.dir, "out", "10")
	if _, err := run([]command{{args: []string{b.corpus, "-n", "10", "-seed", fmt.Sprint(seed), "-out", from}}}); err != nil {
		return err
	}
	const rounds = 21
	took, err := measure([]row{b.row("version", "", b.plumb, "version"), b.row("build", to, b.build(from, to)...)}, rounds)
	if err != nil {
		return err
	}
	info, err := os.Stat(b.plumb)
	if err != nil {
		return err
	}
	fmt.Printf("\n`plumb version`: %.1f ms. A build of 10 playbooks: %.1f ms, %.1f ms CPU, %d MiB. The program: %.1f MB. (Medians of %d runs.)\n",
		took[0].wall.Seconds()*1e3, took[1].wall.Seconds()*1e3, took[1].cpu.Seconds()*1e3, took[1].peak>>20, float64(info.Size())/1e6, rounds)
	return nil
}
