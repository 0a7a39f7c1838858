import { ar } from './ar/pack.ts'
import { at } from './at/pack.ts'
import { au } from './au/pack.ts'
import { be } from './be/pack.ts'
import { bg } from './bg/pack.ts'
import { br } from './br/pack.ts'
import { ca } from './ca/pack.ts'
import { ch } from './ch/pack.ts'
import { cl } from './cl/pack.ts'
import { cn } from './cn/pack.ts'
import { cz } from './cz/pack.ts'
import { de } from './de/pack.ts'
import { dk } from './dk/pack.ts'
import { ee } from './ee/pack.ts'
import { es } from './es/pack.ts'
import { fi } from './fi/pack.ts'
import { fr } from './fr/pack.ts'
import { gb } from './gb/pack.ts'
import { gr } from './gr/pack.ts'
import { hk } from './hk/pack.ts'
import { hr } from './hr/pack.ts'
import { hu } from './hu/pack.ts'
import { ie } from './ie/pack.ts'
import { il } from './il/pack.ts'
import { india } from './in/pack.ts'
import { iceland } from './is/pack.ts'
import { it } from './it/pack.ts'
import { jp } from './jp/pack.ts'
import { kr } from './kr/pack.ts'
import { lt } from './lt/pack.ts'
import { lv } from './lv/pack.ts'
import { mx } from './mx/pack.ts'
import { ng } from './ng/pack.ts'
import { nl } from './nl/pack.ts'
import { no } from './no/pack.ts'
import type { PatternRecognizer } from './pattern-recognizer.ts'
import { ph } from './ph/pack.ts'
import { pl } from './pl/pack.ts'
import { pt } from './pt/pack.ts'
import { ro } from './ro/pack.ts'
import { se } from './se/pack.ts'
import { sg } from './sg/pack.ts'
import { si } from './si/pack.ts'
import { th } from './th/pack.ts'
import { tr } from './tr/pack.ts'
import { tw } from './tw/pack.ts'
import { za } from './za/pack.ts'

/** Identifiers of countries, by ISO 3166-1 code of their folder. */
export const countryRecognizers: readonly PatternRecognizer[] = [
  ...gb,
  ...de,
  ...fr,
  ...es,
  ...it,
  ...ca,
  ...au,
  ...india,
  ...br,
  ...at,
  ...be,
  ...bg,
  ...ch,
  ...cz,
  ...dk,
  ...ee,
  ...fi,
  ...gr,
  ...hr,
  ...hu,
  ...ie,
  ...iceland,
  ...lt,
  ...lv,
  ...nl,
  ...no,
  ...pl,
  ...pt,
  ...ro,
  ...se,
  ...si,
  ...kr,
  ...ng,
  ...ph,
  ...sg,
  ...th,
  ...tr,
  ...za,
  ...ar,
  ...cl,
  ...cn,
  ...hk,
  ...il,
  ...jp,
  ...mx,
  ...tw,
]
