import type { Style } from '../output/style.ts'

/** Colours a verdict by what it means: green passed, yellow changed or only watched, red stopped or failed. */
export function verdictPaint(style: Style): (text: string) => string {
  return (text) => {
    const verdict = text.trim()
    if (verdict === 'allow' || verdict === 'pass') return style.good(text)
    if (verdict === 'block' || verdict === 'error') return style.bad(text)
    return verdict === 'not_run' ? style.dim(text) : style.warn(text)
  }
}
