package main

// The words that stand at the top of the vocabulary, the most common first.
// Verbs are regular and double no letter, so that inflect needs no exceptions.
const (
	englishNouns = `customer price tool site contract cost hour crew team order repair fleet record manager machine part day
week review quarter supplier audit depot service promise budget warranty invoice delivery stock engineer director
meeting plan call visit report saving loss hospital workshop contractor dealer purchase quote list discount term fee
margin offer sample test proof reference figure sheet desk pool counter shop yard foreman buyer user line product range
pallet parcel barcode shelf store branch account region market segment brand value risk failure fault breakdown swap
replacement exchange loan hire rental lease renewal tender bid proposal decision committee approval signature clause
penalty liability insurance certificate calibration inspection standard regulation compliance safety training course
lesson leaflet manual instruction drawing design material steel alloy joint bolt torque wrench drill breaker battery
charger motor gearbox pump valve filter sensor gauge meter cable hose nozzle blade disc belt bearing seal gasket spring
fixture clamp ladder scaffold crane lift truck trailer route driver warehouse carrier customs border duty tax currency
payment credit deposit balance ledger forecast target metric measure rate share volume quantity batch unit piece bundle
package label code number serial register database system portal screen report dashboard alert message letter email
phone hotline ticket request question answer objection complaint claim refund return cancellation delay outage downtime
shift night weekend holiday season winter summer storm flood fire theft damage injury accident incident emergency plant
factory laboratory kitchen ward clinic surgery theatre patient nurse doctor pharmacy vaccine device implant monitor
school university museum library airport harbour railway tunnel bridge tower roof wall floor window door pipe boiler
heater cooler fan duct panel switch relay fuse socket lamp light signal camera alarm lock key badge gate fence park
garden farm field crop seed soil tractor harvest dairy bakery brewery winery bottle carton crate pallet drum tank silo
chemical solvent resin coating paint adhesive silicone polymer fibre textile paper board film glass ceramic stone timber
concrete cement gravel asphalt energy power gas oil water steam air heat noise dust waste scrap recycling carbon emission
strategy initiative campaign channel partner distributor reseller agent consultant analyst planner specialist
coordinator supervisor executive president owner founder investor bank fund lawyer accountant auditor inspector
authority ministry council agency union association federation neighbour competitor rival alternative advantage
strength weakness threat opportunity trend pattern habit belief doubt worry hope need want wish reason cause effect
result outcome benefit gain reward bonus commission salary pension career skill talent expert novice leader mentor`
	englishVerbs = `show ask measure record review agree offer order return deliver repair replace compare reduce
promise check count renew explain present answer train visit call collect confirm describe discuss document estimate
follow help improve inspect install invite listen mention note open pack plan prepare price propose protect prove
qualify question raise reach register remove rent request reserve save schedule search select send separate serve share
ship sign solve start store suggest support switch track trust update use validate walk warn watch weigh work wait
accept adjust adopt advance advise align allow analyse announce approve arrange assess assign assume attach attend
avoid balance borrow calculate cancel certify challenge change charge clarify classify clean clear close combine
complete concern conclude connect consider consult consume convert convince correct create decide decline define delay
demonstrate depend detect develop devote direct display divide double earn educate eliminate employ enable engage
enter escalate establish evaluate examine exceed exchange exclude execute expand expect express extend fail fear fill
finance finish fix focus force forward gather generate guarantee guard guide handle head highlight hope identify ignore
illustrate implement import include increase indicate influence inform insist inspire insure integrate intend introduce
invest investigate isolate judge justify label launch lead learn lease limit link locate maintain manage mark match
mend mentor migrate minimise monitor move negotiate notice notify observe obtain operate organise outline own paint
participate pause perform place point position postpone practise predict prevent process produce program provide
publish pull purchase push quantify quote rank receive recognise recommend recover recycle refine reflect refuse
reject relate release rely remain remember remind report represent require research resist resolve respond restore
restrict reveal reverse revise reward sample satisfy score secure settle shape simplify sketch slow sort spell stay
strengthen structure submit supply surprise survey suspect sustain target teach test thank tolerate touch trace trade
transfer transform translate treat trigger turn unify unload urge value vary verify view visualise vote welcome`
	englishAdjectives = `new open quarterly monthly annual local regional own next last first second whole fixed
low high short long early late quick slow clear plain honest written signed agreed missing broken spare idle busy
cheap costly fair steady stable safe certain likely rare common usual normal special single double common heavy light
small large wide narrow deep strong weak hard soft dry wet cold hot warm cool clean dirty bright dark quiet loud smooth
rough sharp blunt firm loose tight flat round straight square central rural urban coastal northern southern eastern
western digital manual automatic mobile portable permanent temporary seasonal daily weekly hourly medical industrial
commercial financial technical legal public private internal external national global domestic foreign modern
traditional recent former current future direct indirect simple complex careful patient polite formal informal active
passive positive negative neutral useful harmful painful helpful careless flawless endless reliable durable flexible
visible invisible available capable responsible reasonable comfortable measurable renewable recyclable`
	// Glue stands between content words. The words of a clause come with it.
	englishPrepositions = `of the|of the|of a|for the|for the|for each|in the|in the|on the|with the|with a|to the|at the|from the|by the|behind the|before the|after the|without a|about the|of every|under the|over the|per|of our|of their|against the|between the|during the|within the|near the`
	englishJoins        = `and|and|and then|, and|, but|so that they|while they|because they|, which they|or|; then|unless they|if they|once they|where they|before they`
	englishOpeners      = `The|The|The|A|Each|Every|Their|Our|This|No|Most of the|Some of the|Half of the|In the first week the|After a visit the|Without the figures the|As a rule the|Behind this the`
	englishAdverbs      = `also|never|often|always|still|only|now|not|soon|again|first|rarely`
)

const englishNames = `Dana Okafor|Lars Nyström|Inés Duarte|Priya Raman|Tom Hadley|Zoë Kerr|Jürgen Weiß|Marek Šimek|Aiko Tanabe|Renée Lafont|Olu Adeyemi|Søren Holm|Chiara Bassi|Ewa Łukasik|Nuno Simões|Grace Mbeki`

// accented are real words that are written with accents, met now and then.
const accented = `café résumé façade cliché décor fiancé matinée naïveté protégé soufflé sauté crèche entrée purée jalapeño piñata
señor doppelgänger übermittlung smörgåsbord voilà élan éclair château bénéfice créneau dépôt hôtel Zürich Köln Málaga Łódź
Örebro Besançon Orléans Nîmes Coruña Würzburg Düsseldorf Göteborg Tromsø Århus Kraków Gdańsk Brașov Plzeň Győr`
