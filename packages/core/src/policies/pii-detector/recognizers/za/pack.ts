import { zaDriverLicense, zaLicensePlate, zaPassport } from './documents.ts'
import {
  zaCompanyRegistration,
  zaIdNumber,
  zaIncomeTax,
  zaTrafficRegister,
  zaVat,
} from './numbers.ts'

/** South Africa. */
export const za = [
  zaIdNumber,
  zaIncomeTax,
  zaVat,
  zaCompanyRegistration,
  zaTrafficRegister,
  zaPassport,
  zaDriverLicense,
  zaLicensePlate,
]
