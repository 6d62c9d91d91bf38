/**
 * The package's declarations: each file's own, specifiers with the ending that files of the package have, and without
 * what no entry leads to. Types are checked by `npm test`, which takes three times as long as this.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, posix, relative } from 'node:path'
import typescript from 'typescript'
import { ENTRIES } from './entries.mjs'
import { TARGETS } from './targets.mjs'

const SPECIFIER = /(from |import\()(['"])(\.[^'"]*)\.[tj]s\2/g

/** The declarations in a folder that some of them lead to, and these. */
export function reachable(folder, files) {
  const found = new Set(files)
  for (const file of found) {
    for (const [, , , path] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(SPECIFIER)) {
      found.add(`${posix.join(posix.dirname(file), path)}.d.ts`)
    }
  }
  return found
}

/** Writes the declarations into a folder. Throws Error for what only a look at other files could tell. */
export function writeDeclarations(folder) {
  const { config } = typescript.readConfigFile('tsconfig.build.json', typescript.sys.readFile)
  const { options, fileNames } = typescript.parseJsonConfigFileContent(config, typescript.sys, '.')
  for (const fileName of fileNames.filter((name) => !name.endsWith('.d.ts'))) {
    const declared = typescript.transpileDeclaration(readFileSync(fileName, 'utf8'), {
      ...{ fileName, compilerOptions: options, reportDiagnostics: true },
    })
    const [fault] = declared.diagnostics ?? []
    if (fault !== undefined)
      throw new Error(`${fileName}: ${typescript.flattenDiagnosticMessageText(fault.messageText, ' ')}`)
    const file = `${folder}/${relative('src', fileName)}`.replace(/\.ts$/, '.d.ts')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, declared.outputText)
  }
  finish(folder)
}

function finish(folder) {
  const targets = Object.values(TARGETS).map(({ source }) => `targets/${source}`)
  const sources = [...ENTRIES.map(({ source }) => source), ...targets]
  const kept = reachable(
    folder,
    sources.map((source) => `${source}.d.ts`),
  )
  for (const file of kept) {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    writeFileSync(`${folder}/${file}`, text.replaceAll(SPECIFIER, '$1$2$3.js$2'))
  }
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = name.replaceAll('\\', '/')
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(`${folder}/${file}`)
  }
}
