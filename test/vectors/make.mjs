/**
 * Writes test/vectors/messages.json: `node test/vectors/make.mjs`, when what we encode has changed on purpose. Needs a
 * build, for src/generated.
 */
import { writeFileSync } from 'node:fs'
import { importTypeScript } from '../../build/import-typescript.mjs'

const { ownVectors } = await importTypeScript('test/vectors/messages.ts')
writeFileSync('test/vectors/messages.json', ownVectors())
