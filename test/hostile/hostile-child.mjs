/** The shared hostile corpus in a process of its own: corpora.test.ts gives it little heap and little time. */
import { importTypeScript } from '../../build/import-typescript.mjs'

const { runHostile } = await importTypeScript('test/hostile/corpora.ts')
process.stdout.write(JSON.stringify(runHostile()))
