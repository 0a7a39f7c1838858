import { KeptText } from '../../scan/kept-text.ts'
import type { Span } from '../../text/span.ts'
import type { DetectionPlan } from './detection-plan.ts'
import type { Markers } from './markers.ts'
import { BlockCutter } from './scan/block-cutter.ts'

/** Characters that are looked at in one go. */
const stretchLength = 16 * 1024
/** Text before the end of a stretch in which a place is looked for that no entity spans. */
const cutReach = 2048

/**
 * A long text in stretches, so that other work can be done between them; a short one whole. No entity spans their ends,
 * unless the text goes on too long without such a place.
 */
export function* stretchesOf(
  text: string,
  plan: DetectionPlan,
  markers: Markers,
): Generator<Span, void> {
  let start = 0
  while (text.length - start > 2 * stretchLength) {
    const end = cutBefore(text, start + stretchLength, { plan, markers })
    yield { start, end }
    start = end
  }
  yield { start, end: text.length }
}

function cutBefore(
  text: string,
  end: number,
  { plan, markers }: { readonly plan: DetectionPlan; readonly markers: Markers },
): number {
  const kept = new KeptText()
  const cutter = new BlockCutter(kept, { plan, fixedMarkers: markers.fixed }, () => {})
  kept.append(text.slice(end - cutReach, end))
  cutter.read()
  return end - cutReach + cutter.start
}
