import { frSiren, frSiret, frVat } from './company.ts'
import { frCni, frLicensePlate, frPassport, frTaxId } from './identity.ts'
import { frNir } from './nir.ts'

/** France. */
export const fr = [frNir, frTaxId, frCni, frPassport, frLicensePlate, frSiren, frSiret, frVat]
