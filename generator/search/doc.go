// Package search makes the index of a site and answers questions from it.
//
// The index is files that a browser loads as scripts, from any server and from
// disk: no fetch, no server, nothing is parsed but JSON. [Build] makes them, the
// script in engine/ reads them in the browser, [Index] reads them in Go. The two
// readers answer alike; a test asks both the same questions.
//
// # Entries
//
// What can be found is an entry: something with an anchor of its own. It has a
// kind, a head (its name; of a task all of its first paragraph) and a body (the
// rest of it). Long bodies are parted into passages of about sixty words, each an
// entry with the head and the anchor of the whole, so that words which stand
// together are found together.
//
//	playbook   a playbook: its title; segments, owner and value proposition
//	page       any other page, role or segment: its title; its first text
//	task       a selling task, with its role
//	objection  an objection; the answer
//	process    a support process
//	metric     a metric, with the role it measures
//	asset      an asset
//	buyer      a buyer
//	section    any other entry or text, under the heading it stands below
//
// Retired pages have none.
//
// A column is a kind with a role, or without one; columns are numbered in a fixed
// order. Pages are numbered too: first the playbooks in their order on the line,
// then the other pages by address. So an entry is a page, a column, and its place
// among the page's entries of that column, from 0.
//
// # Words
//
// A text is cut into words by [Words] and folded by [Fold]. A run of characters of
// a script that does not part words (Han, kana, Hangul, Thai and its neighbours) is
// cut into overlapping pairs; its last character is found alone too. Two words that
// only an apostrophe or a hyphen parts, one of them short, are found as one as
// well: “follow-up” as followup. Forms with one stem in the site's language make a
// group, and it is groups that have postings. Forms that differ in their first two
// letters (die, dying) are written as groups of their own, each with all postings.
//
// # Files
//
// search/root.js has a fixed name. It is the engine and then one statement:
//
//	plumb.search.open({…});
//
//	format     1
//	entries    how many entries there are
//	columns    [["task","account-manager"],["objection",""],…]  used or not
//	roles      [["account-manager","Account manager"],…]  those that are in columns
//	segments   [["hospitals","Hospitals"],…]  those with playbooks
//	pages      how many pages there are
//	line       [position, playbooks, position, playbooks, …] along the line
//	of         the shard of the playbooks' segments; empty without playbooks
//	terms      "first name first name …": the shards of terms in order of words,
//	           each with the least of its words
//	words      the same for the shards of words
//	texts      "name name …": the shard of each page's text, or empty
//	dirs       "name name …": the shards of such lists, of 32 pages each; empty
//	           where texts is not
//	synonyms   [["discount","concession","price cut"],…] folded words
//	endings    "s es ed ing …": how the forms of a word may end
//	little     "a an the …": words that no question is about
//
// All other files are shards: search/<name>.js, named by the digest of what they
// hold. One that is gone means that the root is out of date.
//
//	plumb.search.shard("<name>",…);
//
// A shard of terms is one text: groups parted by spaces, ordered by their first
// form. A group is
//
//	form,form,….gaps.columns.places
//
// with the forms in order. There are as many columns and places as postings. A
// posting has the page (gaps: how many pages behind the posting before, the first
// behind page 0), the number of its column, and 4 × its place + its weight: 3 for
// a word of a head of up to three words, 2 of up to eight, 1 of a longer head, 0
// of a body. Postings are ordered by page, column and place. A fourth list,
// .count, of one number, says how many there would be where some were left out: of
// a group that more than [MostPostings] entries hold, those of the least weight
// are, and so where the lists would be longer than 40 KB. No form of a group is beyond the first form of the next shard.
//
// A shard of words is one text too: all forms in order, parted by spaces, each
// behind one character that says how common its group is: digit n of base 64
// (A–Z a–z 0–9 + /) for 2ⁿ postings and more.
//
// Lists of numbers are written in base 64, five bits a character, the least
// first, the sixth bit for one that goes on, as in source maps but without signs.
//
// A shard of a page's text is
//
//	{"url":…,"title":…,"lang":…,"at":78,"place":"78 of 100 · …","segments":[3],"entries":{"4":[[anchor, head, body],…]}}
//
// with the entries by the numbers of their columns, in order of their places. lang
// is left out where it is the site's, at, place and segments where the page is no
// playbook, an empty body where nothing follows it.
//
// The shard of segments is a list of numbers: for each playbook, for each of its
// segments, twice the segment's number, and one more if another segment follows.
// A playbook whose segments are all unknown has one without a name.
//
// Words are compared by their UTF-16 units; no folded word has a character of
// U+E000–U+FFFF, so that this is the order of their bytes as well.
package search
