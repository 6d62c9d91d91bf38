/** Tests of src/kernel/load.ts: what is said where WebAssembly is missing, or must not be compiled. */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WampCodecError } from '../../../src/errors.ts'
import { KERNEL_CORE } from '../../../src/generated/kernel-core.ts'
import { KernelAsset, kernelOf } from '../../../src/kernel/load.ts'

const real = WebAssembly
const WASM = '../../../out/wasm/kernel-core-scalar.wasm'
const SCALAR = readFileSync(new URL(WASM, import.meta.url))

const asset = (): KernelAsset => new KernelAsset(KERNEL_CORE, () => new URL(WASM, import.meta.url))

afterEach(() => vi.unstubAllGlobals())

/** WebAssembly as it is but for some members. */
function stub(members: Partial<typeof WebAssembly>): void {
  const all = Object.fromEntries(
    Object.getOwnPropertyNames(real).map((name) => [
      name,
      (real as unknown as Record<string, unknown>)[name],
    ]),
  )
  vi.stubGlobal('WebAssembly', { ...all, ...members })
}

/** A constructor and a function that refuse as an engine does. */
function refuse(error: () => Error): Partial<typeof WebAssembly> {
  return {
    Module: class {
      constructor() {
        throw error()
      }
    } as unknown as typeof WebAssembly.Module,
    compile: () => Promise.reject(error()),
  }
}

async function errorOf(action: () => unknown): Promise<WampCodecError> {
  try {
    await action()
  } catch (error) {
    expect(error).toBeInstanceOf(WampCodecError)
    expect((error as WampCodecError).code).toBe('KERNEL_UNAVAILABLE')
    return error as WampCodecError
  }
  throw new Error('expected an error, got none')
}

describe('where there is no WebAssembly', () => {
  const text =
    'this runtime has no WebAssembly, which the kernel needs; enable it (node --jitless disables it) or use ' +
    'another runtime'

  test.each<[string, () => unknown]>([
    ['compiling at once', () => asset().compiled()],
    ['loading', () => asset().load()],
    ['loading given bytes', () => asset().load(SCALAR)],
    ['taking a compiled module', () => kernelOf({} as WebAssembly.Module)],
  ])('%s says so', async (_, action) => {
    vi.stubGlobal('WebAssembly', undefined)
    expect((await errorOf(action)).message).toBe(text)
  })
})

describe('where a content security policy forbids to compile', () => {
  const text =
    "compiling WebAssembly is forbidden here; allow 'wasm-unsafe-eval' in the script-src of the content security policy, " +
    'or give createCodec or loadCodec a compiled kernel in the option module'
  const cause = new real.CompileError("WebAssembly.Module(): violates the directive: script-src 'self'")

  test.each<[string, () => unknown]>([
    ['compiling at once', () => asset().compiled()],
    ['loading', () => asset().load()],
    ['loading given bytes', () => asset().load(SCALAR)],
  ])("%s names 'wasm-unsafe-eval' and the option module", async (_, action) => {
    stub(refuse(() => cause))
    const error = await errorOf(action)
    expect(error.message).toBe(text)
    expect(error.cause).toBe(cause)
  })

  test('a kernel that was compiled before is used', async () => {
    const compiled = new real.Module(SCALAR)
    const provided = asset()
    provided.provide(compiled)
    stub({ ...refuse(() => cause), Module: real.Module })
    expect(await provided.load()).toBe(compiled)
    expect(await asset().load(compiled)).toBe(compiled)
  })
})

test('where only small modules are compiled at once, loadCodec is named', async () => {
  const cause = new RangeError('WebAssembly.Compile is disallowed on the main thread')
  stub({ Module: refuse(() => cause).Module as typeof WebAssembly.Module })
  const error = await errorOf(() => asset().compiled())
  expect(error.message).toBe(
    'compiling the kernel synchronously is forbidden here; use await loadCodec(), or give createCodec a compiled kernel in ' +
      'the option module',
  )
  expect(error.cause).toBe(cause)
  expect(await asset().load()).toBeInstanceOf(real.Module)
})

test('where there is no SIMD, loadCodec is named', async () => {
  stub({ ...refuse(() => new real.CompileError('Wasm SIMD unsupported')), validate: () => false })
  expect((await errorOf(() => asset().compiled())).message).toBe(
    'this engine has no WebAssembly SIMD; use await loadCodec(), which loads a kernel that does not need it',
  )
})

test('bytes that are no WebAssembly are told from a policy', async () => {
  const error = await errorOf(() => asset().load(new Uint8Array([1, 2, 3])))
  expect(error.message).toBe(
    'this engine cannot compile the kernel: its bytes are not WebAssembly, or need a feature that the engine lacks',
  )
  expect(error.cause).toBeInstanceOf(real.CompileError)
})
