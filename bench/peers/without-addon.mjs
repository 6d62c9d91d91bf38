/**
 * A second copy of a peer's decoder that never got its native addon: what a browser runs. The addon is handed to the
 * module once for the whole process, so a copy under another URL has none, and both take turns in the same rounds.
 */
export async function withoutAddon(name, file) {
  const url = new URL(`${file}?without-addon`, import.meta.resolve(name))
  const copy = await import(url)
  if (copy.isNativeAccelerationEnabled) throw new Error(`${name} has its addon although it should not`)
  return copy
}
