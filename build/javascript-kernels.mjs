/**
 * The scalar kernels as JavaScript, for runtimes that have no WebAssembly or must not compile it: binaryen's wasm2js,
 * as one module each in out/wasm/, beside the binary that it is made of.
 */
import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'

const execute = promisify(execFile)
const BINARYEN = 'node_modules/binaryen/bin'
/** Its JavaScript has neither of the first two, and the third is left to it. */
const LOWERING = [
  ...['--enable-sign-ext', '--signext-lowering'],
  ...['--enable-nontrapping-float-to-int', '--llvm-nontrapping-fptoint-lowering'],
  '--enable-bulk-memory',
]

/** A load or store of several bytes, with its address when that is a constant. */
const ACCESS =
  /(\([if](32|64)\.(?:load|store)(?!8)(16|32)?\S*)(?: offset=(\d+))?(?: align=\d+)?\s+(?=(?:\(i32\.const (\d+))?)/g

/** Writes NAME.js out of NAME.wasm. */
export async function compileToJavaScript(name) {
  const file = `out/wasm/${name}`
  const run = (tool, ...args) => execute(process.execPath, [`${BINARYEN}/${tool}`, ...args], BIG)
  await run('wasm-opt', `${file}.wasm`, ...LOWERING, '-S', '-o', `${file}.wat`)
  writeFileSync(`${file}.wat`, withAlignments(readFileSync(`${file}.wat`, 'utf8')))
  await run('wasm2js', `${file}.wat`, '-O', '--enable-bulk-memory', '-o', `${file}.js`)
  const { code } = await transform(moduleOf(name, readFileSync(`${file}.js`, 'utf8')), {
    minify: true,
    format: 'esm',
    target: 'es2020',
  })
  writeFileSync(`${file}.js`, code)
  rmSync(`${file}.wat`)
  console.log(`${name}.js ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} gzipped`)
}

const BIG = { maxBuffer: 1 << 28 }

/**
 * Typed arrays have no elements between two places, and wasm2js takes it that addresses are multiples of the size
 * unless they say otherwise: all but constants that are, do. These accesses become accesses of single bytes.
 */
function withAlignments(text) {
  return text.replaceAll(ACCESS, (access, operation, bits, narrow = bits, offset = '0', constant) => {
    const isAligned = constant !== undefined && (Number(constant) + Number(offset)) % (narrow / 8) === 0
    return isAligned ? access : `${operation} offset=${offset} align=1 `
  })
}

/** Instances must not share the variables that wasm2js puts into its module. */
function moduleOf(name, text) {
  const end = text.indexOf('var retasmFunc')
  if (end < 0) throw new Error('wasm2js writes its modules in another way')
  return `export default {
    name: '${name}',
    instantiate() {
      ${withFailure(text.slice(0, end))}
      return asmFunc({})
    },
  }`
}

const GROWS = 'if ((oldPages < newPages) && (newPages < 65536)) {'
const NEW_MEMORY = 'var newBuffer = new ArrayBuffer(newPages << 16);'

/** `memory.grow` answers -1 where there is no memory, and beyond 2 GiB, where addresses would be negative. */
function withFailure(text) {
  if (!text.includes(GROWS) || !text.includes(NEW_MEMORY))
    throw new Error('wasm2js grows memory in another way')
  return text
    .replace(GROWS, 'if (newPages > 32768) return -1; if (oldPages < newPages) {')
    .replace(
      NEW_MEMORY,
      'var newBuffer; try { newBuffer = new ArrayBuffer(newPages * 65536) } catch { return -1 }',
    )
}
