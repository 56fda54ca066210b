import { expect, test } from 'vitest'
import { dropReasons } from '@/lib/notices/kinds'
import { mailsText, mailText } from './mail-words'

const at = '2026-11-23T09:00:00.000Z'

test('a mail was sent, is on its way, waits and says why, or was not sent and says why', () => {
  const waiting = { state: 'waiting', nextAt: at, problem: null } as const
  expect(mailText({ state: 'mailed', at })).toEqual(['Mailed ', new Date(at)])
  expect(mailText({ ...waiting, tries: 0 })).toEqual(['Waiting to be sent'])
  expect(mailText({ ...waiting, tries: 1 })).toEqual(['Being sent now'])
  expect(mailText({ ...waiting, tries: 4, problem: 'No answer.' })).toEqual([
    'Waiting after 4 tries, next ',
    new Date(at),
    '. No answer.',
  ])
  for (const reason of dropReasons)
    expect(mailText({ state: 'dropped', reason }).join('')).toMatch(/^Not sent: [a-z ]+$/)
})

test('all mails of a notice are one line, which leaves out what there is none of', () => {
  expect(mailsText({ mailed: 1_200, waiting: 3, dropped: 1, people: [] })).toBe(
    'Mail: 1,200 sent, 3 waiting, 1 not sent',
  )
  expect(mailsText({ mailed: 1, waiting: 0, dropped: 0, people: [] })).toBe('Mail: 1 sent')
})
