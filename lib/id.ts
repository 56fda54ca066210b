import { randomBase62 } from './keys/token'

/** A new identifier such as `org_4fJ2…`: the kind, then 22 random base62 characters (130 bits). */
export function newId(
  kind: 'org' | 'usr' | 'key' | 'code' | 'req' | 'med' | 'mlr' | 'su' | 'sec' | 'grp' | 'inv' | 'ntc',
): string {
  return `${kind}_${randomBase62(22)}`
}
