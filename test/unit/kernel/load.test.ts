/** Tests of src/kernel/load.ts: what is said where WebAssembly is missing, or must not be compiled. */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createCodec, Publish, type WasmModule, type WasmSource } from '../../../src/core.ts'
import { WampCodecError } from '../../../src/errors.ts'
import { KERNEL_CORE } from '../../../src/generated/kernel-core.ts'
import { KernelAsset, type KernelFiles, kernelOf } from '../../../src/kernel/load.ts'
import { javascriptKernel } from '../../support/javascript-kernel.ts'

const real = WebAssembly
const out = (file: string): URL => new URL(`../../../out/wasm/${file}`, import.meta.url)
const SCALAR = readFileSync(out('kernel-core-scalar.wasm'))
const JAVASCRIPT = await javascriptKernel('kernel-core-scalar.js')

const asset = (files: Partial<KernelFiles> = {}): KernelAsset =>
  new KernelAsset(KERNEL_CORE, {
    scalar: () => out('kernel-core-scalar.wasm'),
    javascript: () => out('kernel-core-scalar.js'),
    ...files,
  })

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

/** A kernel as JavaScript works as any other. */
function exercise(module: WasmModule): void {
  const codec = createCodec({ module })
  const frame = codec
    .serializer('cbor')
    .encode(new Publish({ request: 1, topic: 'a.b', args: ['é', 2 ** 40] }))
  expect(codec.serializer('cbor').decode(frame).marshal()).toEqual([16, 1, {}, 'a.b', ['é', 2 ** 40]])
}

describe('where there is no WebAssembly', () => {
  test.each<[string, () => unknown]>([
    ['compiling at once', () => asset().compiled()],
    ['taking a compiled module', () => kernelOf({} as WebAssembly.Module)],
  ])('%s says so, and names loadCodec', async (_, action) => {
    vi.stubGlobal('WebAssembly', undefined)
    expect((await errorOf(action)).message).toBe(
      'this runtime has no WebAssembly; use await loadCodec(), which then runs the kernel as JavaScript',
    )
  })

  test.each<[string, WasmSource | undefined]>([
    ['loading', undefined],
    ['loading given bytes', SCALAR],
    ['loading the kernel as JavaScript', JAVASCRIPT],
  ])('%s gives the kernel as JavaScript', async (_, source) => {
    vi.stubGlobal('WebAssembly', undefined)
    const module = await asset().load(source)
    expect(module).toBe(JAVASCRIPT)
    exercise(module)
  })

  test('it is loaded once, and used at once afterwards', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    let loads = 0
    const counting = asset({
      javascript: () => {
        loads++
        return out('kernel-core-scalar.js')
      },
    })
    await counting.load()
    expect([await counting.load(), counting.compiled(), loads]).toEqual([JAVASCRIPT, JAVASCRIPT, 1])
  })

  test.each<[string, () => URL, string]>([
    ['is not where the bundle says', () => out('missing.js'), ` from ${out('missing.js').href}`],
    ['is another one', () => out('../../src/limits.ts'), ` from ${out('../../src/limits.ts').href}`],
    ['has no place, because the bundle has no URL', () => new URL('./kernel.js', undefined), ''],
  ])('a file that %s is named', async (_, javascript, place) => {
    vi.stubGlobal('WebAssembly', undefined)
    const error = await errorOf(() => asset({ javascript }).load())
    expect(error.message).toBe(
      `this runtime has no WebAssembly, and the kernel for it cannot be loaded${place}; put the file of this name in ` +
        'dist/ of wamp-codec there, or give the kernel in the option module',
    )
    expect(error.cause).toBeInstanceOf(Error)
  })
})

test('whoever loads, or compiles at once, while it is loaded has the same kernel', async () => {
  const one = asset()
  const [first, second] = await Promise.all([one.load(), one.load()])
  expect(second).toBe(first)
  const other = asset()
  const loading = other.load()
  const compiled = other.compiled()
  expect([await loading, await other.load(), other.compiled()]).toEqual([compiled, compiled, compiled])
  expect(await loading).toBe(compiled)
})

