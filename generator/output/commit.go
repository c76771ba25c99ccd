package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// Commit publishes what was put: the output then holds exactly these files, and
// whatever others have put there. A [*RefusedError] says that something of theirs
// stands in the way; nothing is changed then. After any other error the next Open
// finishes the commit. Commit returns the error of a Put that failed, for without
// that file the site is not whole.
func (p *Publication) Commit() (Stats, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended || p.begun {
		return Stats{}, errClosed
	}
	if p.failed != nil {
		return Stats{}, p.failed
	}
	pl, err := p.plan()
	if err != nil {
		return Stats{}, err
	}
	pl.stats.Resumed, pl.stats.Kept = p.resumed, p.kept
	if err := p.carryOut(pl); err != nil {
		return Stats{}, err
	}
	p.ended = true
	slices.Sort(pl.stats.Kept)
	return pl.stats, p.leave(false)
}

// carryOut takes the steps of a plan, if it has any.
func (p *Publication) carryOut(pl *plan) error {
	encoded, err := pl.manifest.encode()
	if err != nil {
		return err
	}
	sum := SumOf(encoded)
	if pl.empty() && bytes.Equal(encoded, p.encoded) {
		if !pl.read {
			return nil
		}
		return errors.Join(p.disk.saveStamps(sum, pl.stamps), p.disk.removeStage())
	}
	if err := p.begin(&pl.journal, encoded); err != nil {
		return err
	}
	did, err := p.disk.take(&pl.journal)
	if err != nil {
		return err
	}
	pl.stats.Deleted = did.deleted
	pl.stats.Kept = append(pl.stats.Kept, did.kept...)
	if err := p.disk.installManifest(); err != nil {
		return err
	}
	if err := p.disk.saveStamps(sum, pl.stamps); err != nil {
		return err
	}
	return p.disk.removeJournal()
}

// begin writes the manifest and the journal. From its last rename on the commit
// is going to be finished, by this process or by another.
func (p *Publication) begin(j *journal, encoded []byte) error {
	steps, err := json.Marshal(j)
	if err != nil {
		return err
	}
	stage, err := p.disk.openStage()
	if err != nil {
		return err
	}
	if err := p.disk.write(stage, manifestName, encoded, true); err != nil {
		return err
	}
	if err := p.disk.write(stage, journalName, steps, true); err != nil {
		return err
	}
	if err := syncFolder(stage); err != nil {
		return err
	}
	if err := p.disk.install(journalName, journalName); err != nil {
		return err
	}
	p.begun = true
	p.disk.ownTime = time.Time{}
	return syncFolder(p.disk.own)
}

// installManifest puts the staged manifest in its place: the steps are done.
func (d *disk) installManifest() error {
	if err := d.install(manifestName, manifestName); err != nil {
		return err
	}
	return syncFolder(d.own)
}

// saveStamps notes how the files of a manifest look.
func (d *disk) saveStamps(of Sum, list []stamp) error {
	stage, err := d.openStage()
	if err != nil {
		return err
	}
	if err := d.write(stage, statName, encodeStamps(of, list), false); err != nil {
		return err
	}
	return d.install(statName, statName)
}

// removeJournal ends a commit.
func (d *disk) removeJournal() error {
	d.changing("remove the journal")
	if err := d.own.root.Remove(journalName); err != nil {
		return err
	}
	return d.removeStage()
}
