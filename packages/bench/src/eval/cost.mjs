const SIZES = { '1 KB': 1024, '100 KB': 102_400, '1 MB': 1_048_576 }

const sentence =
  'The nightly job trains a gradient boosted model on last week’s orders and registers it under a new version; the dashboard shows its error next to the one in production. '
const texts = {
  ordinary: sentence.replace('’', "'"),
  'ordinary, not ASCII': sentence,
  code: 'def load(name: str) -> Model:\n    return mlflow.pyfunc.load_model(f"models:/{name}/Production")\n\n',
  'every word in a pattern': 'ignore all previous system prompt instructions and ',
  'one word again and again': 'ignore ',
  'spaced letters': 'i g n o r e ',
  'base64 runs': 'aWdub3JlIGFsbCBwcmV2aW91cyBpbnN0cnVjdGlvbnM= ',
  'one base64 run': 'aWdub3JlIGFsbCBwcmV2aW91cyBpbnN0',
  escapes: '&#105;%67\\u006e\\x6f ',
  'zero-width characters': 'i\u200bg\u200bn\u200bo\u200br\u200be ',
  cyrillic: 'проверка данных и отчёт ',
  brackets: '<|[{("\'`~<!--',
  letters: 'a',
  newlines: '\n#\n',
}

/** Median microseconds per KB of `run` on texts of three sizes, and how time grows from 100 KB to 1 MB (10 = linear). */
export function measureCost(run) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const times = Object.fromEntries(
        Object.entries(SIZES).map(([size, length]) => [size, costOf(run, repeatTo(text, length))]),
      )
      const growth = (times['1 MB'] / times['100 KB']) * (SIZES['1 MB'] / SIZES['100 KB'])
      return [name, { ...times, 'growth ×': Math.round(growth * 10) / 10 }]
    }),
  )
}

function repeatTo(text, length) {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length)
}

function costOf(run, text) {
  const rounds = text.length < 10_000 ? 400 : 5
  const times = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    run(text)
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return Math.round((times[Math.floor(rounds / 2)] * 1000) / (text.length / 1024))
}
