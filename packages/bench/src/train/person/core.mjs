// The built core: the trainer uses the detector's own code, so that what is learned is what is looked at.
export const core = new URL('../../../../core/', import.meta.url)

/** A module of the detector, by its path below `pii-detector/`. */
export const load = (path) => import(new URL(`dist/policies/pii-detector/${path}`, core).href)
