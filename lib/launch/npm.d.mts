export function npm(...args: string[]): [program: string, ...args: string[]]
