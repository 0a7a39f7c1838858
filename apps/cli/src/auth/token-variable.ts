/** The environment variable that stands in for a stored sign-in. */
export const TOKEN_VARIABLE = 'KEEPTRUSTS_API_TOKEN'

/** The environment variable that names a gateway elsewhere, without any profile. */
export const URL_VARIABLE = 'KEEPTRUSTS_API_URL'

/** The environment variable that chooses a profile, as `--profile` does. */
export const PROFILE_VARIABLE = 'KEEPTRUSTS_PROFILE'
