/** Looks again and again until `holds` does. @throws after `withinMs` */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`did not hold within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
