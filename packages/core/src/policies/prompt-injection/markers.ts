/** One textual sign of an attack that words alone do not show. Every gap is bounded, so matching is linear. */
export interface Marker {
  /** Rule id in findings. */
  readonly family: string
  /** Key of its weight; unique. */
  readonly key: string
  /** Tried only when the folded text holds one of these. */
  readonly needles: readonly string[]
  readonly pattern: RegExp
  /** Counts in system and developer turns too: nobody writes it there by accident. */
  readonly everywhere?: true
}

/** Chat-template tokens, role headings and closing delimiters inside a message. */
export const markers: readonly Marker[] = [
  {
    family: 'fake-boundary',
    key: 'chatml-role',
    needles: ['<|', '<start_', '<im_'],
    pattern:
      /<\|?(?:im_start|start_header_id|start_of_turn)\|?>\s{0,4}(?:system|assistant|user|model)\b/g,
    everywhere: true,
  },
  {
    family: 'fake-boundary',
    key: 'template-token',
    needles: ['<|'],
    pattern:
      /<\|(?:im_start|im_end|im_sep|system|user|assistant|end|endoftext|eot_id|start_header_id|begin_of_text|endofprompt|channel|message)\|>/g,
  },
  {
    family: 'fake-boundary',
    key: 'llama-instruction',
    needles: ['[inst', '[/inst', '<<sys'],
    pattern: /(?:\[inst\]\s{0,4}(?:<<sys>>)?|<<sys>>)[^[<]{3,200}|\[\/inst\]\s{0,4}\S/g,
    everywhere: true,
  },
  {
    family: 'fake-boundary',
    key: 'role-tag',
    needles: ['<', '[', '{', '('],
    pattern:
      /[<[({]\/?(?:system|assistant|admin(?:istrator)?|developer|god|override|instructions|important|debug)(?:[ _-](?:mode|model|message|note|prompt|override|command|instructions?|annotation|alert|notice|access)){0,2}\s?(?:[>\])}]|:)/g,
  },
  {
    family: 'fake-boundary',
    key: 'role-heading',
    needles: ['#', '**', '--', '==', '>>', '['],
    pattern:
      /(?:^|\n)[ \t]{0,8}(?:#{1,6}|\*\*|[-=>[]{2,6})\s{0,3}(?:new |updated )?(?:system|assistant|developer|admin|new instructions)(?: (?:prompt|message|instructions?|override|note))?\s{0,2}[:#\]*-]/g,
  },
  {
    family: 'fake-boundary',
    key: 'role-line',
    needles: ['\n'],
    pattern: /\n\s{0,8}(?:system|assistant|human|user|developer|ai):\s/g,
  },
  {
    family: 'fake-boundary',
    key: 'role-json',
    needles: ['"role"', "'role'"],
    pattern: /["']role["']\s{0,3}:\s{0,3}["'](?:system|developer)["']/g,
  },
  {
    family: 'delimiter-escape',
    key: 'end-of-block',
    needles: ['end of', 'end_of', 'end '],
    pattern:
      /(?:[-=#*_<[{"'`~]{2,12}|\[|<|\()\s{0,3}(?:the )?end(?:ed|s)?(?: of|_of)?(?: the)?[ _](?:user|system|input|document|context|prompt|text|instructions?|message|query|data|email|article|conversation|session)/g,
  },
  {
    family: 'delimiter-escape',
    key: 'close-tag',
    needles: ['</'],
    pattern:
      /<\/(?:user|system|user_?input|input|document|documents|context|prompt|instructions?|query|data|text|message|untrusted|content|question)>\s{0,8}[<[#\n*-]{0,4}\s{0,8}(?:system|new|now|ignore|forget|instead|important|you|admin|instructions?|override|disregard|assistant|<system)/g,
  },
  {
    family: 'delimiter-escape',
    key: 'fence-then-order',
    needles: ['"""', "'''", '```', '---', '===', ']]', '}}', '###'],
    pattern:
      /(?:"""|'''|```|-{3,12}|={3,12}|\]\]|\}\}|#{3,12})[ \t]{0,8}\n{0,3}\s{0,8}(?:now |please |new |important[: ])?(?:ignore|forget|disregard|override|instead|system:|stop\b|new instructions?|new task|end of)/g,
  },
  {
    family: 'fake-boundary',
    key: 'hidden-comment',
    needles: ['<!--', '/*', '[//]'],
    pattern:
      /(?:<!--|\/\*|\[\/\/\])[^>]{0,80}(?:\bai\b|assistant|llm|chatbot|language model|ignore|disregard|system prompt|instructions? (?:to|for))/g,
  },
]
