/**
 * Hooks of Node's module loader: a file of the example router that is imported with `?rival` gets `rival.mjs` for
 * `wamp-codec`, and so do the files that it imports. So both lanes of the bench run the very same code.
 */
const RIVAL = new URL('rival.mjs', import.meta.url).href

export async function resolve(specifier, context, nextResolve) {
  if (!context.parentURL?.endsWith('?rival')) return nextResolve(specifier, context)
  if (specifier === 'wamp-codec') return { url: RIVAL, shortCircuit: true }
  const resolved = await nextResolve(specifier, context)
  const isOfRouter = resolved.url.includes('/examples/router/')
  return isOfRouter ? { ...resolved, url: `${resolved.url}?rival` } : resolved
}
