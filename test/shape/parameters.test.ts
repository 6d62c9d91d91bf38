/** No function has more than six parameters, but for the exports of the kernel, across which only numbers go. */
import { readdirSync, readFileSync } from 'node:fs'
import typescript, { type Node } from 'typescript'
import { expect, test } from 'vitest'

const MOST = 6

/** Each as the kernel has it and as `src/kernel/exports.ts` declares it. */
const EXPORTS = ['check', 'checkArgs', 'find', 'scan', 'scanFlatBuffers', 'scanTranscoding', 'transcode']

/** Functions of a file with too many parameters, by their names; those without one by what they are assigned to. */
function excesses(file: string): string[] {
  const source = typescript.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    typescript.ScriptTarget.Latest,
    true,
  )
  const found: string[] = []
  const visit = (node: Node): void => {
    if (typescript.isFunctionLike(node) && node.parameters.length > MOST) {
      const named = node.name ?? (node.parent as { name?: Node }).name
      found.push(named?.getText() ?? 'a function')
    }
    typescript.forEachChild(node, visit)
  }
  visit(source)
  return found
}

test.each(['assembly', 'build', 'src'])('no function of %s/ has more than six parameters', (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|mjs)$/.test(file),
  )
  expect(files.length).toBeGreaterThan(10)
  const found = files.flatMap((file) => excesses(`${folder}/${file}`).map((name) => `${file} ${name}`))
  const exports =
    folder === 'assembly'
      ? found.filter((each) => EXPORTS.includes(each.split(' ')[1] as string) && !each.includes('/'))
      : found.filter((each) => each.startsWith('kernel/exports.ts '))
  expect(found).toEqual(exports)
  expect(exports.length).toBe({ assembly: EXPORTS.length, build: 0, src: 5 }[folder])
})
