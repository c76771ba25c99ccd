package main

import "syscall"

// peak is the most memory that was held, in bytes: Linux counts in kilobytes.
func peak(u *syscall.Rusage) int64 { return u.Maxrss << 10 }
