package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"plumb/generator"
	"plumb/generator/devserver"
)

// serveFlags are the flags of serve alone.
type serveFlags struct {
	host, editor   string
	port           int
	open, navigate bool
}

func serveCommand(v *voice) *cobra.Command {
	var flags siteFlags
	var own serveFlags
	c := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "Show the site while it is written",
		Long: "Serve builds the site in DIR (default: the current folder) in memory, shows it to a browser on\n" +
			"this machine, and builds it again on every save. Drafts are shown; public/ is not touched.\n" +
			"While the content has errors, the last good pages stay, with the messages above them.",
		Args: atMost(1, "folder"),
		RunE: func(c *cobra.Command, args []string) error {
			return serve(c, args, v, &flags, own)
		},
	}
	flags.registerReading(c, v)
	c.Flags().IntVarP(&own.port, "port", "p", 8080, "listen on port `N`, or on the next free one")
	c.Flags().StringVar(&own.host, "host", "127.0.0.1", "listen on `ADDRESS`; any but a loopback one lets others read the site")
	c.Flags().BoolVar(&own.open, "open", false, "open the site in the browser")
	c.Flags().BoolVar(&own.navigate, "navigate", false, "let the browser follow the file that was edited")
	c.Flags().StringVar(&own.editor, "editor", "", "open places in `EDITOR`: "+strings.Join(editorNames(), ", ")+"\nor an address with {path}, {line} and {column} (default: by $VISUAL and $EDITOR)")
	return c
}

func serve(c *cobra.Command, args []string, v *voice, flags *siteFlags, own serveFlags) error {
	if own.port < 0 || own.port > 65535 {
		return usage{command: c, error: fmt.Errorf("--port takes a number from 0 to 65535, not %d", own.port)}
	}
	editor, err := editorAddress(own.editor, os.Getenv)
	if err != nil {
		return usage{command: c, error: err}
	}
	flags.format, flags.drafts, flags.desk = "text", true, true
	f, err := flags.open(c, args)
	if err != nil {
		return err
	}
	defer f.root.Close()
	f.PagesOnly = true
	l, err := liveIn(f, v, c.Flags().Changed("as-of"))
	if err != nil {
		return err
	}
	defer l.close()
	root, err := filepath.Abs(f.dir)
	if err != nil {
		return err
	}
	p := &preview{live: l}
	p.server = devserver.New(devserver.Options{
		Hosts: hostNames(own.host), Editor: editor, Root: filepath.ToSlash(root), Navigate: own.navigate, Inspect: p.inspect,
	})
	return p.run(c.Context(), own)
}

// preview shows each outcome of a live site to browsers.
type preview struct {
	live   *live
	server *devserver.Server
	report atomic.Pointer[generator.Report] // of the last build
	begun  func()                           // called once, after the first build
}

// run serves until the context is done.
func (p *preview) run(ctx context.Context, own serveFlags) error {
	l, moved, err := devserver.Listen(own.host, own.port)
	if err != nil {
		return listening(own, err)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	served := make(chan struct{})
	go func() {
		defer close(served)
		cancel(p.server.Serve(ctx, l))
	}()
	p.begun = func() { p.welcome(l.Addr(), moved, own) }
	p.live.show, p.live.builder.Early = p.show, p.server.Hurry
	err = p.live.run(ctx)
	cancel(nil)
	<-served
	if cause := context.Cause(ctx); err == nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	return err
}

// welcome says where the site is.
func (p *preview) welcome(addr net.Addr, moved bool, own serveFlags) {
	v := p.live.voice
	host, port, _ := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	address := "http://" + net.JoinHostPort(host, port) + "/"
	if moved && own.port != 0 {
		v.closing(fmt.Sprintf("port %d is taken, so this is %s", own.port, port))
	}
	if !isLoopback(own.host) {
		v.errorf("with --host "+own.host+" everyone on this network can read the site", "leave --host out to show it on this machine only")
	}
	fmt.Fprintln(v.out, address)
	if ip := net.ParseIP(own.host); ip != nil && ip.IsUnspecified() {
		for _, other := range networkAddresses() {
			v.closing("on the network: http://" + net.JoinHostPort(other, port) + "/")
		}
	}
	v.closing("Ctrl-C ends it")
	if own.open {
		if err := openBrowser(address); err != nil {
			v.errorf("the browser could not be opened: "+err.Error(), "open "+address+" yourself")
		}
	}
}

// show hands an outcome to the server.
func (p *preview) show(o outcome) (string, error) {
	st := devserver.State{Diagnostics: o.diagnostics, Edited: o.change.Paths, Line: o.line, Settings: p.live.settingsPath(), Degraded: o.report == nil}
	if o.report != nil {
		st.Tree, st.Sources, st.Missing, st.Drafts = o.tree, o.report.Sources(), o.report.Missing(), o.report.Unpublished()
		p.report.Store(o.report)
	}
	p.server.Publish(st)
	if p.begun != nil {
		p.begun()
		p.begun = nil
	}
	return "", nil
}

// inspect returns what was understood of a source, as JSON.
func (p *preview) inspect(_ context.Context, source string) ([]byte, error) {
	report := p.report.Load()
	if report == nil {
		return nil, generator.ErrNotInSite
	}
	understood, err := report.Inspect(source)
	if err != nil {
		return nil, err
	}
	return json.Marshal(understood)
}

// networkAddresses are the addresses by which other machines reach this one.
func networkAddresses() (out []string) {
	all, _ := net.InterfaceAddrs()
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			out = append(out, n.IP.String())
		}
	}
	return out
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || host == "localhost" || ip != nil && ip.IsLoopback()
}

// hostNames are the names by which the server may be called, if it is not
// on loopback.
func hostNames(host string) []string {
	if isLoopback(host) {
		return nil
	}
	names := []string{host}
	if name, err := os.Hostname(); err == nil {
		names = append(names, name)
	}
	return names
}

// listening is the error that no port could be listened on.
func listening(own serveFlags, err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return fmt.Errorf("cannot listen on %s port %d: %w", own.host, own.port, err)
}
