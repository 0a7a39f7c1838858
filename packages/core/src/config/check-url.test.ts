import { describe, expect, it } from 'vitest'
import { checkUrl } from './check-url.ts'
import { isForbiddenAddress } from './forbidden-address.ts'

function codeOf(text: string): string {
  const checked = checkUrl(text)
  return 'url' in checked ? checked.url : checked.problem.code
}

it.each([
  ['http://mlflow-server:5000/v1', 'http://mlflow-server:5000/v1'],
  ['HTTP://MLflow-Server:80/v1/', 'http://mlflow-server/v1'],
  [
    'https://adb-1.7.azuredatabricks.net/serving-endpoints',
    'https://adb-1.7.azuredatabricks.net/serving-endpoints',
  ],
  ['http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['http://[::1]:5000/', 'http://[::1]:5000'],
  ['http://10.0.0.7/a/../b', 'http://10.0.0.7/b'],
])('normalises %s', (text, expected) => {
  expect(codeOf(text)).toBe(expected)
})

it.each([
  ['mlflow-server:5000/v1', 'E018'],
  ['/v1', 'E018'],
  ['', 'E018'],
  ['file:///etc/passwd', 'E018'],
  ['http:/host', 'E018'],
  ['http://', 'E018'],
  ['http://host:99999', 'E018'],
  ['http://ho st', 'E018'],
  ['http://host\n/v1', 'E018'],
  ['http://host/v1?', 'E018'],
  ['http://host/v1#x', 'E018'],
  ['http://user@host', 'E019'],
  ['http://:secret@host', 'E019'],
  ['http://169.254.169.254/latest', 'E024'],
  ['http://metadata.google.internal', 'E024'],
])('refuses %j', (text, code) => {
  expect(codeOf(text)).toBe(code)
})

describe('addresses that are never called', () => {
  it.each([
    'http://0xa9.0xfe.0xa9.0xfe',
    'http://2852039166',
    'http://0251.0376.0251.0376',
    'http://169.254.1',
    'http://①⑥⑨.254.169.254',
    'http://[::ffff:169.254.169.254]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[64:ff9b::a9fe:a9fe]',
    'http://[fe80::1]',
    'http://[febf::1]',
    'http://[fd00:ec2::254]',
    'http://METADATA.google.internal.',
    'http://100.100.100.200',
  ])('%s', (text) => {
    expect(codeOf(text)).toBe('E024')
  })

  it.each([
    '169.253.255.255',
    '169.255.0.0',
    '10.0.0.1',
    '::1',
    'fec0::1',
    'fd00::254',
    '192.168.1.1',
  ])('but not %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(false)
  })
})
