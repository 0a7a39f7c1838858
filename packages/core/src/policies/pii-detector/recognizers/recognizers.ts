import { crypto } from './generic/crypto.ts'
import { dateOfBirth } from './generic/date-of-birth.ts'
import { dateTime } from './generic/date-time.ts'
import { macAddress } from './generic/mac-address.ts'
import { swiftCode } from './generic/swift-code.ts'
import { vin } from './generic/vin.ts'
import type { PatternRecognizer } from './pattern-recognizer.ts'
import { abaRoutingNumber } from './us/aba-routing-number.ts'
import { healthInsuranceId } from './us/health-insurance-id.ts'
import { medicalLicense } from './us/medical-license.ts'
import { medicalRecordNumber } from './us/medical-record-number.ts'
import { usBankNumber } from './us/us-bank-number.ts'
import { usDriverLicense } from './us/us-driver-license.ts'
import { usEin } from './us/us-ein.ts'
import { usItin } from './us/us-itin.ts'
import { usMbi } from './us/us-mbi.ts'
import { usNpi } from './us/us-npi.ts'
import { usPassport } from './us/us-passport.ts'
import { usZipCode } from './us/us-zip-code.ts'

/** Every recogniser that a configuration can ask for by its entity, one line each. */
export const recognizers: readonly PatternRecognizer[] = [
  crypto,
  dateOfBirth,
  dateTime,
  macAddress,
  swiftCode,
  vin,
  abaRoutingNumber,
  healthInsuranceId,
  medicalLicense,
  medicalRecordNumber,
  usBankNumber,
  usDriverLicense,
  usEin,
  usItin,
  usMbi,
  usNpi,
  usPassport,
  usZipCode,
]
