/** What the access log says of a request. Nothing here may hold a credential, because nothing is looked for. */
export type AccessFacts = {
  requestId: string
  customerRequestId: string | undefined
  keyId: string | undefined
  organizationId: string | undefined
  code: string | null
  status: number
  method: string
  path: string
  address: string
  durationMs: number
}

/**
 * The line of a request, in the form of the other log lines. Written by hand because a logger takes longer over it
 * than the rest of a warm call; what comes from outside is escaped as JSON.
 */
export function accessLine(time: number, facts: AccessFacts): string {
  const { requestId, customerRequestId, keyId, organizationId, code, status, address } = facts
  return (
    `{"level":30,"time":${time},"service":"api","requestId":"${requestId}"` +
    (customerRequestId === undefined ? '' : `,"customerRequestId":${JSON.stringify(customerRequestId)}`) +
    (keyId === undefined ? '' : `,"keyId":"${keyId}","organizationId":"${organizationId}"`) +
    `,"code":${code === null ? 'null' : `"${code}"`},"status":${status}` +
    `,"method":${JSON.stringify(facts.method)},"path":${JSON.stringify(facts.path)}` +
    `,"address":"${address}","durationMs":${facts.durationMs},"msg":"request"}\n`
  )
}
