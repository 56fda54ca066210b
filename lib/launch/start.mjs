import './require-node.mjs'
import { run } from './bootstrap.mjs'

run('lib/launch/run-start.ts')
