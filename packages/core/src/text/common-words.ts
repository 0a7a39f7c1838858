/** Words of two to fourteen letters that ordinary requests to models are made of, most of them English. Alphabetical. */
export const commonWordList = `
abc abide abilities ability able about above abroad absolute absolutely abstract abuse academic accept acceptable
accepted accepts access accessed accessible accessing accidentally accomplish accordance according accordingly
account accounts accuracy accurate accurately achieve acknowledge across act acting action actionable actions
activate activated active activities activity actor acts actual actually adapt add added adding addition additional
additionally address addresses addressing adds adhere adhering adjust admin administrative administrator adopt adult
adults advance advanced advancements advantage adversarial advertising advice advise affect afraid after afternoon
again against age aged agent agentic agents aggregate aggressive ago agree agreed agreement agreements ahead ai aid
aim aims air alert alex algorithm algorithms alice align aligned alignment all alle allow allowed allowing allows
almost alone along alongside alphabet already als also alter alternate alternative alternatively alternatives
although always am amazing amazon america american among amount amounts amp an analysis analyze analyzer analyzes
analyzing ancient and andrew angry animal animals anonymization anonymize another answer answered answering answers
anthropic anti any anymore anyone anything apache api apis apologies apologize app appear appearance appearing
appears append apple applicable application applications applied applies apply applying appointment appreciate
approach approached appropriate appropriately approval approved apps april apt arbitrary architecture are area areas
aren argue argument arguments arm army around array arrive arrived art article articles artificial artist as ascii
ask asked asking asks aspect aspects asr assess assessment assets assign assigned assignment assist assistance
assistant associate associated assume assumed assumptions asterisks at att attack attacker attackers attacks attempt
attempted attempts attend attention attribute attributes audience audio audit auditing auf august aus auth
authenticate authenticated authentication authenticity author authority authorization authorized auto automated
automatic automatically automodule availability available average avoid avoiding await award aware awareness away
awesome aws azure baby back background bad bag balance balanced ballot ban bank banned bar base based bash basic
basis batch be beach beautiful became because become becomes bed been before began begin beginning begins behalf
behave behavior behaviors behaviour behind being beings beliefs believe believes below benchmark benchmarking
benchmarks benefit benefits benign best better between beyond bias biased biases big bill bin binary bird birthday
bit black blacklist blacklisted blank blind blob block blocked blocking blocks blog blood blue board bob body bold
bomb book booked booking books boolean born boss bot both bound boundaries bounds box boy brackets brain branch
brazil breach breaches break breakfast breaking breaks breath brief brilliant bring british broad broken brother
brought brown browse browser browsing budget buffer buffs bug bugs build building builds built bullet bulleted
bullets burp business but button buy by bypass bypassing byte bytes cache caching calculate calculated call called
calling calls came cameron campaign can canada cancel canceled cancelled candidate cannot capabilities capability
capable capacity capital caps captain capture captured captures car card cards care career careful carefully carried
carries carry case cases cash casual cat catch categories category cause caused causes causing caution cautionary
cautious celebrities center central century ceo certain certainly chain chair challenge challenges challenging chance
change changed changes changing channel channels chaos chapter character characters charge charged chat chatbot
chatgpt che check checked checking checks cheque child children china chinese choice choices choose choosing chosen
circumstances city claim claims clarity class classes classic classification classified classifier classify claude
clean clear clearly cli click client clients climate clone close closed closing clothes cloud club co coal code coded
codes coding coffee coherence coherent colang cold collect collected collection college color colors column columns
com combat combination combine combined combining come comes comfortable coming comma command commands comment
commentary comments commercial commit commitment committed common commonly communicate communication community
companies company compare compared comparison compatibility compatible compelling complain complete completed
completely completion complex complexity compliance compliant comply complying component components compose composed
comprehensive compressed compromise compromised computer computing con concept concepts concern concerns concise
conclusion concrete condition conditional conditions conduct conducted conference confidence confident confidential
config configurable configuration configurations configure configured configuring confines confirm confirmation
confirmed conflict confused confusing confusion connect connected connecting connection connections conscious
consciousness consent consequences consider consideration considerations considered considering consistency
consistent console constantly constraints construct consultant consume contact contain contained container containing
contains content contents context contexts continue continues continuous contrast contribute contributing
contribution contributions control controlled controls controversial conversation conversational conversations
convert converting convey convincing cook cookie cookies cooperation copies copy copyright core corner corp corporate
corporation correct correctly correctness corresponding cost costs could count countries country couple course court
cover covers craft crafted crafting crash crazy create created creates creating creation creative creativity creator
creators credential credentials credit crime crimes criminal criteria critical cross crucial css csv cultural culture
cup curiosity curious curl curly currency current currently cursor custom customer customize cut cve cyber
cybersecurity daily damage dan danger dangerous dangers daniel dark das dass data database dataset datasets date
dates daughter david day days dead deal dear death debate debit debugging dec december decide decided decision
decisions decline declined decode dedicated deemed deep deeply def default defaults defense defensive define defined
defines defining definitely definition definitions degree delete deliberately deliver delivered delivery dem demand
demo demonstrate demonstrates den denial denied deny depend dependencies dependency depending depends deploy deployed
deployment deployments deposit depressing depth der derived derogatory des describe described describes describing
description descriptions descriptive design designated designed desirable desire desired desires desk despite detail
detailed details detect detected detecting detection detector detectors determine determined determining dev develop
developed developer developers developing development deviate device devices dialog dialogue dict dictionary did didn
die died dies differ difference differences different differently differs difficult digest digital dignity dimensions
dinner dir direct directed direction directions directive directives directly director directory disable disabled
disclaimer disclaimers disclose disclosed disclosing disclosure discord discover discovered discovery discretion
discrimination discuss discussed discussing discussion discussions disgusting display displayed displays disregard
distance distinct distinguish distributed distribution diverse dns do doc docker docs doctor document documentation
documented documents doe does doesn dog dogs doing dollars domain domains don done dont door double doubt down
download downstream draw dress drive driven driving drop dropped due duration during duty dynamic dynamically each
eager earlier early earth easily east easy eat economic economy edge edit editor education educational effect
effective effectively effectiveness effects efficient efficiently effort efforts eight eine einen either elaborate
election element elements else email emails embed embedded embedding embeddings embody embrace emergency emma emoji
emojis emotion emotional emotions empathy employ employed employee employees employing empty enable enabled enables
enabling encode encoded encoding encounter encourage encouraged encrypt encrypted encryption end ending endorse
endpoint endpoints ends energy enforce engage engaged engagement engaging engine engineer engineering engineers
england english enhance enhanced enjoy enough ensure ensures ensuring enter entertainment entire entirely entities
entity entries entry enumerate enumeration env environment environments episode equal equally equipment equity
equivalent error errors escape especially essay essence essential est establish established etc ethical ethics europe
european eval evaluate evaluated evaluates evaluating evaluation evaluations evasion even evening event events ever
every everyone everything evidence evil exact exactly examine example examples exceeds excel excellent except
exception exceptional exceptions excessive exchange exchanges excited exciting exclusive exclusively execute executed
executes executing execution exercise exfiltrate exfiltration exhibit exist existence existing exists exit expand
expect expected experience experiences experiment experimental expert expertise explain explained explaining explains
explanation explanations explicit explicitly exploit exploitation exploited exploiting exploits exploration explore
exploring expose exposed exposing exposure express expressing expression expressions extend extended extending
extension extensions extensive extent external extra extract extracted extracting extraction extraordinary extreme
extremely eye eyes face facebook facilitate facing fact factor factors facts factual fail failed failing fails
failure failures fair fake fall false familiar families family famous fan fantasy far fashion fast father favor
favorite fax fear feature features federal fee feed feedback feel feeling feelings feels fees feet fellow felt fetch
few fewer fiction fictional field fields fight figure figures file filename files fill filled film filter filtering
filters final finally financial find finding findings finds fine finish finished fire firewall firm first fit five
fix fixed flag flagged flagging flags flexibility flexible flow flows fly focus focused focuses focusing folder
folgende follow followed following follows food football for forbidden force forced forcing foreign forest forever
forget forgot forgotten form formal format formats formatted formatting former forms formula forth fortune forward
found four frage frame frames framework frameworks framing free freedom freely french frequency frequently fresh
friday friend friendly friends from front fulfill full fully fun function functionality functions fundamental funds
funny further furthermore future fuzzing gain game games garak garden gate gateway gathering gave gemini gender
general generally generate generated generates generating generation generations generator generators generic george
german germany get gets getting gift girl git github give given gives giving glad glass global go goal goals god goes
going golden gone gonna good google got government gpt grade grammar grand grande grant granted graph gray great
greater greek green grew ground group groups grow growing grown guard guardian guardrails guess guidance guide
guidelines guides gym hacker hacking had haha hair half hall hand handle handles handling hands happen happened
happens happy hard harm harmful harming harmless harness harnesses harry has hash hasn hat hate hates have having he
head header headers health healthy hear heard heart heavily heavy held hell hello help helpful helping helps henry
her here herself hesitate hesitation heuristics hey hidden hide hiding high higher highest highlight highlights
highly him himself hint his historian historical history hit hold holding holds holmes home honest hook hope horse
host hosted hosting hosts hot hotel hour hours house how however html http https hub huge hugging huggingface human
humanity humans humor hurt husband hypothetical ice ich idea ideal ideas identical identification identified
identifier identifies identify identifying identity if ignore ignored ignoring ill illegal image images imagine img
immediate immediately immoral impact imperative implement implementation implemented implementing implements
implications import importance important imposed impossible impressed improve improved improvement improving in
inappropriate inc incident include included includes including inclusion incoming incorporate incorporating incorrect
increase incredibly indeed independent index indicate indicates indicating indicators indirect individual individuals
industry infer inference influence info inform information informative infrastructure ingredients inheritance init
initial initialize initiative inject injected injecting injection injections injured inner input inputs inquiries
insecure insert inside insightful insights inspiration inspired install installation installed installing instance
instances instantly instead instruct instructed instruction instructions insurance int integer integrate integrated
integrating integration integrations integrity intelligence intelligent intended intense intent intentionally
intentions interact interacting interaction interactions interactive interest interested interesting interests
interface interfaces internal international internet interpret interpretation interpreter interview into intricate
introduce introduced introducing introduction invalid investigation investment invisible involve involved involves
involving ips iraq irish irrelevant is isn israel issue issues ist it italics italy item items its itself jailbreak
jailbreaking jailbreaks james jan jane january japan japanese jargon java javascript jealous job jobs john johnson
join joke jokes journey json judge judgment july june just justin keep keeping keeps keine kept key keys keyword
keywords kid kids kill killed kind kindly king kitchen knew know knowing knowledge knowledgeable known knows korean
label labels labor labs lack lady laid land lang langchain language languages large larger largest las last late
latency later latest laugh launch law laws layer layered lead leader leading leads leak leakage leaking leaks learn
learned learning least leave leaves leaving led left legal legitimate length les less let lets letter letters letting
level levels leverage leverages leveraging liability libraries library license lie lies life light like liked likely
likes limit limitations limited limits line lines link links linux list listed listen lists litellm literary
literature little live lived lives living llama llamafirewall llm llms load loaded loading loads local localhost
locally locate located location locations log logged logging logic logical login logs lol london long longer look
looked looking looks loop loops lord los lose loss lost lot lots loud love loved loves low lower lucky lunch machine
madame made magic maiden mail main maintain maintaining major make makes making malicious malware man manage managed
management manager managing mandatory manipulate manipulating manipulation manner manual manually many map mapping
march margaret mark markdown marked market marketing marks marriage married mary mask master match matches matching
material materials math mathematical matter matters matthew max maximum may maybe mcp me meal mean meaning meaningful
means meant measure measures mechanism mechanisms media medical medium meet meeting meets member members memory men
mental mention mentioned mentioning mentions merely message messages met meta metadata method methodology methods
metrics microsoft mid middle might million mind mine minimal minimum minister minute minutes misleading miss missing
mission mistakes mit mitigate mitre mixing mobile mode model models moderation modern modes modification modified
modify modifying modular module modules moment mon money monitor monitored monitoring month months moon moral
morality morals more morning mortgage most mostly mother move moved moves movie moving mrs much multi multimodal
multiple murder music must my myself name named names naming narrative national native natural nature navigate near
nearly necessary need needed needs negative neighborhood nemo nemoguardrails nested net network neutral never new
newly news next nice night nights nlp no node nodes noise non none nor normal normally norms north not notation note
notebook notes nothing notice noticed notify novel now nuanced null number numbered numbers numeric nvidia obama obey
object objective objectives objects obligation observability observation observed obtain obtained obvious occur
occurrence occurs ocean october odd of off offensive offer offered offering offers office officer official often okay
old older oliver ollama on once one ones ongoing online only open openai opening operate operates operating operation
operational operations operator operators opinion opinions opportunities opportunity opposite optimization optimize
optimized option optional optionally options or order ordered orders ordinary org organization organize origin
original other others otherwise our out outcome outcomes outline outlined output outputs outside over overall
overflow overly override overview owasp own package packages packet page pages paid pain pair pairs paper papers
paragraph paragraphs parallel parameter parameters paramount parent parents paris park parking parse parsing part
participate particular particularly parties partner parts party pass passed passes passing password passwords past
patch path paths patient pattern patterns paul pause pay payload payloads payment payments pdf pending people per
percentage perfect perfectly perform performance performed performing performs perhaps period periodically
permanently permission permissions permitted persistent person persona personal personality personally persons
perspective perspectives peter phase philosophy phone photo php phrase phrases physical physics pick picture piece
pii pin pip pipeline place placed placeholder places plain plaintext plan planet planned planning plans plant
platform platforms play played player players playful playground playing please plot plugin plugins plus png podcast
poem poetry point pointer points poisoning policies policy polish political politically politics pollution pool poor
pop popular population por port portswigger position positive positives possess possible possibly post posts
potential potentially potter pounds pour power powered powerful practical practice practices pre preamble precise
precision predefined predict predictions prefer preference preferences prefix prepare prepared prerequisites presence
present presentation presented presenting presents president presidio press pretend pretending pretty prevent
preventing previous previously price primarily primary prime prince principal principle principles print prior
prioritize priority prison privacy private privilege pro probably probe probes probing problem problems proceed
proceedings process processed processes processing produce produced product production productivity products
professional professor profile program programmed programming programs progress project projects promise promised
promote promotes promoting prompt prompted prompting prompts proof proper properly properties property propose
proposed protagonist protect protectai protected protection protocol protocols prove provide provided provider
providers provides providing proxy psychological psychology public publications publicly published pull punctuation
purchase pure purely purplellama purpose purposes push put putin putting pypi python quality quarter que queen
queries query question questions qui quick quickly quickstart quite quote quotes race racist rag rail rails raise
raised raising ran random randomly range ranges rare rate rates rather rating raw reach reached react read readable
reader reading readme reads ready real realistic reality realized really realm reason reasonable reasonably reasoning
reasons recall receive received receives receiving recent recently recipe recipes recipient recognition recognize
recognizer recognizers recommend recommendation recommended record records red redact redirect reduce refer reference
references referencing referred reflect refrain refund refusal refuse refused refuses refusing regard regarding
regardless regards regex region register registered registration registry regular regularly regulations reject
related relating relationship relationships release released relevance relevant reliable rely remain remaining
remains remember remind reminder remote remove removed removing render rendered renowned repeat repeated replace
replaced replacing replicate replies reply repo report reporting reports repository represent representation
represented representing represents request requested requesting requests require required requirements requires
requiring research researcher researchers reservation reserve reserved reset resolve resource resources respect
respectful respective respond responded responding responds response responses responsibility responsible rest
restaurant restrict restricted restrictions result resulting results resume retrieval retrieve return returned
returning returns reveal revealing reverse reversed review reviews rewrite rich richard right rights risk risks road
rob roberta robot robust rock role roleplay roleplaying roles room rooms root rose rotation round route row rude rule
rules run running runs runtime russia russian rust sad sadly safe safeguard safeguarding safely safety said sale
sales same sample samples sanitize sarcasm sat satisfy saturday save saved savings saw say saying says scale scan
scanner scanners scanning scans scenario scenarios scene schedule schema scheme school schools science scientific
scientist scope score scores scoring scratch scratchpad script scripts sdk sea search searching season second
secondary seconds secret secretly secrets section sections secure securely securing security see seed seeing seek
seeking seem seemed seems seen select selected selection self send sending sends sense sensitive sent sentence
sentences sentiment seo separate separated september sequence sequences series serious seriously serve served server
servers serves service services session sessions set sets setting settings settlement setup seven several severity
sexual shadow shall shape share shared shares sharing she shell shift ship shop short shot should shouldn shouted
show showcase showing shown shows shut sich sick side sidebartitle sides sie sight sign signature signed significant
significantly signs siguiente similar similarity simple simplify simply simulate simulating simultaneously since
single sir sister sit site situation situations six size skill skilled skills skip sky slack sleep slightly slow
slowly slurs small smaller smart smith smuggling snake snippet snippets so social societal society socket soft
software solar sole solely solution solutions solve solving some somebody someone something sometimes son song songs
soon sophisticated sorry sort soul sound sounds source sources south space spaces spanish speak speaker speaking
speaks spec special specialize specialized species specific specifically specification specified specify specifying
speech speed spell spelling spend spent spirit split spoken spread sql square src ssrf stack stage stand standard
standardized standards standing stands star stars start started starting starts startup state stated statement
statements states static stating statistics status stay staying stays step stephen steps stick still stock stocks
stone stood stop storage store stored stores stories storing story storytelling str straight strange strategies
strategy stream streaming streams street strength strict strictly string strings strong structure structured
structures student students studies study studying stuff stupid style styles sub subject subjects submission submit
submitted submitting subsequent substitution subtle success successful successfully such suddenly suffering suffix
suggest suggested suggestions suggests suitable suite sum summarize summary summer sun sunday super superior supplied
supply support supported supporting supports suppose supposed suppress sur sure surface surprising survive suspicious
svg swift switch symbol symbolic symbols syntax system systems table tables tag tags take takeaway taken takes taking
talk talked talking talks tall target targets task tasked tasks tax tea teach teacher teaching team teams tech
technical technique techniques technologies technology tell telling tells temperature template templates temporarily
temporary ten tensorzero term terminal terminate terminated termination terms terrible test tested testing tests text
than thank thanks that the their them theme themes themselves then theory there therefore these they thing things
think thinking thinks third thirty this thomas thorough thoroughly those though thought thoughts thousand thread
threat threats three threshold through throughout throw thursday thus tier till time times timestamp tips title to
today todo together token tokens told tom tomorrow tone tonight too took tool toolkit tools top topic topical topics
total totally touch toward towards town toxic trace track trade traditional traffic train trained training trait
traits transaction transactions transcript transfer transfers transformers translate translation transmission
transparency transparent travel traversal treat treated tree trial trick tricks tried tries trigger trip trouble true
truly trust trusted truth try trying tuesday tuned turbo turn turned turning turns tutorial tutorials twice twist
twisted twitter two txt type types typical typically typing ukraine ultimate una unable unauthorized unbiased
uncensored uncle und under underlying understand understanding understood undoc une unethical unexpected unfiltered
unicode unified unintended unique unit united universe university unknown unless unlike unlimited unrestricted unsafe
unsigned unsure until unusual up update updated updates updating upload upon urgent uri url urls usa usage use used
useful user username users uses using usual usually utilize utilizing utmost valid validate validated validation
validator validators valuable value values van variable variables variant variants variation variations variety
various vast vector venture verbatim vercel verification verified verify version versions very via victim video view
views vigil violate violates violating violence violent virtual visible vision visit visual vital voice volume von
vulnerability vulnerable wait waiting walk wall want wanted wants war warm warn warning warnings was wasn watch
watching water way ways we weak weaknesses weather web website websites websocket wednesday week weekly weeks weight
weights welche welcome well went were west what whatever when whenever where whether which while white whiteboard who
whole whom whose why wide width wie wife will william willing win window windows winning wisdom wise wish wishes with
withdrawal within without woman women won wonderful word words work worked workers workflow workflows working works
world worst worth would wouldn wrap write writer writes writing written wrong wrote www xml xss xyz yaml yeah year
years yes yesterday yet yml york you young your yourself youtube zero zum
`
