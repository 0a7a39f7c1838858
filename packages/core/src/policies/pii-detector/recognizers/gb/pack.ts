import { ukDrivingLicence, ukPassport, ukVehicleRegistration } from './licences-and-passports.ts'
import { ukNino } from './national-insurance.ts'
import { ukNhs } from './nhs-number.ts'
import { ukPostcode } from './postcode.ts'
import { ukBankAccount, ukSortCode, ukUtr, ukVat } from './tax-and-bank.ts'

/** United Kingdom. */
export const gb = [
  ukNhs,
  ukNino,
  ukPassport,
  ukDrivingLicence,
  ukVehicleRegistration,
  ukPostcode,
  ukUtr,
  ukVat,
  ukSortCode,
  ukBankAccount,
]
