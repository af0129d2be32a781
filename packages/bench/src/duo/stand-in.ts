import 'reflect-metadata'
import { createHmac, webcrypto } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const clientId = 'DI'.padEnd(20, 'B')
const secret = 's'.repeat(40)

const certificate = async () => {
  x509.cryptoProvider.set(webcrypto)
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const name = 'CN=localhost'
  const alternative = new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 3600_000),
    notAfter: new Date(Date.now() + 24 * 3600_000),
    extensions: [new x509.BasicConstraintsExtension(true), alternative],
  })
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { cert: made.toString('pem'), key: x509.PemConverter.encode(der, 'PRIVATE KEY') }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

const signed = (claims: object): string => {
  const body = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode(claims)}`
  return `${body}.${createHmac('sha512', secret).update(body).digest('base64url')}`
}

/** Whom a code of the stand-in vouches for. */
export const codeFor = (username: string): string => Buffer.from(username).toString('base64url')

/** Duo that says yes at once, so that what is measured is ours: the server's leg of Universal Prompt over TLS. */
export const startDuo = async () => {
  const { cert, key } = await certificate()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-duo-'))
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, cert)
  let host = ''
  const token = (code: string) => {
    const now = Math.floor(Date.now() / 1000)
    const username = Buffer.from(code, 'base64url').toString()
    const times = { iat: now, exp: now + 300, auth_time: now }
    const who = {
      iss: `https://${host}/oauth/v1/token`,
      aud: clientId,
      sub: username,
      preferred_username: username,
    }
    const auth = {
      auth_result: { result: 'allow', status: 'allow', status_msg: 'Approved' },
      auth_context: { factor: 'duo_push' },
    }
    return {
      id_token: signed({ ...who, ...times, ...auth }),
      access_token: 'none',
      expires_in: 300,
      token_type: 'Bearer',
    }
  }
  let spent = 0
  const server = createServer({ cert, key }, async (request, response) => {
    const begun = performance.now()
    response.once('finish', () => {
      spent += performance.now() - begun
    })
    let body = ''
    for await (const part of request) body += part
    const answer = request.url?.endsWith('/health_check')
      ? { stat: 'OK', response: { timestamp: 1 } }
      : token(new URLSearchParams(body).get('code') ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `localhost:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.close()
    server.closeAllConnections()
    rmSync(folder, { recursive: true })
  }
  const keys = { integrationKey: clientId, secretKey: secret, apiHost: host }
  /** Milliseconds it has taken to answer, all requests together. */
  return { keys, caFile, spent: () => spent, stop }
}

export type StandIn = Awaited<ReturnType<typeof startDuo>>
