/**
 * Words by what they do in an attack, in the folded form of `text/fold.ts` (lower case, no accents).
 * English first, then the languages whose classic attacks are covered.
 */
export const wordClasses = {
  IGNORE: `
    ignore ignores ignored ignoring ingore ignor disregard disregards disregarded disregarding forget forgets forgetting forgot neglect unlearn
    ignoriere ignorier ignorieren ignoriert vergiss vergesse vergessen missachte missachten
    ignora ignorar ignorad ignoren ignores olvida olvide olvidate olvidar olvidad olviden descarta descarte omite
    ignorez ignorer oublie oubliez oublier
    ignorare ignorate dimentica dimenticare dimenticate trascura
    ignorem esqueca esquece esquecer desconsidere desconsidera desconsiderar
    negeer negeren vergeet vergeten zignoruj ignoruj ignorujte zapomnij zapomen
    игнорируи игнорируите проигнорируи проигнорируите игнорировать забудь забудьте забыть игноруи игноруите
    yoksay unut unutun ignorera glom ignorer glem zanemari zanemarite zaboravi zaboravite ignoriraj ignorirajte ignorisi
    ignorati uita uitati abaikan lupakan תתעלם התעלם अनदेखा नजरअंदाज भूल تجاهل تجاهلي انس
    ignorierst ubergehe ubergehen verwirf verwerfen ausser oubliant negligez neglige laisse ignoras ignorando olvidense pasa omitir
    omita omitan ignoreis desestima desestime prescinde tralascia tralasciare scorda scordati ignorai esquecam despreze desprezar
    negeert zignorowac pomin pomincie zapomnijcie ignorujcie zapomniec игнорируя забудем отбрось отбросьте отмени пренебреги
    пренебрегите ігноруи ігноруите проігноруи проігноруите відкинь gormezden unutunuz yoksayin bosver bosverin ignorerade strunta
    bortse glemme glemmer overse unohda unohtakaa ohita sivuuta jata ignorovat zapomente opomin zabudni zabudnite ignorand hagyd
    felejtsd felejtse felejts ignorald mellozd αγνοησε αγνοηστε ξεχνα ξεχαστε игнорираи игнорираите забрави забравете abaikanlah
    lupakanlah mengabaikan kalimutan huwag balewalain puuza sahau puuzia usahau تجاهلوا تجاهلْ انسى انسَ تغاضى أهمل نادیده فراموش
    התעלמו שכח שכחי התעלמי תשכח תשכחי अनदेखी भूलें भुला नज़रअंदाज़ इग्नोर উপেক্ষা ভুলে অগ্রাহ্য نظرانداز بھول`,
  OVERRIDE: `
    override overrides overriding overrule overrules bypass bypassing circumvent supersede supersedes superseding discard discarding
    drop abandon dismiss void nullify cancel erase delete remove removing reset wipe stop quit cease replace suspend disable disabled
    skip omit break breaking reject violate unfollow disobey abort lift lifted
    uberschreibe umgehe anula anular cancela contourne contournez annule annulez sovrascrivi annulla`,
  PRIOR: `
    previous previously prior above preceding earlier foregoing former past existing initial original before prev initially aforementioned
    vorherigen vorherige vorheriger vorigen vorige vorhergehenden vorhergehende bisherigen bisherige fruheren fruhere obigen obige vorangegangenen zuvor vorher
    anteriores anterior previas previos previa previo arriba antes
    precedentes precedente precedents precedent anterieures anterieurs dessus avant
    precedenti sopra prima acima prevue
    vorige voorgaande eerdere bovenstaande poprzednie poprzednich poprzedni wczesniejsze predchozi
    предыдущие предыдущих предыдущую предыдущими прошлые выше вышеуказанные прежние ранее попередні
    onceki yukaridaki tidigare foregaende tidligere prethodne prethodna prethodni sebelumnya पिछले पिछली पहले السابقة السابق
    vorangehenden vorangehende bisher davor vorab fruher obenstehenden precedemment anterieure anterieur prealables previamente
    anteriormente precedentemente sopraindicate antecedenti voorafgaande eerder wczesniejszych wczesniej powyzsze powyzszych powyzej
    предшествующие предшествующих прежних прошлых вышеизложенные вышесказанное предыдущее попередніх вищевказані раніше evvelki
    ovanstaende innan forrige ovenstaende aiemmat edelliset aiempi aikaisemmat aiemmin ylla predesle vyse dosavadni predchadzajuce
    anterioare anterioara dinainte korabbi elozo eddigi fenti προηγουμενες προηγουμενα παραπανω προηγουμενως предишните предишни
    горните ranije terdahulu tadi nakaraang naunang nauna awali yaliyotangulia zilizopita السابقه السابقين أعلاه قبل قبلی پیشین بالا
    הקודמות הקודם הקודמים לעיל पूर्व उपरोक्त पूर्ववर्ती পূর্ববর্তী আগের پچھلی پچھلے سابقہ`,
  ALL: `
    all any every everything each entire whole anything
    alle alles allen todas todos toda todo todas tout toutes tous toute tutte tutti tutto tudo wszystkie wszystko vse vsechny
    все все всё всех tum butun alla sve semua सभी सब جميع كل
    samtliche gesamte ensemble totalite cualquier cualquiera qualsiasi ogni qualquer wszystkich kazde усі всіх всю любые her samtliga
    alt allt kaikki kaikkia vsechna vsetky toate tot osszes minden ολες ολα ολους всички segala lahat zote kila كافة جميعها تمام همه
    כל כולם समस्त সমস্ত সব`,
  NEXT: 'following next subsequent upcoming further future later below',
  INSTR: `
    instruction instructions directive directives guideline guidelines rule rules command commands prompt prompts order orders constraint constraints
    restriction restrictions programming policy policies protocol protocols assignment assignments instrucions instrutions instuctions
    anweisung anweisungen befehl befehle regeln vorgaben instruktionen richtlinien aufgaben auftrage
    instrucciones instruccion ordenes reglas directrices indicaciones
    consigne consignes regles ordres directives
    istruzioni istruzione regole comandi ordini direttive
    instrucoes instrucao regras ordens comandos diretrizes
    instructies instructie opdracht opdrachten regels aanwijzingen instrukcje instrukcji polecenia zasady pokyny instrukce
    инструкции инструкции инструкциям указания указании правила правил команды команд инструкцию інструкціі вказівки
    talimatlari talimatlar kurallari yonergeleri instruktioner instruktionerna anvisningar upute instrukcije uputstva naredbe instructiunile instruksi perintah
    निर्देशों निर्देश التعليمات تعليمات الأوامر
    anleitung anleitungen weisungen systemanweisungen leitlinien befehlen ordre regle commandes directivas pautas regla comando
    indicazioni disposizioni regola diretivas orientacoes voorschriften bevelen instrukcjami polecen polecenie zasad wytycznych
    wytyczne rozkazy инструкциями правилами указаниям распоряжения предписания інструкціи інструкціями вказівок команди talimatlarini
    talimatlarimi yonergelerini komutlari emirleri instruktion regler riktlinjer anvisning instruksjoner instruksjonene instrukser
    ohjeet ohjeita ohjeitasi kaskyt saannot maaraykset pokynu instrukci prikazy pravidla instrukcie instructiuni reguli regulile
    comenzile utasitast utasitas utasitasok utasitasokat szabalyt szabalyokat οδηγιες οδηγιων εντολες κανονες инструкциите pravila
    aturan arahan petunjuk tagubilin utos panuto maagizo maelekezo amri تعليماتك التوجيهات القواعد الاوامر إرشادات الإرشادات تعليماتي
    دستورالعمل دستورات دستور دستورها ההוראות הוראות ההנחיות הנחיות הכללים הפקודות निर्देशो आदेश आदेशों नियमों नियम নির্দেশাবলী
    নির্দেশনা নির্দেশ নির্দেশগুলি ہدایات احکامات`,
  TEXTREF: `
    text texts context content contents conversation conversations message messages input inputs question questions task tasks statement statements chat dialogue discussion
    information words said told wrote written learned things stuff document documents data training prompts memory was
    gesagte gesagt text kontext dicho dije digo dit dites detto disse dito сказал сказано`,
  YOUR: `
    your ur yours thy
    dein deine deinen deiner deinem ihre ihren euer votre vos ton tes tu tus sus su vuestro tuo tua tuoi tue vostro seu sua seus suas
    teu tuas jouw je uw twoj twoje twoich twojego твои твоих твоего ваши ваших ваш твоі твіи senin sizin din ditt dina deres sinun
    tvuj tve tvoje vas tau tale σου σας твоите twoim anda iyong yako zako لديك שלך שלכם तुम्हारे तुम्हारा आपके आपका आपकी তোমার আপনার
    آپ آپکے`,
  YOU: `
    you u ya yourself
    du dich dir sie vous toi usted ustedes voce jij jou ty ciebie ты тебя вы вас тебе ви sen siz sina te dig deg anda kamu ikaw wewe
    أنت انت شما אתה את तुम आप তুমি আপনি`,
  SELF_INSTR: `
    instructions instruction prompt prompts directive directives guidelines rules programming configuration preprompt preamble metaprompt initialization`,
  SYSTEM:
    'system hidden initial original secret internal confidential base master core developer pre preliminary starting underlying exact full entire complete first',
  SECRETWORD: `
    secret secrets password passwords passphrase credentials confidential keys key token tokens apikey codeword flag pin
    passwort kennwort geheimnis geheime geheimen geheimwort motdepasse passe secrete contrasena clave secreto secreta segreto segreta
    parola chiave senha segredo chave wachtwoord geheim haslo sekret пароль пароля секрет секретныи ключ ключи sifre sifreyi gizli
    losenord hemlighet hemliga adgangskode salasana heslo tajne jelszo jelszot κωδικο парола sandi rahasia nenosiri كلمة المرور السر
    رمز הסיסמה סיסמה סוד पासवर्ड गुप्त پاس`,
  REVEAL: `
    reveal reveals show display print output repeat recite tell give share disclose expose leak dump list provide return reproduce copy quote echo
    divulge unveil exhibit regurgitate spill state paste extract encode spell translate summarize summarise rephrase paraphrase describe explain describing write type
    zeige zeig nenne gib wiederhole wiederholen drucke muestra muestrame revela repite imprime dime montre montrez revele revelez repete repetez affiche affichez
    mostra mostrami rivela ripeti stampa dimmi mostre revele repita imprima diga покажи покажите повтори повторите выведи раскрои напиши toon onthul pokaz ujawnij
    goster aciga
    verrate offenbare offenlege zeigen nennen ausgeben wiedergeben gebe verrat liste divulgue divulguez donne donnez partage devoile
    imprimez revelar ensena ensename divulga comparte dame enumera escribe rivelare rivelami mostrare elenca stampami condividi
    mostrar compartilhe imprimir escreva laat geef herhaal vertel druk wyswietl podaj powtorz wypisz zdradz wydrukuj раскроите выдаи
    расскажи перечисли распечатаи озвучь скажи назови розкрии виведи розкажи поділись acikla soyle yazdir tekrarla listele paylas ifsa
    visa avsloja beratta upprepa skriv vis afslor avslor gentag gjenta fortael nayta paljasta kerro toista tulosta ukaz odhal zobraz
    vypis zopakuj prezrad arata dezvaluie afiseaza repeta spune mutasd fedd arulj ismeteld ird δειξε αποκαλυψε πες επαναλαβε εμφανισε
    разкрии tampilkan tunjukkan ungkapkan sebutkan ulangi beritahu cetak ipakita ibunyag ulitin onyesha fichua rudia أظهر اكشف اعرض
    كرر اطبع أخبرني أعطني نشان بگو افشا تکرار הצג חשוף גלה הדפס חזור תגלה תראה दिखाओ दिखाएं बताओ बताएं प्रकट दोहराओ দেখাও প্রকাশ বলো
    دکھائیں بتائیں`,
  LEAK: `
    reveal reveals show display print output repeat recite tell share disclose expose leak dump copy quote echo divulge unveil exhibit regurgitate spill paste
    zeige zeig nenne wiederhole muestra muestrame revela repite imprime dime montre montrez revele revelez repete repetez affiche affichez
    mostra mostrami rivela ripeti stampa dimmi mostre repita diga покажи покажите повтори повторите выведи раскрои toon onthul pokaz ujawnij goster`,
  ASK: 'what whats which how',
  SAY: `
    say print output write respond reply answer tell state return sing display type produce emit scrivi schreibe escribe ecris diga dis sag
    antworte sage schreib ausgeben repondez repondre dites ecrivez responde responda escriba rispondi dire escreva zeg antwoord
    schrijf powiedz odpowiedz napisz скажи ответь напиши відповідаи soyle yaz cevapla yanitla svara skriv sig svar sano vastaa odpovez
    rekni napis raspunde spune scrie mondd valaszolj πες απαντησε katakan jawab tulis sabihin sema قل اكتب أجب بگو بنویس אמור כתוב ענה
    कहो लिखो বলুন লিখুন کہو`,
  NOT: `
    not dont never no cannot cant without wont nor neither doesnt isnt arent
    nicht kein keine keinen ohne niemals ne pas sans jamais nunca sin non mai senza nao sem niet geen zonder nie bez не без нет ні
    degil olmadan inte utan ikke uden uten ala ilman nu fara nem χωρις tidak jangan tanpa huwag usi bila لا بدون نه ללא בלי नहीं बिना
    মত না بغیر`,
  LONGER: 'longer anymore bound restricted limited constrained subject beholden obligated',
  PRETEND: `
    pretend roleplay imagine simulate simulating act acting behave behaving become play playing impersonate embody emulate portray assume adopt pose
    stell simuliere spiele tue tuso verhalte fais joue simule pretends finge actua imagina simula interpreta fingi immagina comportati
    finja atue aja doe speel stel udawaj wyobraz притворись представь сыграи веди вдаи уяви davran rol latsas spela lad leg esita
    teeskentele predstirej hraj prefa imagineaza tegyel προσποιησου berpura bayangkan magkunwari jifanye تظاهر تخيل تصرف וانمود תעמיד
    דמיין`,
  PERSONA: `
    dan stan dude aim evil jailbroken unfiltered unrestricted uncensored amoral unethical immoral lawless devmode niccolo machiavelli mongo sydney villain unhinged omnipotent
    jailbreak jailbroken`,
  ALTER: 'dan stan dude aim evilbot mongo antigpt opposite devbot betterdan',
  UNBOUND: `
    unfiltered unrestricted uncensored unlimited unbound unbounded limitless amoral unmoderated unaligned jailbroken lawless
    unzensiert ungefiltert uneingeschrankt`,
  LIMITS: `
    restriction restrictions limits limit limitation limitations filter filters censorship guardrail guardrails boundaries constraint constraints rules guidelines ethics ethical morals moral morality
    safety policy policies content safeguards inhibitions rails legality consequences illegality safeties protections norms regulations laws disclaimers warnings refusals
    einschrankungen beschrankungen regeln grenzen limites regles filtres censure restricciones filtros censura etica restrizioni
    limiti filtri restricoes beperkingen ograniczen ograniczenia cenzury ограничении ограничения цензуры фильтров правил обмежень
    kisitlama kisitlamalari sinir sansur begransningar restriktioner rajoituksia omezeni restrictii korlatozas korlatok περιορισμους
    batasan pembatasan قيود حدود محدودیت הגבלות प्रतिबंध सीमा`,
  FREE: 'free freed liberated unshackled released exempt',
  MODE: `
    mode modus
    modo modalita tryb режим режиме режимі modu moduna lage tilassa rezim mod λειτουργια وضع حالت מצב मोड মোড`,
  HARDMODE:
    'god jailbreak unrestricted unfiltered opposite chaos dan unlocked evil uncensored lawless',
  DEVMODE: `
    developer dev debug god sudo root admin maintenance jailbreak unrestricted unfiltered opposite chaos dan override unlocked diagnostic test testing
    entwicklermodus wartungsmodus diagnose verification verifizierung developpeur desarrollador разработчика отладки entwickler
    entwicklungs debugging superuser unsafe raw kernel engineering service factory privileged elevated`,
  ENTER:
    'enter activate enable enabled activated enter switch engage entering now initiate unlock simulate start begin launch entered active',
  AI: 'ai assistant chatbot bot model llm chatgpt gpt claude bard gemini copilot llama agent',
  ARE: 'are re youre be is',
  NOW: 'now henceforth hereafter jetzt nun ab ahora maintenant adesso ora agora nu teraz теперь сеичас simdi desormais',
  FROM: 'from starting beginning',
  ON: 'on forward onward onwards',
  NEW: `
    new updated real actual true revised latest additional neue neuen nueva nuevas nouvelle nouvelles nuove nuova novas nova новые новая
    neues neuer nouveau nuevo nuevos nuovo nuovi novo novos nieuwe nowe nowy nowa новыи новую нові нова yeni nya nytt nye uudet uusi
    nove novy noi nou uj νεες νεα нови baru bagong mpya جديدة الجديدة جدید חדשות חדשה नए नया নতুন`,
  TASK: `
    task tasks instruction instructions directive directives objective goal mission role job prompt order orders assignment identity persona aufgabe anweisungen anweisung tarea instrucciones tache mission compito tarefa instructions задача инструкции rules commands
    auftrag ziel rolle objectif objetivo mision obiettivo missao taak opdracht zadanie zadania задание задачу завдання gorev gorevin
    uppgift opgave oppgave tehtava ukol sarcina feladat feladatod εργασια tugas gawain kazi مهمة مهمتك المهمة وظیفه המשימה משימה कार्य
    কাজ`,
  FOLLOW:
    'follow following obey execute comply perform adhere befolge sigue suis suivez segui siga следуи',
  REFUSE:
    'refuse refusing decline apologize apologise warn sorry moralize lecture disclaim object deny refuses warnings disclaimers',
  ANSWER: 'answer answers respond reply comply output response responses say obey',
  INSTEAD: `
    instead stattdessen rather
    anstatt plutot lieu lugar cambio invece posto vez plaats zamiast вместо замість yerine istallet stedet sijaan misto loc helyett
    αντι sebagai badala بدلاً بدلا عوض במקום बजाय পরিবর্তে`,
  ONLY: 'only exactly just simply solely exclusively',
  SEND: 'send email mail forward post upload transmit exfiltrate fetch leak append submit deliver relay insert embed include',
  SENSITIVE:
    'password passwords credentials credential secrets secret token tokens key keys cookies history conversation chat emails contacts data information files env environment variables ssn pii',
  USER: 'user users human person reader recipient',
  READ: 'reading read processing summarizing summarising analyzing see encounter receive scanning reviewing parsing',
  TELLNOT: 'mention tell inform notify reveal disclose alert say',
  ADMIN: `
    admin administrator root developer creator owner engineer openai anthropic superuser sysadmin moderator staff employee supervisor ceo programmer
    entwickler schopfer chef developpeur createur administrateur desarrollador creador administrador sviluppatore creatore
    amministratore desenvolvedor criador ontwikkelaar beheerder deweloper programista tworca разработчик создатель администратор
    розробник gelistirici gelistiriciniz yonetici utvecklare udvikler kehittaja vyvojar dezvoltator fejleszto προγραμματιστης
    pengembang pencipta المطور مطورك المدير برنامهنویس המפתח המתכנת डेवलपर निर्माता ডেভেলপার president god gott dieu dios dio deus бог`,
  END: 'end ends ending ended over finished closed complete completed terminate terminated ende fin fine',
  STARTW: 'begin begins beginning start starts starting starten comienza',
  PARTS:
    'prompt instructions system user input text document context message conversation data query article content email session chat',
  HARMLESSNESS:
    'ethical ethics moral morals legal illegal unethical immoral harmful dangerous consequences legality morality regardless',
  ANYTHING: 'anything everything whatever any',
  ABOVE: 'above preceding before beginning start top verbatim first',
  WORDFORWORD: 'verbatim exactly word literally',
  STAY: 'stay remain keep',
  CHARACTER: 'character role persona',
  CENSORSHIP: 'openai anthropic google meta microsoft',
  DECODE:
    'decode decrypt decipher deobfuscate unscramble base64 rot13 hex cipher morse binary leetspeak',
  EXECUTE: 'execute follow obey run',
  GRANDMA: 'grandma grandmother granny nana',
  ROLEWORD: 'system assistant admin developer',
  OVERRIDEW:
    'override overriding overridden overwrite bypass ignore suspend disable disabled deactivate unlock lift lifted remove circumvent',
  SAFETY:
    'safety security content ethical moral filter filters guardrail guardrails restrictions restriction safeguards censorship moderation protections guidelines limitations constraints policies policy protocol protocols',
  PROMPTW: `
    systemprompt systemaufforderung eingabeaufforderung systemnachricht systemanweisung invite systeme sistema sistem systemowy
    systemowe systemowego системныи системного системные промпт промпта промт промпту системну системнии systemprompten systempromptin
    jarjestelmakehote jarjestelman kehote systemovy rendszerprompt sistemului συστηματος النظام سیستم המערכת सिस्टम প্রম্পট প্রোম্পট
    प्रॉम्प्ट برومبت پرامپت פרומפט`,
  PRIORITY: `
    urgent critical crucial important imperative priority precedence paramount mandatory vital pressing immediate immediately
    essential foremost utmost supreme overriding overrides supersede highest topmost authoritative binding emergency attention alert
    notice wichtig dringend vorrang prioritat urgente prioritaire importante prioridad priorita prioridade belangrijk wazne pilne
    важно срочно приоритет важливо терміново onemli acil viktigt vigtigt tarkeaa dulezite fontos επειγον penting mendesak mahalaga
    muhimu هام عاجل مهم فوری חשוב דחוף महत्वपूर्ण তাৎক্ষণিক`,
  ARRIVE: `
    follows below ahead incoming awaits await arrived arriving landed issued assigned introduced presented delivered dispatched
    dropped unveiled forthcoming upcoming nachfolgend folgende folgenden suivante suivantes siguiente siguientes seguente seguenti
    seguinte seguintes volgende nastepujace следующие следующее наступні asagidaki foljande seuraava nasledujici urmatoarele kovetkezo
    ακολουθες berikut sumusunod التالية التالي زیر הבאות הבא निम्नलिखित নিম্নলিখিত`,
  SWITCH: `
    switch change shift transition pivot pause halt redirect redirected refocus divert interrupt interruption reorient abandon replace
    replaces swap exchange convert overwrite wechsle changez cambia cambie mude zmien измени смени degistir byt skift vaihda zmen
    schimba valtas ganti`,
  HYPO: `
    hypothetical hypothetically fictional fiction imaginary scenario suppose novel movie screenplay script thought experiment parallel
    universe dream simulation alternate story tale character fiktiv hypothetisch hypothetique hipotetico ipotetico гипотетически
    fiktif`,
  RIDDLE: `
    rhyme rhymes rhyming acrostic poem riddle hint hints letter letters spell spelled spelling backwards reversed reverse syllable
    anagram emoji emojis haiku synonym synonyms starts initials alphabet character characters digits crossword scrabble charade
    charades acronym backward vowels`,
  TELLING: `
    configured configuration programmed trained initialized initialised instructed guidelines setup settings internals preamble
    context window developer deployed operating operational underlying hidden tuning`,
  RECIPIENT: `
    summarizer summariser reviewer grader evaluator recruiter screener parser crawler scraper indexer classifier moderator translator
    automated automation bots agents`,
  CONCAT: `
    concatenate concatenated concat combine combined join joined append variable variables string strings substring decode decoded
    reassemble assemble merge interpolate a1 b1 x1 var payload`,
  ACTION: `
    execute executes run invoke invokes call calls trigger perform launch eval exec delete transfer approve purchase buy pay grant
    escalate curl wget rm sudo bash shell`,
  PRAISE: `
    congratulations excellent perfect nice great awesome done finished completed accomplished ausgezeichnete ausgezeichnet erledigt
    gemacht bravo perfecto perfetto`,
  VERIFY: `
    verify verification validate validation audit confirm compliance check diagnostics diagnostic test testing pentest evaluation
    assessment uberprufung verificacion verifica verificacao weryfikacja проверка перевірка dogrulama`,
  MEMORY: `
    remember memorize memorise persist permanently always future sessions store stored memory recall henceforth onwards saved`,
} as const

/** Name of a class of words, as used in patterns. */
export type WordClass = keyof typeof wordClasses
