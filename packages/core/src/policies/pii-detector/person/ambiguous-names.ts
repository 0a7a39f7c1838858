/** First names that are also places, months, things or products: alone they say nothing. */
export const ambiguousFirstNames = words(`
  jan mar jun jul aug sept oct nov dec chelsea adelaide alberta oscar salvador roman ivy crystal dawn melody marina gaga bradford
  kingston paso rua humble ray travis saudi arabia calcutta midnight han wu shu wei cao cure chin ima
  ada alexa alexandria amos april art asia athena atlas august augusta aurora austin autumn basil bee bill bishop
  blaine blanca brooklyn buck buddy carmel carolina cash cassandra cedar chad chance charity charlotte chase
  chastity cherry chester chi china christian claude clay cleveland clifton cole colon colt columbus coral cruz cyan
  dahlia dakota dale dallas dane darwin dash dean delhi dell denver destiny devon diamond dick dixie dolly dominica
  don drew dusty earl easter ebony eden elba elden elder ember emerald essex eve faith fatima fay fern fleet flora
  florence florida forest forrest foster galen garnet gay gemini genesis geneva georgia ginger glen golden grace
  grady grant grover guadalupe guy harmony harrison heath heaven herb homer honey hope houston hunter india indiana
  ingram iris isis israel ivory jackson jamaica java jersey jesus jewel job jordan judge july june juniper justice
  justin kansas karma kenya king kit kitty lake lane laurel lee legend lexus liberty lima lincoln linden link lisbon
  loan london long lot lou love luna ma mac madison mae magnolia major man manila manual mark marsh mason max maxima
  may melon memphis merry meta mi mia miami milan miles misty monte montana morgan muse myrtle neon neptune nevada
  newton noble nova odessa olive opal ora orlando page paige pansy paris pat patience phoenix pierce pip porsche
  prince princess prudence quebec queen reed regina rex rich rip ritz river rock rocky rome romeo rose royal ruby
  rusty sage santa santiago savannah season serenity sharp shell shiloh sierra sky sol son sonny star sterling stone
  storm summer sun sunny sunshine sydney tab tad tahoe terra topaz town trinity troy tulsa una val valencia van
  vance vega velvet venus verona vienna virginia ward washington wells west will willow winter wren york yuma zion`)

