export function say(line: string): void
export function step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T>
