/** The command line of the bench. */
import { parseArgs } from 'node:util'

/** Changing it changes every message; results are only compared within one seed. */
export const DEFAULT_SEED = 20_261_122

export const USAGE = `npm run bench -- [filter...] [options]

  filter            run the cases whose name has all of these in it; "a,b" is a or b
  --quick           a fifth of the time, for a first look
  --list            the names of the cases, with their targets
  --seed N          other messages, drawn the same way
  --fresh           a new Buffer object for every frame
  --json FILE       the result as data, for --compare and the report
  --markdown FILE   the result as a page
  --html FILE       the result as a page with plots, in one file
  --compare FILE    what changed since that --json FILE
  --help`

/** Options and filters. Throws TypeError for an unknown option and RangeError for a value that is out of range. */
export function readArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(DEFAULT_SEED) },
      json: { type: 'string' },
      markdown: { type: 'string' },
      html: { type: 'string' },
      compare: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed is an integer, got ${values.seed}`)
  return { ...values, seed, filters: positionals }
}

/** The cases whose name fits all filters; `a,b` fits what has a or b in it. Throws RangeError when there is none. */
export function select(cases, filters) {
  const selected = cases.filter(({ name }) => filters.every((filter) => fits(name, filter)))
  if (selected.length === 0) throw new RangeError(`no case has ${filters.join(' and ')} in its name`)
  return selected
}

const fits = (name, filter) => filter.split(',').some((part) => name.includes(part))
