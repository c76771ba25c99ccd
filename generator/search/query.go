package search

// Query is a question. Of an empty filter everything passes.
type Query struct {
	Text  string `json:"text"`
	Kinds []Kind `json:"kinds"`
	// Roles lets pass what is theirs and the tasks of everyone.
	Roles    []string `json:"roles"`
	Segments []string `json:"segments"`
	// Within lets pass what belongs to a playbook in this range of the line, both
	// ends included; nil is the whole line, and then other pages pass too.
	Within *[2]int `json:"within"`
	// Role is the reader's own: it ranks its tasks first and filters nothing.
	Role string `json:"role"`
	// At is the first result wanted, from 0; Count how many, up to [MostResults].
	// A Count of 0 means 10.
	At    int `json:"at"`
	Count int `json:"count"`
}

// MostResults is how many results one answer has at most: each may need a
// shard of its own.
const MostResults = 50

// How a word of a question was understood.
type How string

const (
	HowWord    How = "word"    // as it stands
	HowPrefix  How = "prefix"  // as the beginning of a word
	HowForm    How = "form"    // as another form of a word
	HowSynonym How = "synonym" // as another name for the same
	HowTypo    How = "typo"    // as a slip
	HowNone    How = "none"
)

// Understood is a word or a phrase of a question.
type Understood struct {
	Text string   `json:"text"`
	How  How      `json:"how"`
	As   []string `json:"as"`
}

// Answer is a page of results and what can be said of all of them.
type Answer struct {
	Total int `json:"total"`
	// Whole is how many of them have all words.
	Whole   int          `json:"whole"`
	Words   []Understood `json:"words"`
	Results []Result     `json:"results"`
	Facets  Facets       `json:"facets"`
}

// Result is an entry that was found. Its place in the site is URL#Anchor, not
// escaped.
type Result struct {
	URL      string   `json:"url"`
	Anchor   string   `json:"anchor"`
	Kind     Kind     `json:"kind"`
	Role     string   `json:"role"`
	Title    string   `json:"title"` // of its page
	Lang     string   `json:"lang"`  // empty is the site's
	At       *int     `json:"at"`    // on the line; nil where the page is no playbook
	Place    string   `json:"place"` // that in words
	Segments []string `json:"segments"`
	Head     string   `json:"head"`
	Body     string   `json:"body"` // an excerpt around what was found
	Marks    Marks    `json:"marks"`
	Whole    bool     `json:"whole"` // all words were found
}

// Marks are the places of what was found, in UTF-16 units: from and behind.
type Marks struct {
	Title [][2]int `json:"title"`
	Head  [][2]int `json:"head"`
	Body  [][2]int `json:"body"`
}

// Facets count the results that would pass with another value of each filter,
// all other filters as they are. Of a role its own are counted; Everyone is how
// many tasks everyone's a role lets pass beside them.
type Facets struct {
	Kinds     map[Kind]int   `json:"kinds"`
	Roles     map[string]int `json:"roles"`
	Everyone  int            `json:"everyone"`
	Segments  map[string]int `json:"segments"`
	Positions map[int]int    `json:"positions"`
}

// MarshalText writes a kind by its name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Ask answers a question. An error means that a file of the index is missing or
// broken.
func (x *Index) Ask(q Query) (Answer, error) {
	if len(x.groups) > mostShards {
		x.forget()
	}
	if err := x.takeSegments(); err != nil {
		return Answer{}, err
	}
	q = q.within()
	units := x.parse(q.Text)
	for _, u := range units {
		if err := x.understand(u); err != nil {
			return Answer{}, err
		}
	}
	view, err := x.look(x.rank(units, &q), units, &q)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Words: []Understood{}, Results: view.results, Facets: x.facets(view.all)}
	for _, r := range view.all {
		if r.fails == 0 {
			a.Total++
			a.Whole += btoi(r.tier == tierAll)
		}
	}
	for _, u := range units {
		a.Words = append(a.Words, Understood{u.text, u.how, u.as})
	}
	return a, nil
}

// mostShards is how many shards of terms are remembered.
const mostShards = 512

// within brings a question into bounds.
func (q Query) within() Query {
	q.At = max(q.At, 0)
	if q.Count <= 0 {
		q.Count = 10
	}
	q.Count = min(q.Count, MostResults)
	if q.Within != nil && q.Within[0] <= 0 && q.Within[1] >= 100 {
		q.Within = nil
	}
	return q
}
