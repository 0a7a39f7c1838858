/** The environment variable that stands in for a stored sign-in. */
export const TOKEN_VARIABLE = 'KEEPTRUSTS_API_TOKEN'
