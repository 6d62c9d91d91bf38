/**
 * Writes src/generated/cbor-reader.ts: the reader of MsgPack (src/payload/binary/read.ts) with one constant changed, so
 * that each format has functions, and what engines learn of them, of its own. Called by build/build.mjs.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const FROM = 'src/payload/binary/read.ts'
const CONSTANT = 'const CBOR: number = 0'

const text = readFileSync(FROM, 'utf8')
if (!text.includes(CONSTANT)) throw new Error(`${FROM} has no line ${CONSTANT}`)
const folders = { '../../': '../', '../': '../payload/', './': '../payload/binary/' }
const moved = text.replaceAll(/ from '((?:\.\.\/){1,2}|\.\/)/g, (_, folder) => ` from '${folders[folder]}`)
writeFileSync('src/generated/cbor-reader.ts', moved.replace(CONSTANT, CONSTANT.replace('0', '1')))
