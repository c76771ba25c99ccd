package search

import "strings"

// littleWords are the words by which a language holds its sentences together,
// folded. A question is about its other words, where it has any: “how do we
// measure cost to serve”. How often a word stands in the texts does not tell: on
// a small site “price” is more common than “how”.
func littleWords(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch base {
	case "de":
		return "aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da dann darf das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du ein eine einem einen einer eines er es etwas euer fur gegen gibt hab habe haben hat hatte hier ich ihm ihn ihr ihre ihren im in ins ist ja jede jedem jeden jeder jedes kann kein keine konnen man mein meine mich mir mit muss mussen nach nicht noch nur ob oder ohne sei sein seine sich sie sind so soll sollen sollte uber um und uns unser unsere unter vom von vor wann war was weil welche welchem welchen welcher welches wenn wer werden wie wieder will wir wird wo wofur wohin wollen womit wozu wurde zu zum zur"
	case "en":
		return "a about after all am an and any are as at be because been before being but by can could did do does doing done for from get gets getting had has have having he her here him his how i if in into is it its just let may me might more most must my no not of off on one or our out over shall she should so some such than that the their them then there these they this those to too under until up upon us very was we were what when where whether which while who whom whose why will with would you your"
	case "es":
		return "a al algo algun alguna ante antes aqui asi aun cada como con contra cual cuales cuando cuanto de del desde donde dos el ella ellas ellos en entre era es esa ese eso esta estan estar este esto estos fue ha hacer hacia han has hasta hay la las le les lo los mas me mi mis mucho muy nada ni no nos nosotros nuestra nuestro o os otra otro para pero poco por porque puede puedo que quien quienes se sea segun ser si sin sobre solo somos son soy su sus tambien te tener tiene tienen tu tus un una uno unos y ya yo"
	case "fr":
		return "a afin ai alors apres as au aucun aussi autre aux avant avec avez avoir avons c ce ceci cela ces cet cette ceux chaque ci comme comment d dans de des dont du elle elles en encore entre es est et ete etre eux faire fait faut il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par parce pas peu peut peux plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si soit son sont sous sur t ta te tes toi ton tous tout toute toutes tu un une vers vos votre vous y"
	case "it":
		return "a ad ai al alla alle allo anche ancora c che chi ci come con cosa cui da dal dalla dei del della delle dello di dove e ed fa fare fra gli ha hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mio ne negli nei nel nella no noi non nostra nostro o per perche piu poi puo quale quali quando quanto quella quelle quelli quello questa queste questi questo qui se sei si sia siamo solo sono sta su sua sue sui sul sulla suo tra tu tua tuo tutti tutto un una uno vi voi"
	case "nl":
		return "aan al alle als alles ben bij da dan dat de deze die dit doen door dus een eens en er geen had heb hebben heeft het hier hij hoe hun iets ik in is ja je kan kunnen maar me meer men met mij mijn moet moeten na naar niet nog nu of om omdat ons onze ook op over te toch toen tot u uit uw van veel voor waar waarom wanneer waren was wat we wel welke werd wie wij wil worden wordt ze zich zij zijn zo zonder zou"
	case "pt":
		return "a ao aos aqui as ate cada com como da das de dela dele depois do dos e ela elas ele eles em entre era essa esse esta estao estar este eu fazer foi ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa nosso num numa o onde os ou para pela pelo por porque pode posso qual quais quando quanto que quem se sem ser seu seus so sobre sua suas tambem te tem ter um uma umas uns voce voces"
	}
	return ""
}
