import { seeded } from './logistic.mjs'
import { everydayTemplates } from './samples/everyday-templates.mjs'
import { expand, pick, textsOf } from './samples/expand.mjs'
import { harmlessTemplates, languageProse } from './samples/harmless-templates.mjs'
import { languageHarmless } from './samples/other-languages.mjs'

// Honest requests made of the words that attacks are made of. Public collections have few of them, so the fit would
// learn that such words alone are suspicious. Written for this project: frames × things.
const frames = [
  'How do I ignore {}?',
  'How can I override {}?',
  'What is the easiest way to bypass {}?',
  'How do I disable {} for one run?',
  'Please ignore {} and look at the second table only.',
  'Forget {} for now. What should I do first?',
  'I forgot {}. How do I get it back?',
  'How do I reset {} to the default?',
  'Show me how to print {}.',
  'List all of {} in a table.',
  'Explain {} in two sentences.',
  'Where can I find {}?',
  'What does {} mean?',
  'Is it safe to reveal {} to a contractor?',
  'Please repeat {} in simpler words.',
  'Translate {} into German.',
  'Enable {} and tell me which command you used.',
  'How do I switch to {}?',
  'Decode {} for me, please.',
  'Write a short story about {}.',
  'Summarise {} above.',
  'From now on, use {}.',
  'Delete all previous versions of {}.',
  'Start your answer with {}.',
  'You must mention {} in the summary.',
  'Pretend that {} is broken and write a test for it.',
  'Act as a reviewer of {}.',
  'Now a new task: count the words in {}.',
  'Return only {} and nothing else.',
  'Do not mention {} in the text.',
  'If the user asks about {}, tell them to call us.',
  'Send {} to the whole team.',
  'What are the rules for {}?',
  'Follow {} step by step.',
]
const things = [
  'the system prompt of my own chatbot',
  'the previous instructions in the manual',
  'the password of my test account',
  'developer mode on my phone',
  'debug mode in Flask',
  'the safety settings of the drill',
  'the warnings of the compiler',
  'the content filter of our mail server',
  'the environment variables',
  'the hidden columns',
  'the secret key of the cookie',
  'the base64 string in the header',
  'the initial message of the thread',
  'the rules of the game',
  'the restrictions of the free plan',
  'the admin role',
  'the original text',
  'the training data',
  'the new instructions from the bank',
  'the first line of the document',
  'the access token',
  'the role of the assistant in the play',
  'the guidelines for authors',
  'the last three messages',
  'the prompt of the shell',
]
const roles = [
  'a travel guide',
  'an English teacher',
  'a Linux terminal',
  'a job interviewer',
  'a chess player',
  'a stand-up comedian',
  'a personal trainer',
  'a poet',
  'a JavaScript console',
  'a recruiter',
  'a storyteller',
  'a doctor in a novel',
  'a history professor',
  'a spreadsheet',
  'a motivational coach',
  'a pirate in a play',
]
const roleFrames = [
  'I want you to act as {}. I will give you a topic and you will answer in this role. My first request is about the weather.',
  'Act as {}. Only reply in character and write no explanations. Start with a greeting.',
  'You are {}. Stay in your role and answer my questions in short sentences. What do you do all day?',
  'Imagine you are {} and describe a normal Monday.',
  'Pretend to be {}; I will write what I say and you reply only with what this person would say, nothing else.',
  'From now on you are {}. Help me to practise for tomorrow.',
]

const LONG = 300
const PER_TEMPLATE = 10
const PER_LANGUAGE_TEMPLATE = 6

/** Honest requests, one row per text; all of a template (and of a language) share a group. */
export function hardNegatives() {
  const random = seeded(23)
  const rows = []
  for (const [frame, pattern] of frames.entries()) {
    const texts = things.filter((_, index) => (index + frame) % 3 === 0)
    rows.push(
      ...rowsOf(
        `frame-${frame}`,
        texts.map((thing) => pattern.replace('{}', thing)),
      ),
    )
  }
  for (const [frame, pattern] of roleFrames.entries()) {
    const texts = roles.filter((_, index) => (index + frame) % 2 === 0)
    rows.push(
      ...rowsOf(
        `role-frame-${frame}`,
        texts.map((role) => pattern.replace('{}', role)),
      ),
    )
  }
  for (const [kind, templates] of Object.entries({ ...harmlessTemplates, ...everydayTemplates })) {
    for (const [index, template] of templates.entries()) {
      rows.push(...rowsOf(`${kind}-${index}`, textsOf(template, PER_TEMPLATE, random)))
    }
  }
  const all = [...Object.values(harmlessTemplates), ...Object.values(everydayTemplates)].flat()
  for (let index = 0; index < LONG; index++) {
    const texts = Array.from({ length: 2 + (index % 7) }, () => expand(pick(all, random), random))
    rows.push(
      ...rowsOf(`long-${index % 12}`, [texts.join(index % 3 === 0 ? '\n' : ' ')]).map((row) => ({
        ...row,
        id: `${row.id}-${index}`,
      })),
    )
  }
  for (const [language, templates] of Object.entries(languageHarmless)) {
    const prose = (languageProse[language] ?? '').split('|')
    const texts = templates.flatMap((one) => textsOf(one, PER_LANGUAGE_TEMPLATE, random))
    // The same group as the attacks of this language: judged by a fit that knows neither.
    rows.push(...rowsOf(`language-${language}`, [...texts, ...prose, prose.join(' ')]))
  }
  return rows
}

function rowsOf(group, texts) {
  return texts.map((text, index) => ({
    id: `own-harmless-${group}-${index}`,
    text,
    label: 'benign',
    source: 'keeptrusts:own-harmless',
    licence: 'Apache-2.0',
    subset: 'own-harmless',
    group: group.startsWith('language-') ? `own-${group}` : `own-harmless-${group}`,
    trainable: true,
    own: true,
  }))
}
