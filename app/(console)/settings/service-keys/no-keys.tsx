/** Before the first key: what these are for. */
export function NoKeys() {
  return (
    <section className="rounded-xl border border-line bg-surface px-4 py-14 text-center">
      <h2 className="text-base font-semibold">No service keys yet</h2>
      <p className="mx-auto mt-1 max-w-md text-muted">
        Each of your programs can have a key of its own. It does no more than you allow, from where you allow
        it, until the moment that you choose.
      </p>
    </section>
  )
}
