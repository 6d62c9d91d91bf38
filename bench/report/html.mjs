export function htmlOf() {
  return ''
}
