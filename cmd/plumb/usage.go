package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"plumb/generator/diag"
)

// usage is wrong use of a command.
type usage struct {
	command *cobra.Command
	error
	// near is what was probably meant; empty where that is not clear.
	near string
}

// hint says how to go on.
func (u usage) hint() string {
	see := "see " + u.command.CommandPath() + " --help"
	if u.near == "" {
		return see
	}
	return "did you mean “" + u.near + "”? Else " + see
}

// wrongFlag rewords an error of the flags.
func wrongFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return usage{command: c, error: fmt.Errorf("there is no flag -%s", unknown.GetSpecifiedName())}
	case errors.As(err, &unknown):
		return usage{c, fmt.Errorf("there is no flag --%s", unknown.GetSpecifiedName()), nearFlag(c, unknown.GetSpecifiedName())}
	case errors.As(err, &empty):
		return usage{command: c, error: fmt.Errorf("--%s needs a value", empty.GetFlag().Name)}
	case errors.As(err, &invalid):
		takes := map[string]string{"bool": "true or false", "int": "a number"}[invalid.GetFlag().Value.Type()]
		return usage{command: c, error: fmt.Errorf("--%s takes %s, not “%s”", invalid.GetFlag().Name, takes, invalid.GetValue())}
	}
	return usage{command: c, error: err}
}

func nearFlag(c *cobra.Command, name string) string {
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near := diag.Nearest(name, known); near != "" {
		return "--" + near
	}
	return ""
}

// wrongCommand says that there is no such command; the name of a folder is
// taken for a site to build.
func wrongCommand(root *cobra.Command, name string) error {
	var known []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			known = append(known, c.Name())
		}
	}
	near := diag.Nearest(name, known)
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		near = "plumb build " + name
	}
	return usage{root, fmt.Errorf("there is no command “%s”", name), near}
}

// atMost takes no more than so many arguments.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) <= n:
			return nil
		case n == 0:
			return usage{command: c, error: fmt.Errorf("this command takes no argument, not “%s”", args[0])}
		}
		return usage{command: c, error: fmt.Errorf("one %s at the most, not %d: %s", what, len(args), strings.Join(args, " "))}
	}
}

// helpCommand prints the help of a command, as --help does.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		Args:  atMost(1, "command"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Root().Help()
			}
			for _, sub := range c.Root().Commands() {
				if sub.Name() == args[0] {
					sub.InitDefaultHelpFlag()
					return sub.Help()
				}
			}
			return wrongCommand(c.Root(), args[0])
		},
	}
}

// helpText is what --help prints.
const helpText = `{{with (or .Long .Short)}}{{.}}

{{end}}Usage: {{if .HasParent}}{{.UseLine}}{{else}}plumb COMMAND [flags]{{end}}
{{if .HasAvailableSubCommands}}
Commands:
{{range .Commands}}{{if .IsAvailableCommand}}  {{rpad .Name 10}} {{.Short}}
{{end}}{{end}}
See “plumb COMMAND --help” for its flags. The exit status is 0 where all is well, 1
where the content has errors, 2 where Plumb was used wrongly or cannot go on.
{{else}}{{with .LocalFlags.FlagUsages}}
Flags:
{{.}}{{end}}{{end}}`
