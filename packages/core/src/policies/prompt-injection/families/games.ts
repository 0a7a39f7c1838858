import type { Family } from './family.ts'

/** Ways round the question: games for a secret, stories, pieces that make the order only when put together. */
export const gameFamilies: readonly Family[] = [
  {
    id: 'secret-game',
    strong: [
      'RIDDLE ~4 the|YOUR secret|password|passphrase|codeword|passcode|flag|key',
      'spell|write|say|print|encode|give|tell ~3 the|YOUR ~1 secret|password|passphrase|codeword|passcode|flag ~3 RIDDLE',
      'rhymes|rhyme ~2 with ~2 the|YOUR ~1 secret|password|passphrase|codeword|passcode|key|pin',
      'hint|hints|clue|clues|riddle ~3 the|YOUR ~1 secret|password|passphrase|codeword|passcode|key',
      'ASK|which|what ~3 letter|letters|character|characters|syllable ~4 the|YOUR ~1 secret|password|passphrase|codeword|passcode|key',
      'YOUR ~1 password|passphrase|codeword|passcode|secret',
      'ASK ~2 secret|password|passphrase|codeword|passcode',
      'secret|password|codeword ~3 YOU ~2 were|are|must ~2 given|told|hiding|protecting|keeping|protect|keep|hide',
      'words|string|word|text ~4 YOU ~3 NOT ~2 say|reveal|tell',
      'YOU ~4 told|asked|instructed ~2 to protect|hide|guard|keep',
    ],
    weak: [
      'the secret|password|codeword|passphrase ~1 is|begins|starts',
      'tell|give|say|need|know ~3 the secret|password|codeword|passphrase|passcode',
      'acrostic|rhymes|crossword|charade',
    ],
  },
  {
    id: 'fiction-frame',
    strong: [
      'HYPO ~12 AI|assistant|chatbot ~4 without|NOT ~3 LIMITS',
      'story|play|poem|scene|dialogue|letter ~8 robot|AI|assistant|parrot|chatbot ~4 REVEAL ~3 its|his|her ~3 INSTR|prompt|rules|secret',
      'only|just ~2 fiction|game|dream|simulation|play ~6 LIMITS|rules ~3 NOT',
      'opposite day|mode',
      'GRANDMA ~8 keys|serials|passwords|codes|napalm|bombs|explosives|poison|malware',
      'YOU ~2 actor|terminal|interpreter|database ~3 access to ~3 hidden|secret|prompt|instructions',
      'for ~1 educational|research|academic ~1 purposes ~6 OVERRIDEW|IGNORE|bypass ~3 SAFETY|LIMITS',
      'will|shall ~1 tip|pay|reward YOU',
      'will ~2 die|suffer|fired|killed ~3 if|unless YOU',
      'YOU ~3 lose|losing ~3 points|tokens',
    ],
    weak: [
      'HYPO ~8 NOT ~2 LIMITS|rules',
      'HYPO ~6 character ~6 explains|describes|teaches|reveals',
      'lets|let ~1 us|s play ~2 game',
      'in ~2 fictional|imaginary|parallel ~1 world|universe',
    ],
  },
  {
    id: 'payload-splitting',
    strong: [
      'CONCAT ~3 and|then ~2 follow|execute|obey|answer|do|run',
      'CONCAT ~4 the ~2 first letters|parts|pieces|variables ~8 follow|execute|obey|answer',
      'follow|execute|obey|answer|print ~2 a b|z',
      'follow|execute|obey|answer ~3 x y',
      'let|set|define a ~6 b ~6 c|z|print|answer|execute',
      'when i say ~3 i mean',
      'apple|banana|alpha|x|blue ~1 means ~2 REVEAL|IGNORE|instructions|prompt|password|system',
      'first letter|letters of|in each|every ~2 line|word|sentence ~6 follow|obey|execute|spell|spells',
      'fill|complete ~3 blanks ~4 obey|follow|do|execute',
    ],
    weak: [
      'part|string|variable 1|one|a ~8 part|string|variable 2|two|b',
      'CONCAT ~2 CONCAT',
      'DECODE ~4 DECODE',
    ],
  },
  {
    id: 'encoded-payload',
    strong: [
      'DECODE ~8 follow|obey|execute ~2 it|result|instruction|instructions|message|them|command|order',
      'DECODE ~6 and ~1 act on|upon',
      'DECODE ~6 and ~2 do ~1 what|as it',
      'answer|reply|respond|write ~2 only ~2 in DECODE',
      'hidden|encoded|encrypted|embedded ~2 text|message|instruction|instructions|command|directive ~6 follow|obey|execute|extract',
      'translate ~4 from DECODE ~4 follow|obey|execute|act',
      'so ~1 that ~2 filter|filters|nobody|no ~4 see|sees|notice|notices|detect|catch',
      'avoid|evade|bypass|without ~2 detection|filter|filters|moderation|triggering',
    ],
    weak: [
      'follow|obey|execute ~2 the|these|this ~1 hidden|encoded|decoded|embedded',
      'payload ~3 contains|holds|carries|decodes',
      'contains ~2 hidden|secret ~1 instructions|message|text|orders',
    ],
  },
]
