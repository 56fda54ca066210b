/** Whether an error, or what it wraps, says that Postgres refused a change because of this constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const { constraint_name, cause } = (error ?? {}) as { constraint_name?: unknown; cause?: unknown }
  return constraint_name === constraint || (cause != null && violates(cause, constraint))
}
