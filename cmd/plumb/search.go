package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"plumb/generator"
	"plumb/generator/diag"
	"plumb/generator/search"
	"plumb/generator/site"
)

// searchFlags are the flags of search alone.
type searchFlags struct {
	dir, as, between       string
	kinds, roles, segments []string
	limit                  int
}

func searchCommand(v *voice) *cobra.Command {
	var flags siteFlags
	var own searchFlags
	c := &cobra.Command{
		Use:   "search WORDS...",
		Short: "Find tasks, objections, metrics … as readers of the site do",
		Long: "Search answers a question from the same index, in the same order, as the site's own search.\n" +
			"The beginning of a word, its other forms, a slip and the synonyms of plumb.yaml are found too;\n" +
			"words in quotation marks are a phrase: plumb search '\"loan pool\" hospital'",
		Args: func(c *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return usage{command: c, error: errors.New("name the words to search for")}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return searchFor(c, strings.Join(args, " "), v, &flags, &own)
		},
	}
	flags.registerReading(c, v)
	c.Flags().BoolVar(&flags.drafts, "drafts", false, "search drafts, pages not yet published and expired ones too")
	flags.registerFormat(c, "print the answer", "text", "json")
	c.Flags().StringVar(&own.dir, "dir", ".", "search the site in `DIR`")
	c.Flags().StringSliceVar(&own.kinds, "kind", nil, "only `KINDS`: "+strings.Join(kindNames(), ", "))
	c.Flags().StringSliceVar(&own.roles, "role", nil, "only what is for `ROLES`, by id")
	c.Flags().StringSliceVar(&own.segments, "segment", nil, "only playbooks of `SEGMENTS`, by id")
	c.Flags().StringVar(&own.between, "between", "", "only playbooks at `FROM-TO` on the line, such as 25-75")
	c.Flags().StringVar(&own.as, "as", "", "put the tasks of `ROLE` first")
	c.Flags().IntVarP(&own.limit, "limit", "n", 10, fmt.Sprintf("print `N` results, up to %d", search.MostResults))
	return c
}

func kindNames() (out []string) {
	for _, k := range search.Kinds() {
		out = append(out, k.String())
	}
	return out
}

func searchFor(c *cobra.Command, text string, v *voice, flags *siteFlags, own *searchFlags) error {
	q, err := own.query(c, text)
	if err != nil {
		return err
	}
	f, err := flags.open(c, []string{own.dir})
	if err != nil {
		return err
	}
	defer f.root.Close()
	index, report, err := generator.Index(c.Context(), f.Options)
	if err != nil {
		return f.fault(err)
	}
	if index == nil { // without its theme a site has no words for its places
		return errors.Join(v.findings(report.Diagnostics, f.prefix()), errContent)
	}
	if err := own.known(c, report.Site); err != nil {
		return err
	}
	answer, err := index.Ask(q)
	if err != nil {
		return err
	}
	if n := diag.Count(report.Diagnostics, diag.Error); n > 0 {
		v.closing(fmt.Sprintf("%s in the content: what they concern is not searched; see plumb check", count(n, "error")))
	}
	if flags.format == "json" {
		e := json.NewEncoder(v.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(answer)
	}
	if err := printResults(v.out, &answer, report.Site); err != nil {
		return err
	}
	v.closing(found(text, &answer))
	return nil
}

// query returns the question that the flags ask.
func (own *searchFlags) query(c *cobra.Command, text string) (q search.Query, err error) {
	q = search.Query{Text: text, Roles: own.roles, Segments: own.segments, Role: own.as, Count: own.limit}
	if own.limit < 1 || own.limit > search.MostResults {
		return q, usage{command: c, error: fmt.Errorf("--limit takes a number from 1 to %d, not %d", search.MostResults, own.limit)}
	}
	for _, name := range own.kinds {
		kind, ok := search.KindNamed(name)
		if !ok {
			return q, usage{c, fmt.Errorf("there is no kind “%s”", name), diag.Nearest(name, kindNames())}
		}
		q.Kinds = append(q.Kinds, kind)
	}
	if own.between != "" {
		from, to, _ := strings.Cut(own.between, "-")
		low, err1 := strconv.Atoi(from)
		high, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || low > high || high > 100 {
			return q, usage{command: c, error: fmt.Errorf("--between takes two places from 0 to 100 such as 25-75, not “%s”", own.between)}
		}
		q.Within = &[2]int{low, high}
	}
	return q, nil
}

// known checks the ids of roles and segments against the site's.
func (own *searchFlags) known(c *cobra.Command, s *site.Site) error {
	var roles, segments []string
	for _, r := range s.Roles {
		roles = append(roles, r.ID)
	}
	for _, g := range s.Segments {
		segments = append(segments, g.ID)
	}
	asked := own.roles
	if own.as != "" {
		asked = append(slices.Clone(asked), own.as)
	}
	return errors.Join(register(c, "role", asked, roles), register(c, "segment", own.segments, segments))
}

func register(c *cobra.Command, what string, asked, known []string) error {
	for _, id := range asked {
		if !slices.Contains(known, id) {
			return usage{c, fmt.Errorf("the site has no %s “%s”", what, id), diag.Nearest(id, known)}
		}
	}
	return nil
}

// printResults prints each result: what it is, where it stands, what was found
// in it, its address.
func printResults(w io.Writer, a *search.Answer, s *site.Site) error {
	var b strings.Builder
	for i, r := range a.Results {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%-10s %s\n", r.Kind, diag.Visible(r.Head))
		for _, line := range []string{where(&r, s), r.Body, address(&r)} {
			if line != "" {
				fmt.Fprintf(&b, "           %s\n", diag.Visible(strings.ReplaceAll(line, "\n", " · ")))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// where says to whom a result belongs.
func where(r *search.Result, s *site.Site) string {
	var parts []string
	if r.Title != r.Head {
		parts = append(parts, r.Title)
	}
	if role := s.RoleNamed(r.Role); role != nil {
		parts = append(parts, role.Title)
	}
	if r.Place != "" {
		parts = append(parts, r.Place)
	}
	return strings.Join(parts, " · ")
}

func address(r *search.Result) string {
	if r.Anchor == "" {
		return r.URL
	}
	return r.URL + "#" + r.Anchor
}

// found is the one line at the end.
func found(text string, a *search.Answer) string {
	line := fmt.Sprintf("nothing found for “%s”", text)
	if a.Total > 0 {
		line = fmt.Sprintf("%d of %s", len(a.Results), count(a.Total, "result"))
	}
	if a.Total > 0 && a.Whole == 0 && len(a.Words) > 1 {
		line += "; none has all words"
	}
	for _, word := range a.Words {
		switch word.How {
		case search.HowTypo:
			line += fmt.Sprintf("; “%s” was read as “%s”", word.Text, strings.Join(word.As, "”, “"))
		case search.HowNone:
			line += fmt.Sprintf("; “%s” is nowhere", word.Text)
		}
	}
	return line
}
