import { itDriverLicense, itIdentityCard, itPassport, itVatCode } from './documents.ts'
import { itFiscalCode } from './fiscal-code.ts'

/** Italy. */
export const it = [itFiscalCode, itVatCode, itDriverLicense, itPassport, itIdentityCard]
