import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { browserCounts, unitCounts } from './results'

let file: string

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'results-')), 'report.json')
})
afterEach(() => rmSync(join(file, '..'), { recursive: true }))

const report = (content: object) => writeFileSync(file, JSON.stringify(content))

test('a unit test file that could not be loaded is a failure of its own', () => {
  report({
    numPassedTests: 7,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  })
  expect(unitCounts(file)).toEqual({ passed: 7, failed: 2 })
})

test('a browser test that passed at the second try passed; an error outside of tests is a failure', () => {
  report({ stats: { expected: 4, unexpected: 1, flaky: 1 }, errors: [{ message: 'no tests found' }] })
  expect(browserCounts(file)).toEqual({ passed: 5, failed: 2 })
})
