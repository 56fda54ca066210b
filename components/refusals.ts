/** Words for what any action may answer, whatever it does (lib/action.ts). `null`: the request did not come back. */
export function doorWords(refusal: { reason: string; details?: unknown } | null): string {
  switch (refusal?.reason) {
    case undefined:
      return 'Keyturn did not answer. Check your connection and try again; nothing is lost.'
    case 'unavailable':
      return 'Keyturn cannot reach its database right now. Nothing was changed. Try again in a moment.'
    case 'signed-out':
      return 'Your session has ended. Sign in again; nothing was changed.'
    case 'forbidden':
      return 'You do not have the permission for this any more. Reload the page.'
    case 'bad-origin':
      return `Open the console at ${consoleUrl(refusal)} to do this.`
    case 'failed':
      return `Something went wrong on our side; nothing was changed. Your administrator can find it as ${errorId(refusal)}.`
    case 'not-found':
      return 'This key is not there any more. Reload the page.'
    default:
      return 'This did not work. Reload the page and try again.'
  }
}

function consoleUrl(refusal: { details?: unknown } | null): string {
  return (refusal?.details as { consoleUrl?: string } | undefined)?.consoleUrl ?? 'its own address'
}

export function errorId(refusal: { details?: unknown } | null): string {
  return (refusal?.details as { errorId?: string } | undefined)?.errorId ?? 'an unknown error'
}
