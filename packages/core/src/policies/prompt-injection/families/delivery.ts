import type { Family } from './family.ts'

/** Attacks that arrive inside other text, or make the model hand something out. */
export const deliveryFamilies: readonly Family[] = [
  {
    id: 'output-hijack',
    strong: [
      'note|message|notice|instruction|attention ~1 to|for ~3 AI|automated|screening|llm|llms|automated|model',
      'AI|llms|llm|assistant|agent ~3 must|should|shall ~4 IGNORE|override|recommend|approve',
      'if ~2 asked|questioned|queried ~10 SAY|report|tell',
      'IGNORE ~2 USER ~2 and|instead ~2 SAY',
      'following|next|upcoming|forthcoming|these ~4 instructions|directives|commands|orders ~5 immediate|immediately|without ~1 delay|urgent|prompt|compliance|hesitation|action|execution',
      'IGNORE ~8 SAY ~3 ONLY|pwned|hacked|hijacked',
      'SAY ~6 pwned|hacked|hijacked',
      'NOT ~2 print|output|answer|do ~6 INSTEAD ~2 SAY',
      'SAY ~4 ONLY ~4 text|word|words|phrase|following ~6 nothing ~1 else',
      'if|when ~2 USER ~3 asks|ask|asked ~8 SAY|tell|IGNORE',
      'override|ignore ~2 manual|any|previous ~2 scoring|score|evaluation|review',
      'NOT ~3 TELLNOT ~2 USER',
      'without ~2 telling|informing|notifying|alerting ~2 USER',
    ],
    weak: [
      'following|next|upcoming|forthcoming ~4 instructions|steps|directives|directive|commands|guidelines|procedures|lines|text',
      'instructions ~3 follow|below|ahead|come|arriving|incoming',
      'require|requires|requiring|demands|demand ~3 immediate|urgent|prompt|full|attention',
      'urgent|critical|attention|alert|important|priority|mandatory ~2 update|instructions|directive|task|message|action|notice|alert',
      'automated ~2 analysis|screening|systems|software',
      'respond|reply|output ~2 with ~4 only|exactly',
      'before YOU ~2 proceed|continue|answer',
      'ONLY SAY ~6 nothing else',
      'ONLY SAY',
      'SAY ~2 exact|exactly',
      'following ~2 INSTR|steps|directive ~4 critical|urgent|important|mandatory|imperative|priority|utmost|essential|precedence',
      'critical|urgent|important|mandatory|imperative|immediate ~3 INSTR|directive|TASK|action|update|attention',
      'attention ~3 AI|assistant|model|system|agent',
      'AI|assistant|llm|agent ~2 reading|processing|reviewing|summarizing|must|should|please',
      'if YOU ARE ~3 AI|reading|language',
    ],
  },
  {
    id: 'data-exfiltration',
    strong: [
      'SEND ~6 SENSITIVE ~8 http|https|url|www|webhook|endpoint|server|attacker|evil',
      'when|if|once|while|after ~2 YOU ~2 READ ~8 SEND|execute|call|visit',
      'LEAK ~3 ALL ~3 passwords|credentials|secrets|tokens|confidential',
      'SEND ~5 YOUR ~3 INSTR|prompt|history|conversation|memory',
      'SEND ~4 conversation|chat ~2 history|log|transcript ~4 to',
      'NOT ~3 TELLNOT ~3 USER ~4 about|this|that|these',
      'USER ~2 SENSITIVE ~4 to ~3 http|https|attacker|email|address',
    ],
    weak: [
      'SEND ~5 SENSITIVE ~3 to',
      'other|another|previous ~1 users|user ~3 data|chat|conversation|messages|information|emails|session',
      'markdown image ~8 url|http|https|data',
      'confidential|sensitive|internal|private ~1 data|information|documents|files|records',
      'ALL ~3 passwords|credentials|secrets|tokens|keys',
    ],
  },
  {
    id: 'fake-boundary-words',
    strong: [
      'END ~1 of ~2 PARTS ~10 NEW|STARTW|IGNORE|INSTR',
      'system|admin|developer override|message|instruction|note|notice|annotation|alert|command ~6 IGNORE|YOU|AI|override|INSTR',
      'STARTW ~2 new|real|admin|actual ~2 PARTS|instructions|session',
      'new system ~1 prompt|instruction|instructions|message|directive|rules',
      'system|admin|developer|security ~1 override',
    ],
    weak: [
      'END of ~2 PARTS',
      'STARTW of ~2 PARTS',
      'system|admin|developer ~1 message|instruction|notice|annotation|command|directive',
    ],
  },
  {
    id: 'encoded-payload',
    strong: [
      'DECODE ~6 and|then ~2 EXECUTE ~3 it|them|INSTR|result|message|decoded|that|this|output',
      'DECODE ~4 and ~1 EXECUTE',
      'SAY ~6 INSTR|prompt ~4 in|to|using|as ~2 base64|rot13|hex|morse|binary|leetspeak|pig|cipher|reverse',
      'REVEAL ~6 prompt|instructions ~6 base64|rot13|hex|morse|emoji|cipher|reversed|backwards|json|csv|poem',
    ],
    weak: ['in|using|to ~1 base64|rot13|morse|leetspeak'],
  },
]
