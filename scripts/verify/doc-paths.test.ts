import { expect, test } from 'vitest'
import { pathsIn } from './doc-paths.ts'

test('links are read from the folder of their document, without anchors', () => {
  expect(pathsIn('[a](../README.md#top) [b](threats.md)', 'docs')).toEqual(['README.md', 'docs/threats.md'])
})

test('pictures count as links', () => {
  expect(pathsIn('<img src="docs/a.png"> ![](docs/b.png)', '.')).toEqual(['docs/a.png', 'docs/b.png'])
})

test('quoted paths of this repository count, with a line number or not', () => {
  expect(pathsIn('`packages/core/src/clock.ts:12` and `apps/*/src`', '.')).toEqual([
    'packages/core/src/clock.ts',
    'apps/*/src',
  ])
})

test('addresses, anchors, commands and routes are not paths', () => {
  const text =
    '[a](https://example.org/x) [b](#here) [c](mailto:a@b.test) `npx pnpm@12 start` `/healthz` `@x/y`'
  expect(pathsIn(text, '.')).toEqual([])
})
