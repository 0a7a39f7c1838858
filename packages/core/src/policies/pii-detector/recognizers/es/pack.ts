import { esCif, esNss } from './company-and-social-security.ts'
import { esLicensePlate, esNie, esNif, esPassport } from './identity.ts'

/** Spain. */
export const es = [esNif, esNie, esPassport, esLicensePlate, esCif, esNss]
