/** Removes everything that the build makes; `npm start` and `npm test` make it again. */
import { rmSync } from 'node:fs'

for (const path of ['dist', 'out', 'src/generated', 'assembly/generated', 'coverage'])
  rmSync(path, { recursive: true, force: true })