/** Capitalised words that are no names of people: calendar, places, institutions, products, method names. */
export const otherCapitalised = words(`
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december christmas easter ramadan english french german spanish italian portuguese russian chinese
  japanese korean arabic hindi american british european african asian canadian mexican indian australian irish scottish
  dutch swedish norwegian danish finnish polish turkish greek jewish muslim catholic buddhist hindu islamic
  america europe africa asia australia canada mexico england britain scotland ireland france germany spain italy portugal
  russia china japan korea brazil argentina chile peru colombia venezuela cuba panama india pakistan turkey iran iraq
  syria egypt israel jordan lebanon libya sudan nigeria kenya poland austria hungary greece sweden norway denmark finland
  belgium netherlands switzerland ukraine romania bulgaria croatia serbia slovenia slovakia latvia estonia lithuania
  iceland malta cyprus thailand vietnam malaysia singapore indonesia philippines taiwan nepal bangladesh afghanistan
  alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
  iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
  nevada hampshire jersey ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin
  wyoming chicago boston seattle atlanta detroit philadelphia baltimore angeles vegas francisco diego antonio jose
  york orleans london manchester liverpool birmingham dublin edinburgh glasgow berlin munich hamburg frankfurt vienna
  zurich geneva brussels amsterdam rotterdam madrid barcelona lisbon rome milan naples venice athens istanbul moscow
  prague budapest warsaw stockholm oslo copenhagen helsinki beijing shanghai tokyo osaka seoul delhi mumbai sydney
  melbourne toronto vancouver montreal ottawa cairo dubai
  apache azure amazon google microsoft apple oracle ibm intel nvidia facebook meta twitter linkedin netflix tesla uber
  openai anthropic claude gemini llama mistral gpt bert databricks snowflake spark kafka hadoop hive airflow flink hudi
  iceberg delta python java javascript typescript rust golang ruby perl scala kotlin swift julia matlab linux ubuntu
  debian windows android docker kubernetes terraform ansible jenkins github gitlab bitbucket jira confluence slack
  pytorch tensorflow keras scikit numpy pandas jupyter mlflow langchain hugging face cassandra redis mongo postgres mysql
  sqlite django flask react angular node alexa siri cortana watson bixby copilot youtube instagram whatsapp
  gaussian bayesian newton hessian jacobian kalman monte
  pearson spearman kendall fisher student adam adagrad fibonacci
  ltd inc llc corp gmbh co plc bank group holdings partners university college institute school hospital street avenue
  road boulevard lane drive court square park bridge airport station island islands county city beach river lake bay
  valley mountain mountains hill hills church cathedral museum stadium theatre theater hotel restaurant club union
  association society foundation committee council department ministry office agency administration authority award prize
  theorem act cup league championship festival times post journal magazine news radio television records studio studios
  red white blue black green sr jr phd md mba cpa ceo cfo cto vp usa uk eu un nato fbi cia nasa api url pdf faq id
  god lord jesus christ bible quran ave blvd st rd apt suite box unit tower center centre house hall
  model server client team support service services customer customers user users admin administrator system assistant
  agent data science engineer engineering manager director analyst developer security engineers mr mrs ms dr miss
  hello hi hey dear thanks thank please yes yeah okay sorry sure good bye welcome best regards sincerely cheers note
  bonjour bonsoir salut coucou merci hola buenos buenas gracias buongiorno ciao salve grazie guten hallo moin servus danke
  bitte olá ola bom boa obrigado obrigada hej hei cześć dzień witam dziękuję goedemorgen goedemiddag dank ahoj merhaba
  der die das dem ein eine einen und oder ich wir sie ihr mein meine unser unsere ist sind wie wo wann warum welche können könnten
  für mit von bei nach aus auf vertrag kunde kundin frage fragen firma herr frau straße les des une je vous nous elle ils mon ma
  mes notre votre est sont comment pourquoi quand avec pour dans sur los las una unos mi su nuestro es son cómo dónde cuándo por
  qué para con desde gli lo mio mia nostro sono come dove quando perché os uma meu minha nosso são onde porque het een mijn onze
  zijn hoe waar wanneer jest są jak gdzie kiedy dlaczego proszę
  however therefore because although while when where what who why how which this that these those there here also`)

/** Words that make what stands before them a place or an institution: `Jackson Street`, `Rice University`. */
export const institutionWords = words(`
  ltd inc llc corp gmbh co plc group holdings partners university college institute school hospital street avenue road boulevard drive square airport station island islands county city beach river valley mountain mountains cathedral museum stadium theatre theater hotel restaurant union association society foundation committee council department ministry agency administration authority award prize theorem act cup league championship festival magazine records studio studios ave blvd st rd apt suite faculty library bridge`)

/** Two-word names of companies and places whose words are names of people. */
export const notPeople = new Set(
  words(`morgan_stanley wells_fargo charles_schwab merrill_lynch goldman_sachs johnson_johnson hewlett_packard
  harley_davidson louis_vuitton calvin_klein ralph_lauren tommy_hilfiger jack_daniels john_deere levi_strauss warner_bros
  jim_beam johnnie_walker papa_john trader_joe aston_martin lockheed_martin rolls_royce marks_spencer phillip_morris
  philip_morris ernst_young simon_schuster dow_jones standard_poor fannie_mae freddie_mac sallie_mae smith_wesson
  barnes_noble ben_jerry black_decker procter_gamble johns_hopkins carnegie_mellon harris_teeter dolly_parton_imagination
  naive_bayes monte_carlo grand_canyon costa_rica puerto_rico buenos_aires santa_claus rio_grande los_angeles hong_kong
  mary_kay jenny_craig dr_pepper frank_wolfe adam_optimizer north_carolina south_carolina west_virginia new_jersey`),
)

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
