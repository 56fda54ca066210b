export function ensureInstalled(root: string): Promise<void>
export function runtimeNode(root: string): string
export function isInstalled(root: string): boolean
