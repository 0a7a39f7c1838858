import { brCep, brCnh, brRg } from './documents.ts'
import { brCnpj, brCpf, brPis } from './tax.ts'

/** Brazil. */
export const br = [brCpf, brCnpj, brPis, brRg, brCnh, brCep]
