/** 24 hours in milliseconds: retention counts in these, whatever daylight saving does. */
export const dayMs = 86_400_000
