package main

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"

	"github.com/spf13/cobra"
)

// profiles are the files into which a command writes where its time and its memory
// go; empty for none.
type profiles struct{ cpu, memory string }

func (p *profiles) register(c *cobra.Command) {
	c.Flags().StringVar(&p.cpu, "cpuprofile", "", "write a profile of the processor's time into `FILE` (go tool pprof)")
	c.Flags().StringVar(&p.memory, "memprofile", "", "write a profile of the memory into `FILE` (go tool pprof)")
}

// record does what a command does and writes the profiles of it, also where that
// fails.
func (p *profiles) record(do func() error) (err error) {
	if p.cpu != "" {
		file, err := create(p.cpu)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return errors.Join(err, file.Close())
		}
		defer func() {
			pprof.StopCPUProfile()
			file.Close()
		}()
	}
	if p.memory != "" {
		file, err := create(p.memory)
		if err != nil {
			return err
		}
		defer func() {
			runtime.GC() // so that what is in use is told as it is
			err = errors.Join(err, pprof.Lookup("allocs").WriteTo(file, 0), file.Close())
		}()
	}
	return do()
}

func create(name string) (*os.File, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, writing(name, err)
	}
	return file, nil
}