test('a load that failed is tried again', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  let tries = 0
  const late = asset({ javascript: () => out(tries++ === 0 ? 'missing.js' : 'kernel-core-scalar.js') })
  const [one, two] = await Promise.allSettled([late.load(), late.load()])
  expect([one.status, two.status, tries]).toEqual(['rejected', 'rejected', 1])
  expect(await late.load()).toBe(JAVASCRIPT)
})

describe('where a content security policy forbids to compile', () => {
  const cause = new real.CompileError("WebAssembly.Module(): violates the directive: script-src 'self'")

  test("compiling at once names 'wasm-unsafe-eval' and loadCodec", async () => {
    stub(refuse(() => cause))
    const error = await errorOf(() => asset().compiled())
    expect(error.message).toBe(
      "compiling WebAssembly is forbidden here; allow 'wasm-unsafe-eval' in the script-src of the content security policy, " +
        'or use await loadCodec(), which then runs the kernel as JavaScript',
    )
    expect(error.cause).toBe(cause)
  })

  test.each<[string, WasmSource | undefined]>([
    ['loading', undefined],
    ['loading given bytes', SCALAR],
  ])('%s gives the kernel as JavaScript', async (_, source) => {
    stub(refuse(() => cause))
    expect(await asset().load(source)).toBe(JAVASCRIPT)
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

test('where there is no SIMD, loading says that the scalar kernel is missing', async () => {
  const { validate } = real
  stub({ validate: (bytes) => validate(bytes) && (bytes as Uint8Array).length === SCALAR.length })
  expect(await asset().load()).toBeInstanceOf(real.Module)
  const scalar = (): URL => new URL('data:application/wasm,')
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })))
  const error = await errorOf(() => asset({ scalar }).load())
  expect(error.message).toBe(
    'this engine has no WebAssembly SIMD, and the kernel for it cannot be loaded from data:application/wasm,; put the ' +
      'file of this name in dist/ of wamp-codec there, or give the kernel in the option module',
  )
  expect((error.cause as Error).message).toBe('the server answers with status 404')
})

test.each<[string, URL, RegExp]>([
  ['is not there', out('missing.wasm'), /^the kernel cannot be loaded from file:.*missing\.wasm: ENOENT/],
  [
    'the server refuses',
    new URL('data:application/wasm,'),
    /^the kernel cannot be loaded from data:.*status 404$/,
  ],
])('a file of the application that %s is an error of ours, with its cause', async (_, url, text) => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }))
  const error = await errorOf(() => asset().load(url))
  expect(error).toMatchObject({ code: 'KERNEL_UNAVAILABLE', message: expect.stringMatching(text) })
  expect(error.cause).toBeInstanceOf(Error)
})

test('a response of a server that has no kernel is told from bytes that are none', async () => {
  const error = await errorOf(() => asset().load(new Response('not found', { status: 404 })))
  expect(error.message).toBe('the kernel cannot be loaded: the server answers with status 404')
})

test('a promise of a response must be awaited', async () => {
  const promise = Promise.resolve(new Response())
  await expect(asset().load(promise as unknown as Response)).rejects.toThrow(
    'wasm: expected a URL object, Response, BufferSource or WebAssembly.Module, got a promise, which must be awaited',
  )
})

test('bytes that are no WebAssembly are told from a policy', async () => {
  const error = await errorOf(() => asset().load(new Uint8Array([1, 2, 3])))
  expect(error.message).toBe(
    'this engine cannot compile the kernel: its bytes are not WebAssembly, or need a feature that the engine lacks',
  )
  expect(error.cause).toBeInstanceOf(real.CompileError)
})

test('shared memory with the kernel is compiled as any other', async () => {
  const shared = new SharedArrayBuffer(SCALAR.length)
  new Uint8Array(shared).set(SCALAR)
  exercise(await asset().load(shared as unknown as ArrayBuffer))
})

test('null in the place of WebAssembly means that there is none', async () => {
  vi.stubGlobal('WebAssembly', null)
  expect((await errorOf(() => asset().compiled())).message).toMatch(/^this runtime has no WebAssembly;/)
})

test.each([
  ['of nothing', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]],
  ['with an import', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x61, 1, 0x62, 0, 0]],
])('a module %s is no kernel', (_, bytes) => {
  const module = new WebAssembly.Module(Uint8Array.from(bytes))
  expect(() => createCodec({ module })).toThrow(new TypeError('the module is no kernel of wamp-codec'))
})
