import AuthLogin from './commands/auth/login.ts'
import AuthLogout from './commands/auth/logout.ts'
import AuthWhoami from './commands/auth/whoami.ts'
import Doctor from './commands/doctor.ts'
import EventsErase from './commands/events/erase.ts'
import EventsExport from './commands/events/export.ts'
import EventsHash from './commands/events/hash.ts'
import EventsList from './commands/events/list.ts'
import EventsProve from './commands/events/prove.ts'
import EventsShow from './commands/events/show.ts'
import EventsTail from './commands/events/tail.ts'
import EventsVerify from './commands/events/verify.ts'
import GatewayRun from './commands/gateway/run.ts'
import GatewayStatus from './commands/gateway/status.ts'
import PolicyExplain from './commands/policy/explain.ts'
import PolicyLint from './commands/policy/lint.ts'

/** All commands of `kt`, by id: the package's `oclif` section names this map. */
export const COMMANDS = {
  'auth:login': AuthLogin,
  'auth:logout': AuthLogout,
  'auth:whoami': AuthWhoami,
  doctor: Doctor,
  'events:erase': EventsErase,
  'events:export': EventsExport,
  'events:hash': EventsHash,
  'events:list': EventsList,
  'events:prove': EventsProve,
  'events:show': EventsShow,
  'events:tail': EventsTail,
  'events:verify': EventsVerify,
  'gateway:run': GatewayRun,
  'gateway:status': GatewayStatus,
  'policy:explain': PolicyExplain,
  'policy:lint': PolicyLint,
}

export { commandNotFound } from './errors/command-not-found.ts'
