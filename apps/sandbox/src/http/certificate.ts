import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const years = (count: number) => new Date(Date.now() + count * 365 * 24 * 3_600_000)
/** A day ago, because the clock of a container may lag behind. */
const yesterday = () => new Date(Date.now() - 24 * 3_600_000)

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

async function pem(key: webcrypto.CryptoKey) {
  const der = await webcrypto.subtle.exportKey('pkcs8', key)
  return x509.PemConverter.encode(der, 'PRIVATE KEY')
}

/**
 * A certificate authority that lives as long as this process, and a certificate of it for localhost. The
 * authority's own key is forgotten at once, so nobody who trusts the file can be shown anything else.
 */
export async function throwawayCertificate() {
  x509.cryptoProvider.set(webcrypto)
  const authorityKeys = await newKeys()
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Countersign sandbox, O=Throwaway',
    notBefore: yesterday(),
    notAfter: years(5),
    signingAlgorithm: algorithm,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: authority.subject,
    notBefore: yesterday(),
    notAfter: years(1),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  })
  return { ca: authority.toString('pem'), cert: certificate.toString('pem'), key: await pem(keys.privateKey) }
}
