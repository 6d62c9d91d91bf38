/** The garbage collector of a page; Chromium is started with `--expose-gc`. */
export function collect() {
  globalThis.gc()
}
