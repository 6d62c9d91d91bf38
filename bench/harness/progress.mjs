/** The progress bar: one line that is written over and over, on a terminal only. */

const WIDTH = 28

/** The line for `done` of `total` cases after so many milliseconds. */
export function progressLine(done, total, elapsed, name) {
  const filled = Math.round((done / total) * WIDTH)
  const left = done === 0 ? '' : `, ${clock((elapsed / done) * (total - done))} left`
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${done}/${total}${left}  ${name}`
}

const clock = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.round(ms / 1000) % 60).padStart(2, '0')}`

/** Shows how far the bench is. `print` writes a whole line above the bar. */
export function progressOn(stream, total) {
  const began = performance.now()
  const clear = () => stream.isTTY && stream.write('\r\u001b[2K')
  return {
    show(done, name) {
      if (!stream.isTTY) return
      clear()
      stream.write(
        progressLine(done, total, performance.now() - began, name).slice(0, (stream.columns ?? 100) - 1),
      )
    },
    clear,
  }
}
