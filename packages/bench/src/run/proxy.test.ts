import { expect, test } from 'vitest'
import { readyCounter } from './proxy.ts'

const message = (type: string, length: number) => {
  const bytes = Buffer.alloc(1 + length, 'Z')
  bytes.write(type)
  bytes.writeUInt32BE(length, 1)
  return bytes
}
const stream = Buffer.concat([message('T', 40), message('Z', 5), message('D', 4), message('Z', 5)])

test.each([1, 2, 3, 5, 7, stream.length])('ReadyForQuery is counted in pieces of %i bytes', (size) => {
  let count = 0
  const see = readyCounter(() => count++)
  for (let at = 0; at < stream.length; at += size) see(stream.subarray(at, at + size))
  expect(count).toBe(2)
})
