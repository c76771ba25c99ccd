// Plumb compiles a folder of Markdown playbooks into a static site. See
// plumb --help.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"plumb/generator"
)

// Exit statuses.
const (
	exitGood    = 0
	exitContent = 1 // the content has errors
	exitFault   = 2 // wrong use, or a fault of the machine
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	status := run(ctx, os.Args[1:], newVoice(os.Stdout, os.Stderr))
	stop()
	os.Exit(status)
}

// errContent says that the content has errors, which have been printed.
var errContent = errors.New("the content has errors")

// run executes the command line and returns the exit status.
func run(ctx context.Context, args []string, v *voice) int {
	root := command(v)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitGood
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, context.Canceled):
		v.errorf("interrupted; nothing was published", "")
		return exitFault
	}
	v.fault(err)
	return exitFault
}

func command(v *voice) *cobra.Command {
	root := &cobra.Command{
		Use:   "plumb",
		Short: "Compile strategy playbooks into a site",
		Long: "Plumb compiles a folder of Markdown playbooks, each with a place on the line from\n" +
			"Make it for less to Sell it for more, into a static site for a sales force.",
		Version:       generator.Version,
		SilenceErrors: true, SilenceUsage: true,
		RunE: func(c *cobra.Command, args []string) error { return c.Help() },
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrongCommand(c, args[0])
			}
			return nil
		},
	}
	root.SetOut(v.out)
	root.SetErr(v.err)
	root.SetHelpCommand(helpCommand())
	root.SetHelpTemplate(helpText)
	root.SetVersionTemplate("plumb {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(buildCommand(v), serveCommand(v), checkCommand(v), fixCommand(v), inspectCommand(v), searchCommand(v), explainCommand(v), versionCommand(v))
	return root
}
