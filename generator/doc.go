// Package generator is Plumb: it compiles a folder of Markdown playbooks into
// a static site.
//
// # The pipeline
//
// I/O stands at both ends, values in between:
//
//	fs.FS → []*source.File → *markdown.Document → *playbook.Page → *site.Site → views → bytes → output.Sink
//
// [Build] reads top to bottom:
//
//   - read: the files of the content folder (package source);
//   - understand: front matter, sections, entries, tasks (markdown, playbook);
//   - link: addresses, registers, neighbours, links, indexes (site);
//   - theme: templates and assets, in layers (theme);
//   - render: views of plain values, pages (render);
//   - search: the index, and the list of all names (search, render).
//
// A stage is a function of its input that returns its value and its
// diagnostics. A broken file drops out and the others go on, so that one run
// shows every message. The sink decides what becomes of the files: the output
// directory, a tree in memory, or nothing.
//
// # Building again
//
// Every page is a pure function of the site and the theme, and every text is
// decoded by itself. A [Builder] therefore remembers, by content, what was read,
// decoded, loaded and made in the build before; linking is done afresh each
// time. A preview is nothing but a Builder that is run again whenever the files
// have changed: nobody tells it what did. What readers search with it makes when
// it is asked for; [Index] makes it alone.
package generator
