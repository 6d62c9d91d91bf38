/** The command line of the bench. */
import { parseArgs } from 'node:util'
import { SETS } from './sets.mjs'

/** Changing it changes every message; results are only compared within one seed. */
export const DEFAULT_SEED = 20_261_122

export const USAGE = `npm run bench -- [filter...] [options]

  filter            run the cases whose name has all of these in it; "a,b" is a or b
  --quick           a fifth of the time, for a first look
  --list            the names of the cases, with their targets
  --seed N          other messages, drawn the same way
  --reused          the same Buffer objects again, instead of new ones for every frame
  --set named       about 120 cases that say the most, instead of all
  --json FILE       the result as data, for --compare and the report
  --markdown FILE   the result as a page
  --html FILE       the result as a page with plots, in one file
  --chromium FILE   columns in that page from the --json FILE of npm run bench:browser
  --compare FILE    what changed since that --json FILE
  --help

In front of these, \`--node 20\`, \`24\` (default) or \`26\` is the Node.js in which all of it runs.`

/** Options and filters. Throws TypeError for an unknown option and RangeError for a value that is out of range. */
export function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      reused: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(DEFAULT_SEED) },
      set: { type: 'string', default: 'all' },
      json: { type: 'string' },
      markdown: { type: 'string' },
      html: { type: 'string' },
      chromium: { type: 'string' },
      compare: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed is an integer, got ${values.seed}`)
  if (!(values.set in SETS)) throw new RangeError(`--set is one of ${Object.keys(SETS)}, got ${values.set}`)
  return { ...values, seed, filters: positionals }
}

/**
 * The cases of a set whose name fits all filters; `a,b` fits what has a or b in it. Throws RangeError when there is
 * none.
 */
export function select(cases, filters, set = 'all') {
  const isIn = SETS[set]
  const selected = cases.filter(({ name }) => isIn(name) && filters.every((filter) => fits(name, filter)))
  if (selected.length === 0) throw new RangeError(`no case has ${filters.join(' and ')} in its name`)
  return selected
}

const fits = (name, filter) => filter.split(',').some((part) => name.includes(part))
