package search

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
	"golang.org/x/text/unicode/norm"
)

// inflection is how the words of a language are inflected. The zero value is
// a language of which nothing is known.
type inflection struct {
	stem func(*snowballstem.Env) bool
	// endings are what the forms of a word may end in, folded, but for nothing.
	// They serve words of a question that no text has.
	endings string
}

// inflectionOf returns the inflection of a language by its BCP 47 tag.
func inflectionOf(tag string) inflection {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch base {
	case "ar":
		return inflection{arabic.Stem, "ة ه ات ون ين ان ي"}
	case "da":
		return inflection{danish.Stem, "e en er et ene erne ens ers es ets s r n t te ede else elser ing inger ingen ninger ning"}
	case "de":
		return inflection{german.Stem, "e en er es em n s t st te ten et ern ung ungen lich liche lichen licher ig ige igen iger in innen heit heiten keit"}
	case "en":
		return inflection{english.Stem, "s es ed ing e er ers ies ied y ly d r rs al ally ment ments ion ions ation ations ive able ability ity ness or ors" +
			" bed bing ber bers ded ding der ders ged ging ger gers led ling ler lers med ming mer mers ned ning ner ners ped ping per pers red ring rer ted ting ter ters"}
	case "es":
		return inflection{spanish.Stem, "s es o a os as e ar er ir ado ada ados adas ido ida idos idas ando iendo an en aron ieron cion ciones ion iones mente dor dora dores r"}
	case "fi":
		return inflection{finnish.Stem, "n a t ta ssa sta lla lta lle ksi na en in an on un ien jen iin ssaan i ita ja jat isi ista issa illa ille ilta"}
	case "fr":
		return inflection{french.Stem, "s e es x ent er ez r ee ees ant ants ante antes ement ements ment ments ation ations ion ions eur eurs euse euses al ale ales aux if ifs ive ives ite ites ons"}
	case "hu":
		return inflection{hungarian.Stem, "k t ak ek ok at et ot ban ben ba be nak nek val vel ra re rol hoz hez tol bol ai ei i a e ja je"}
	case "it":
		return inflection{italian.Stem, "o a i e are ere ire ato ata ati ate ito ita iti ite ando endo ano ono zione zioni ione ioni mente tore tori trice hi he"}
	case "nb", "nn", "no":
		return inflection{norwegian.Stem, "e en er et ene a as ers ens ets s r n t te ede else elser ing inger ingen ning ninger ane ar"}
	case "nl":
		return inflection{dutch.Stem, "e en s n t er ers es d de den te ten je jes ing ingen heid heden lijk lijke"}
	case "pt":
		return inflection{portuguese.Stem, "s es o a os as e ar er ir ado ada ados adas ido ida idos idas ando endo indo am em cao coes ao oes mente dor dora dores r al ais"}
	case "ro":
		return inflection{romanian.Stem, "i e a ul ului le lor ii ilor uri urilor ea ele elor u are ere ire at ata ati ate it ita iti ite and ind tie tii tiei"}
	case "ru":
		return inflection{russian.Stem, "а я ы и у ю е о ои еи ом ем ам ям ах ях ами ями ов ев ии ия ие ью ыи ая ое ые ого его ому ему ых их ым им ть л ла ло ли ет ит ют ят ут ат"}
	case "sv":
		return inflection{swedish.Stem, "a ar er or en et n t na arna erna orna ens ets s r de te ade ande ing ingar ingen ning ningar are arnas ernas"}
	case "tr":
		return inflection{turkish.Stem, "lar ler i u in un a e da de dan den ta te tan ten lari leri larin lerin nin nun yi yu ya ye m n si su sini"}
	}
	return inflection{}
}

// longestWord is how long, in bytes, the words are that a stemmer is asked about.
const longestWord = 96

// of returns the key of the group to which a run of letters belongs: the stem of
// what was written, for accents tell the stemmer more, folded. A word with a
// digit is a group of its own, and so is what no language has words as long as.
func (in inflection) of(written, folded string) string {
	if in.stem == nil || len(folded) > longestWord || strings.ContainsAny(folded, "0123456789") {
		return folded
	}
	if !isASCII(written) {
		written = strings.Map(dropSilent, norm.NFKC.String(written))
	}
	env := snowballstem.NewEnv(strings.ReplaceAll(strings.ToLower(written), "'", ""))
	in.stem(env)
	if stem := Fold(env.Current()); stem != "" {
		return stem
	}
	return folded
}
