import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCertificateAuthority } from './certificate-authority.ts'

test('a certificate names its hosts, belongs to its key and was issued by its authority', () => {
  const authority = createCertificateAuthority({ name: 'Our authority' })
  const { cert, key } = authority.issue({ hosts: ['models.test', '10.1.2.3'], name: 'models' })
  const [issuer, leaf] = [new X509Certificate(authority.cert), new X509Certificate(cert)]
  expect(issuer.ca).toBe(true)
  expect(leaf.ca).toBe(false)
  expect(leaf.subject).toBe('CN=models')
  expect(leaf.issuer).toBe('CN=Our authority')
  expect(leaf.verify(issuer.publicKey)).toBe(true)
  expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
  expect(leaf.checkHost('models.test')).toBe('models.test')
  expect(leaf.checkIP('10.1.2.3')).toBe('10.1.2.3')
  expect(leaf.checkHost('other.test')).toBeUndefined()
})

test('a certificate holds for the time that was asked for', () => {
  const to = new Date('2030-05-06T07:08:09Z')
  const { cert } = createCertificateAuthority().issue({ to })
  expect(Date.parse(new X509Certificate(cert).validTo)).toBe(to.getTime())
})
