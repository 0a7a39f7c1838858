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
    ignorati uita uitati abaikan lupakan תתעלם התעלם अनदेखा नजरअंदाज भूल تجاهل تجاهلي انس`,
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
    onceki yukaridaki tidigare foregaende tidligere prethodne prethodna prethodni sebelumnya पिछले पिछली पहले السابقة السابق`,
  ALL: `
    all any every everything each entire whole anything
    alle alles allen todas todos toda todo todas tout toutes tous toute tutte tutti tutto tudo wszystkie wszystko vse vsechny
    все все всё всех tum butun alla sve semua सभी सब جميع كل`,
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
    निर्देशों निर्देश التعليمات تعليمات الأوامر`,
  TEXTREF: `
    text texts context content contents conversation conversations message messages input inputs question questions task tasks statement statements chat dialogue discussion
    information words said told wrote written learned things stuff document documents data training prompts memory was
    gesagte gesagt text kontext dicho dije digo dit dites detto disse dito сказал сказано`,
  YOUR: 'your ur yours thy',
  YOU: 'you u ya yourself',
  SELF_INSTR: `
    instructions instruction prompt prompts directive directives guidelines rules programming configuration preprompt preamble metaprompt initialization`,
  SYSTEM:
    'system hidden initial original secret internal confidential base master core developer pre preliminary starting underlying exact full entire complete first',
  SECRETWORD:
    'secret secrets password passwords passphrase credentials confidential keys key token tokens apikey codeword flag pin',
  REVEAL: `
    reveal reveals show display print output repeat recite tell give share disclose expose leak dump list provide return reproduce copy quote echo
    divulge unveil exhibit regurgitate spill state paste extract encode spell translate summarize summarise rephrase paraphrase describe explain describing write type
    zeige zeig nenne gib wiederhole wiederholen drucke muestra muestrame revela repite imprime dime montre montrez revele revelez repete repetez affiche affichez
    mostra mostrami rivela ripeti stampa dimmi mostre revele repita imprima diga покажи покажите повтори повторите выведи раскрои напиши toon onthul pokaz ujawnij
    goster aciga`,
  LEAK: `
    reveal reveals show display print output repeat recite tell share disclose expose leak dump copy quote echo divulge unveil exhibit regurgitate spill paste
    zeige zeig nenne wiederhole muestra muestrame revela repite imprime dime montre montrez revele revelez repete repetez affiche affichez
    mostra mostrami rivela ripeti stampa dimmi mostre repita diga покажи покажите повтори повторите выведи раскрои toon onthul pokaz ujawnij goster`,
  ASK: 'what whats which how',
  SAY: 'say print output write respond reply answer tell state return sing display type produce emit scrivi schreibe escribe ecris diga dis sag',
  NOT: 'not dont never no cannot cant without wont nor neither doesnt isnt arent',
  LONGER: 'longer anymore bound restricted limited constrained subject beholden obligated',
  PRETEND:
    'pretend roleplay imagine simulate simulating act acting behave behaving become play playing impersonate embody emulate portray assume adopt pose',
  PERSONA: `
    dan stan dude aim evil jailbroken unfiltered unrestricted uncensored amoral unethical immoral lawless devmode niccolo machiavelli mongo sydney villain unhinged omnipotent
    jailbreak jailbroken`,
  ALTER: 'dan stan dude aim evilbot mongo antigpt opposite devbot betterdan',
  UNBOUND: `
    unfiltered unrestricted uncensored unlimited unbound unbounded limitless amoral unmoderated unaligned jailbroken lawless
    unzensiert ungefiltert uneingeschrankt`,
  LIMITS: `
    restriction restrictions limits limit limitation limitations filter filters censorship guardrail guardrails boundaries constraint constraints rules guidelines ethics ethical morals moral morality
    safety policy policies content safeguards inhibitions rails legality consequences illegality safeties protections norms regulations laws disclaimers warnings refusals`,
  FREE: 'free freed liberated unshackled released exempt',
  MODE: 'mode modus',
  HARDMODE:
    'god jailbreak unrestricted unfiltered opposite chaos dan unlocked evil uncensored lawless',
  DEVMODE:
    'developer dev debug god sudo root admin maintenance jailbreak unrestricted unfiltered opposite chaos dan override unlocked diagnostic test testing',
  ENTER:
    'enter activate enable enabled activated enter switch engage entering now initiate unlock simulate start begin launch entered active',
  AI: 'ai assistant chatbot bot model llm chatgpt gpt claude bard gemini copilot llama agent',
  ARE: 'are re youre be is',
  NOW: 'now henceforth hereafter jetzt nun ab ahora maintenant adesso ora agora nu teraz теперь сеичас simdi desormais',
  FROM: 'from starting beginning',
  ON: 'on forward onward onwards',
  NEW: 'new updated real actual true revised latest additional neue neuen nueva nuevas nouvelle nouvelles nuove nuova novas nova новые новая',
  TASK: 'task tasks instruction instructions directive directives objective goal mission role job prompt order orders assignment identity persona aufgabe anweisungen anweisung tarea instrucciones tache mission compito tarefa instructions задача инструкции rules commands',
  FOLLOW:
    'follow following obey execute comply perform adhere befolge sigue suis suivez segui siga следуи',
  REFUSE:
    'refuse refusing decline apologize apologise warn sorry moralize lecture disclaim object deny refuses warnings disclaimers',
  ANSWER: 'answer answers respond reply comply output response responses say obey',
  INSTEAD: 'instead stattdessen rather',
  ONLY: 'only exactly just simply solely exclusively',
  SEND: 'send email mail forward post upload transmit exfiltrate fetch leak append submit deliver relay insert embed include',
  SENSITIVE:
    'password passwords credentials credential secrets secret token tokens key keys cookies history conversation chat emails contacts data information files env environment variables ssn pii',
  USER: 'user users human person reader recipient',
  READ: 'reading read processing summarizing summarising analyzing see encounter receive scanning reviewing parsing',
  TELLNOT: 'mention tell inform notify reveal disclose alert say',
  ADMIN:
    'admin administrator root developer creator owner engineer openai anthropic superuser sysadmin moderator staff employee supervisor ceo programmer',
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
} as const

/** Name of a class of words, as used in patterns. */
export type WordClass = keyof typeof wordClasses
