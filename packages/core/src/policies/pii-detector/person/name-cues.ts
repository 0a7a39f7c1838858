import { addEndings, cueKind, mayEndWithCue } from './cue-endings.ts'

/** Characters of text before a name in which its cue must end. */
const nameCueReach = 48

/** How strongly the words before a name announce it. */
export type Cue = 'strong' | 'person' | 'medium' | 'title' | 'none'

const titleWords =
  'mr mrs ms miss mx dr doctor prof professor sir dame rev reverend fr sister brother sgt capt captain lt lieutenant col colonel maj gen general senator sen congressman governor gov president chancellor minister secretary judge justice officer detective pte private cpl corporal sapper councillor nurse uncle aunt auntie hr herr frau madame mme monsieur señor señora sr sra signor signora lady lord king queen prince princess mlle mademoiselle dott dottor dottoressa sig dra srta senhor senhora dhr mevr mevrouw meneer doktor profesor professeur ing fru'
const title = new RegExp(`(?:^|[^\\p{L}])(?:${titleWords.replaceAll(' ', '|')})\\.? $`, 'iu')

const strong = [
  /\b(?:(?:my|his|her|their|your|full|first|last|middle|sur|given|maiden|user|real|legal|preferred)[- ]?name(?:'s|’s| is| was| will be|:)|names? (?:is|was|are|as|of|under)|(?:the|on|under|by) name(?: of| is)?|name ?[:=]|name\?) {0,2}["'“‘]?$/i,
  /(?:^|[^\p{L}])(?:ich hei(?:ß|ss)e|ich bin|mein name ist|je m['’]appelle|je suis|mon nom est|me llamo|mi nombre es|soy|mi chiamo|il mio nome è|meu nome é|me chamo|nazywam się|mam na imię|mijn naam is|ik heet|jag heter|mitt namn är|jeg heter|jeg hedder|nimeni on|jmenuji se|numele meu este|benim adım|sehr geehrter?|liebe[r]?|cher|chère|estimad[oa]|querid[oa]|gentile|car[oa]|prezad[oa]|beste) $/iu,
  /\b(?:dear|i am|i'm|i’m|(?:(?:named|christened) (?:him |her |me )?|called (?:him |her |me ))|call (?:me|him|her)|(?:my|his|her|our) (?:wife|husband|son|daughter|brother|sister|mother|father|mom|dad|mum|friend|boss|manager|colleague|neighbou?r|boyfriend|girlfriend|fianc[eé]e?|cousin|uncle|aunt|lawyer|teacher|roommate|coworker|co-worker)(?:'s name is|,| is)?) ?["'“‘]?$/i,
  /(?:^|\n)[ \t>*-]{0,4}(?:from|to|cc|bcc|attn|name|full name|first name|last name|surname|patient|customer|client|employee|contact|author|sender|recipient|signed|applicant|manager|passenger|guest)(?: name)?[ \t]{0,2}[:=][ \t]{0,2}["']?$/i,
  /(?:^|\n)[ \t]*(?:(?:best|kind|warm|many)?[ ]?(?:regards|wishes|thanks)|sincerely(?: yours)?|yours(?: sincerely| truly| faithfully)?|respectfully|cheers|thanks|thank you|best|love)[,.!]?[ \t]{0,2}\n{1,2}[ \t-]{0,3}$/i,
]
const person =
  /(?:\b(?:(?:it's|it’s|it is|its|is|table|room|reservation|booking|appointment|booked|reserved|reserve|listed)[\w ,]{0,24} (?:for|under|by|of)|under|this is|(?:directed|written|signed|prepared|reported|reviewed|approved|authored|composed|painted|sung|founded|led) by|starring|featuring|producer|director|author|singer|actor|actress|guitarist|drummer|spoke (?:to|with)|speak (?:to|with)|talk(?:ed|ing)? (?:to|with)|meeting with|met(?: with)?|married|told|asked|on behalf of|known as|called|named|c\/o|my (?:partner|kid|child|spouse|ex|client|patient|tenant|landlord|assistant)(?:'s name)?)),? ["'“‘]?$/i
const medium =
  /\b(?:by|for|with|and|to|from|add|pay|send|transfer|patients?|customer|client|employee|tenant|borrower|applicant|candidate|student|claimant|defendant|plaintiff|witness|guest|passenger|member|suspect|cardholder|beneficiary|payee|recipient|holder|attn|contact|met|said|says):? {1,2}["'“‘]?$/i
const greeting =
  /(?:^|[\s"'(])(?:dear|hi|hello|hey|hiya|thanks|thank you|thx|cheers|good (?:morning|afternoon|evening)|welcome|congrats|congratulations|sorry|ok|okay|yes|no|bye|goodbye),? $/i

/** The cue that ends right before `start`. Reads at most 48 characters, backwards only. */
export function nameCue(text: string, start: number): Cue {
  const kinds = mayEndWithCue(text, start)
  if (kinds === 0) return 'none'
  const before = text.slice(Math.max(0, start - nameCueReach), start)
  const mayBe = (kind: number) => (kinds & kind) !== 0
  if (mayBe(cueKind.title) && title.test(before.slice(-longestTitle))) return 'title'
  if (afterSentence.test(before)) return 'none'
  if (mayBe(cueKind.strong) && strong.some((pattern) => pattern.test(before))) return 'strong'
  if (mayBe(cueKind.person) && person.test(before)) return 'person'
  const near = before.slice(-longestWordBefore)
  if (mayBe(cueKind.medium) && medium.test(near)) return 'medium'
  return mayBe(cueKind.greeting) && greeting.test(near) ? 'medium' : 'none'
}

/** `congressman. ` and what stands before it. */
const longestTitle = 15
/** `good afternoon, ` and what stands before it. */
const longestWordBefore = 20
/** No cue but a title goes on behind a full stop. */
const afterSentence = /[.!] $/

const behind =
  /^,? (?:is my (?:\w+ )?name|is what you can call me|here[.,!]|speaking[.,!]?|liv(?:es|ed) (?:at|in|on)|was born|resides|works (?:at|for|as)|shouted|had given|(?:said|says|told|asked|replied|wrote|explained|writes|whispered|answered|laughed|smiled)\b)/

/** True when the words after `end` say that a person was named. Requests only: answers are read as they stream. */
export function nameCueBehind(text: string, end: number): boolean {
  return behind.test(text.slice(end, end + nameCueReach))
}

/** True for a word that is only a title: `Dr`, `Professor`. Takes lower case. */
export function isTitle(word: string): boolean {
  return titles.has(word)
}

const titles = new Set(titleWords.split(' '))
addEndings([...titles], cueKind.title)
