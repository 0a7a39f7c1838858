import { deBsnr, deHealthInsurance, deLanr, deSocialSecurity } from './health-and-pension.ts'
import { deDrivingLicence, deIdCard, deKfz, dePassport, dePlz } from './identity.ts'
import { deHandelsregister, deTaxId, deTaxNumber, deVatId } from './tax.ts'

/** Germany. */
export const de = [
  deTaxId,
  deTaxNumber,
  deVatId,
  deHandelsregister,
  dePassport,
  deIdCard,
  deDrivingLicence,
  deKfz,
  dePlz,
  deSocialSecurity,
  deHealthInsurance,
  deLanr,
  deBsnr,
]
