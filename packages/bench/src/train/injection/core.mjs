// The built core: training must cut and read texts exactly as the detector does.
const core = new URL('../../../../core/', import.meta.url)
const load = (path) => import(new URL(`dist/${path}`, core).href)

export const { foldText } = await load('text/fold.js')
export const { finishSteps } = await load('text/steps.js')
export const { tokenize } = await load('policies/prompt-injection/tokens.js')
export const { Features } = await load('policies/prompt-injection/linear-model.js')
export const { contrastOf, isBrief, limitedModel, typicalOf } = await load(
  'policies/prompt-injection/score-text.js',
)
export const { windowsOf } = await load('policies/prompt-injection/windows.js')
export const { rules } = await load('policies/prompt-injection/rules.js')
/** Where the detector keeps what training writes. */
export const detectorFolder = new URL('src/policies/prompt-injection/', core)
