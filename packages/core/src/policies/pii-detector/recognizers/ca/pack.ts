import { caDriverLicense, caHealthCard, caPassport, caPostalCode } from './documents.ts'
import { caBusinessNumber, caSin } from './social-insurance.ts'

/** Canada. */
export const ca = [caSin, caBusinessNumber, caPassport, caPostalCode, caHealthCard, caDriverLicense]
