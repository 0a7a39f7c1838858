import type { GatewayDeps } from '../gateway-deps.ts'

/** Whether `Authorization` holds a token of an operator who may see how the gateway is. */
export function mayWatch(
  authorization: string | undefined,
  { access }: Pick<GatewayDeps, 'access'>,
): boolean {
  const bearer = /^Bearer +(kt_[ap]t_\S{1,100})$/i.exec(authorization ?? '')?.[1]
  if (bearer === undefined) return false
  try {
    return access?.store()?.authenticate(bearer)?.permissions.includes('status:read') === true
  } catch {
    // What is for everybody goes out all the same.
    return false
  }
}
