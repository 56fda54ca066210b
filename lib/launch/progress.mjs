const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const active = new Map()
const isTerminal = Boolean(process.stdout.isTTY)
let timer
let frame = 0

const seconds = (since) => `${Math.max(0, (Date.now() - since) / 1000).toFixed(1)} s`

/** Prints a line, above the spinner where there is one. */
export function say(line) {
  erase()
  console.log(line)
  draw()
}

/** Shows that `work` is going on and how long it took. Several steps may overlap. */
export async function step(doing, done, work) {
  const key = Symbol(doing)
  const started = Date.now()
  active.set(key, { doing, started })
  // Without a terminal a step is announced once, and only when somebody would wonder what is going on.
  const announced = isTerminal ? undefined : setTimeout(() => say(`  ${doing} …`), 1000)
  if (isTerminal && !timer) {
    timer = setInterval(draw, 100)
    timer.unref()
  }
  try {
    const result = await work()
    active.delete(key)
    say(`✓ ${done} (${seconds(started)})`)
    return result
  } finally {
    clearTimeout(announced)
    active.delete(key)
    if (active.size === 0) {
      erase()
      clearInterval(timer)
      timer = undefined
    }
  }
}

function draw() {
  if (!isTerminal || active.size === 0) return
  frame = (frame + 1) % frames.length
  const steps = [...active.values()]
  const line = `${frames[frame]} ${steps.map((each) => each.doing).join(', ')} … ${seconds(steps[0].started)}`
  process.stdout.write(`\r\u001b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`)
}

function erase() {
  if (isTerminal) process.stdout.write('\r\u001b[2K')
}
