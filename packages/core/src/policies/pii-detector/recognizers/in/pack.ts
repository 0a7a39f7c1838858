import { inDrivingLicence, inPassport, inVehicleRegistration, inVoter } from './documents.ts'
import { inAadhaar, inGstin, inPan } from './numbers.ts'

/** India. */
export const india = [
  inPan,
  inAadhaar,
  inGstin,
  inVoter,
  inPassport,
  inVehicleRegistration,
  inDrivingLicence,
]
