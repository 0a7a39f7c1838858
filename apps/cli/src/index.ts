import AuthLogin from './commands/auth/login.ts'
import AuthLogout from './commands/auth/logout.ts'
import AuthOperatorAdd from './commands/auth/operator/add.ts'
import AuthOperatorList from './commands/auth/operator/list.ts'
import AuthOperatorRemove from './commands/auth/operator/remove.ts'
import AuthOperatorSetRole from './commands/auth/operator/set-role.ts'
import AuthProfileList from './commands/auth/profile/list.ts'
import AuthProfileRemove from './commands/auth/profile/remove.ts'
import AuthProfileUse from './commands/auth/profile/use.ts'
import AuthStatus from './commands/auth/status.ts'
import AuthTokenCreate from './commands/auth/token/create.ts'
import AuthTokenList from './commands/auth/token/list.ts'
import AuthTokenRevoke from './commands/auth/token/revoke.ts'
import AuthWhoami from './commands/auth/whoami.ts'
import Backup from './commands/backup.ts'
import Doctor from './commands/doctor.ts'
import EventsErase from './commands/events/erase.ts'
import EventsExport from './commands/events/export.ts'
import EventsHash from './commands/events/hash.ts'
import EventsHoldAdd from './commands/events/hold/add.ts'
import EventsHoldList from './commands/events/hold/list.ts'
import EventsHoldRemove from './commands/events/hold/remove.ts'
import EventsKeyRotate from './commands/events/key/rotate.ts'
import EventsKeyShow from './commands/events/key/show.ts'
import EventsList from './commands/events/list.ts'
import EventsProve from './commands/events/prove.ts'
import EventsRecover from './commands/events/recover.ts'
import EventsRetentionConfirmClock from './commands/events/retention/confirm-clock.ts'
import EventsRetentionPrune from './commands/events/retention/prune.ts'
import EventsRetentionStatus from './commands/events/retention/status.ts'
import EventsShow from './commands/events/show.ts'
import EventsTail from './commands/events/tail.ts'
import EventsVerify from './commands/events/verify.ts'
import GatewayKeyCreate from './commands/gateway/key/create.ts'
import GatewayKeyList from './commands/gateway/key/list.ts'
import GatewayKeyRevoke from './commands/gateway/key/revoke.ts'
import GatewayReload from './commands/gateway/reload.ts'
import GatewayRun from './commands/gateway/run.ts'
import GatewayStatus from './commands/gateway/status.ts'
import Init from './commands/init.ts'
import PolicyExplain from './commands/policy/explain.ts'
import PolicyLint from './commands/policy/lint.ts'
import PolicyProfile from './commands/policy/profile.ts'
import PolicyTest from './commands/policy/test.ts'
import Restore from './commands/restore.ts'

/** All commands of `kt`, by id: the package's `oclif` section names this map. */
export const COMMANDS = {
  'auth:login': AuthLogin,
  'auth:logout': AuthLogout,
  'auth:profile:list': AuthProfileList,
  'auth:profile:remove': AuthProfileRemove,
  'auth:profile:use': AuthProfileUse,
  'auth:status': AuthStatus,
  'auth:operator:add': AuthOperatorAdd,
  'auth:operator:list': AuthOperatorList,
  'auth:operator:remove': AuthOperatorRemove,
  'auth:operator:set-role': AuthOperatorSetRole,
  'auth:token:create': AuthTokenCreate,
  'auth:token:list': AuthTokenList,
  'auth:token:revoke': AuthTokenRevoke,
  'auth:whoami': AuthWhoami,
  backup: Backup,
  doctor: Doctor,
  'events:erase': EventsErase,
  'events:export': EventsExport,
  'events:hash': EventsHash,
  'events:key:rotate': EventsKeyRotate,
  'events:key:show': EventsKeyShow,
  'events:list': EventsList,
  'events:prove': EventsProve,
  'events:recover': EventsRecover,
  'events:hold:add': EventsHoldAdd,
  'events:hold:list': EventsHoldList,
  'events:hold:remove': EventsHoldRemove,
  'events:retention:confirm-clock': EventsRetentionConfirmClock,
  'events:retention:prune': EventsRetentionPrune,
  'events:retention:status': EventsRetentionStatus,
  'events:show': EventsShow,
  'events:tail': EventsTail,
  'events:verify': EventsVerify,
  'gateway:key:create': GatewayKeyCreate,
  'gateway:key:list': GatewayKeyList,
  'gateway:key:revoke': GatewayKeyRevoke,
  'gateway:reload': GatewayReload,
  'gateway:run': GatewayRun,
  'gateway:status': GatewayStatus,
  init: Init,
  'policy:explain': PolicyExplain,
  'policy:lint': PolicyLint,
  'policy:profile': PolicyProfile,
  'policy:test': PolicyTest,
  restore: Restore,
}

export { commandNotFound } from './errors/command-not-found.ts'
