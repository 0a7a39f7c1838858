import { auBsb, auDriverLicense, auPassport } from './documents.ts'
import { auAbn, auAcn, auMedicare, auTfn } from './numbers.ts'

/** Australia. */
export const au = [auAbn, auAcn, auTfn, auMedicare, auPassport, auDriverLicense, auBsb]
