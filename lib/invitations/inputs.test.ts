import { describe, expect, test } from 'vitest'
import { inviteInput, joinInput } from './inputs'

const invite = (addresses: string) => inviteInput.safeParse({ addresses, role: 'member', groupIds: [] })
const wordsOf = (addresses: string) => invite(addresses).error?.issues.map(({ message }) => message)

describe('addresses', () => {
  test('stand one a line, or with commas, semicolons and spaces between them; each counts once', () => {
    expect(invite(' Ann@Example.com,ben@example.com;\r\n\ncem@example.com ann@example.com ').data).toEqual({
      addresses: ['ann@example.com', 'ben@example.com', 'cem@example.com'],
      role: 'member',
      groupIds: [],
    })
  })

  test('that are none are named', () => {
    expect(wordsOf('')).toEqual(['Enter an email address.'])
    expect(wordsOf(' ,\n; ')).toEqual(['Enter an email address.'])
    expect(wordsOf('ann@example.com ben')).toEqual(['“ben” is not an email address.'])
    for (const wrong of [
      'a@b',
      'a@@example.com',
      '<ann@example.com>',
      'ann@example.com\0',
      'ann@exämple.com',
    ])
      expect([wrong, invite(wrong).success]).toEqual([wrong, false])
    expect(invite(`${'a'.repeat(250)}@example.com`).success).toBe(false)
  })

  test('are 20 at most', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => `p${n}@example.com`).join('\n')
    expect(invite(many(20)).success).toBe(true)
    expect(wordsOf(many(21))).toEqual(['Enter 20 addresses at most.'])
    expect(wordsOf('a'.repeat(10_001))).toEqual(['Enter 20 addresses at most.'])
  })
})

test('the name of who joins is one line, or left out', () => {
  const join = (name: string) => joinInput.safeParse({ token: 't', code: '123456', name })
  expect(join('').data?.name).toBeNull()
  expect(join('  Ann Lee ').data?.name).toBe('Ann Lee')
  expect(join('   ').error?.issues[0]?.message).toBe('Enter a name, or leave it out.')
  for (const wrong of ['Ann\nBcc: eve@example.com', 'a'.repeat(101), 'Ann\u202egpj', '\0'])
    expect([wrong, join(wrong).success]).toEqual([wrong, false])
})
