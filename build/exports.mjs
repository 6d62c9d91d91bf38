/** `node build/exports.mjs`: writes what follows from build/entries.mjs into package.json. */
import { readFileSync, writeFileSync } from 'node:fs'
import { packageFields } from './entries.mjs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
writeFileSync('package.json', `${JSON.stringify({ ...manifest, ...packageFields() }, null, 2)}\n`)
