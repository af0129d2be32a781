import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { root } from '../lib/paths.ts'
import { type Check, projectFiles } from './check.ts'

const documents = /^([A-Z]+\.md|docs\/.*\.md|(apps|packages)\/[^/]+\/README\.md)$/
const repositoryPath = /^(apps|packages|scripts|docs|e2e|\.ci)\/[\w.*/@-]+$/

/** Every link to a file, and every `path` in a document that looks like one of this repository, exists. */
export const docPaths: Check = {
  name: 'doc paths',
  async run() {
    const mentions = projectFiles(documents).flatMap((document) => mentionedPaths(document))
    const problems = mentions
      .filter(({ path }) => !exists(path))
      .map(({ document, path }) => `${document} mentions ${path}, which does not exist`)
    return { count: mentions.length, of: 'paths', problems }
  },
}

function mentionedPaths(document: string): { document: string; path: string }[] {
  const text = readFileSync(join(root, document), 'utf8')
  return pathsIn(text, dirname(document)).map((path) => ({ document, path }))
}

/** The paths a document in `folder` speaks of, relative to the root; `*` stands for anything. */
export function pathsIn(text: string, folder: string): string[] {
  const linked = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)]
    .map((match) => decodeURI(match[1] ?? match[2] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^([a-z]+:|\/)/i.test(target))
    .map((target) => normalize(join(folder, target)))
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)]
    .map((match) => (match[1] ?? '').replace(/:\d+$/, ''))
    .filter((path) => repositoryPath.test(path))
  return [...linked, ...quoted]
}

function exists(path: string): boolean {
  if (path.includes('*')) return globSync(path, { cwd: root }).length > 0
  return existsSync(join(root, path))
}
