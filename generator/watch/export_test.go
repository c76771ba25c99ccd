package watch

import "time"

// SweepNow sweeps once and returns how long that took.
func (f *Folder) SweepNow() time.Duration { return f.sweep() }

// FoldCase lets the folder look at names as where case folds.
func (f *Folder) FoldCase() { f.foldsCase = true }
