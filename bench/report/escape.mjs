/** Text -> text in HTML and SVG, where some characters mean something. */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The text with these characters written as entities. */
export function escaped(text) {
  return String(text).replaceAll(/[&<>"]/g, (character) => ENTITIES[character])
}
