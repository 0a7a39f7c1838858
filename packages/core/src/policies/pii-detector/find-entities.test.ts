import { describe, expect, it } from 'vitest'
import { found } from './fixtures/found.ts'

describe('EMAIL_ADDRESS', () => {
  it.each([
    ['write to john@example.com.', 'john@example.com'],
    ['<mary.o+x@mail.example.co.uk>', 'mary.o+x@mail.example.co.uk'],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ['"john doe"@example.com', '"john doe"@example.com'],
    ['anna@bücher.example', 'anna@bücher.example'],
    ['用户john@example.com谢谢', 'john@example.com'],
    ['mailto:a@example.com?subject=x', 'a@example.com'],
    ['email=a@example.com', 'a@example.com'],
    ['a@example.com2024', 'a@example.com'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ])('reads %s', (text, address) => {
    expect(found('EMAIL_ADDRESS', text)).toEqual([address])
  })

  it.each([
    'user@host',
    '@decorator def f(): pass',
    'git@github.com:owner/repo.git',
    'npm i left-pad@1.3.0',
    'icon@2x.png',
    'j***@e******.com',
    'a@@b',
    'img@sha256:abcdef',
  ])('leaves %s alone', (text) => {
    expect(found('EMAIL_ADDRESS', text)).toEqual([])
  })
})

describe('US_SSN', () => {
  it.each([
    ['it is 536-22-8726.', '536-22-8726'],
    ['536 22 8726', '536 22 8726'],
    ['536.22.8726', '536.22.8726'],
    ['078-05-1120', '078-05-1120'],
    ['123-45-6789', '123-45-6789'],
    ['219-09-9999', '219-09-9999'],
    ['SSN: 536228726', '536228726'],
    ['my social security number is 536228726', '536228726'],
    ['ssn 53622-8726', '53622-8726'],
  ])('reads %s', (text, number) => {
    expect(found('US_SSN', text)).toEqual([number])
  })

  it.each([
    '536228726',
    '000-12-3456',
    '666-12-3456',
    '912-12-3456',
    '536-00-8726',
    '536-22-0000',
    '536-22.8726',
    '1536-22-8726',
    '536-22-87261',
    '1-536-22-8726',
    'SSN is optional; run 536228726x',
    'zip 53622-8726',
  ])('leaves %s alone', (text) => {
    expect(found('US_SSN', text)).toEqual([])
  })
})

describe('CREDIT_CARD', () => {
  it.each([
    ['card 4111 1111 1111 1111', '4111 1111 1111 1111'],
    ['4111-1111-1111-1111', '4111-1111-1111-1111'],
    ['5555555555554444', '5555555555554444'],
    ['3782 822463 10005', '3782 822463 10005'],
    ['2223003122003222', '2223003122003222'],
    ['my card number is 501800000009', '501800000009'],
    ['4111 1111 1111 1111 12/29', '4111 1111 1111 1111'],
  ])('reads %s', (text, number) => {
    expect(found('CREDIT_CARD', text)).toEqual([number])
  })

  it.each([
    '4111 1111 1111 1112',
    '0000 0000 0000 0000',
    'x4111111111111111',
    '41111111111111111111',
    '4111-1111 1111-1111',
    'step 501800000009',
    'https://example.com/runs/4111111111111111/metrics',
    '1700000000000',
  ])('leaves %s alone', (text) => {
    expect(found('CREDIT_CARD', text)).toEqual([])
  })
})

describe('IBAN_CODE', () => {
  it.each([
    ['GB82WEST12345698765432', 'GB82WEST12345698765432'],
    ['pay to DE89 3704 0044 0532 0130 00 today', 'DE89 3704 0044 0532 0130 00'],
    ['gb82west12345698765432', 'gb82west12345698765432'],
    ['NO9386011117947', 'NO9386011117947'],
  ])('reads %s', (text, code) => {
    expect(found('IBAN_CODE', text)).toEqual([code])
  })

  it.each([
    'GB83WEST12345698765432',
    'DE8937040044053201300',
    'XX82WEST12345698765432',
    'xGB82WEST12345698765432',
  ])('leaves %s alone', (text) => {
    expect(found('IBAN_CODE', text)).toEqual([])
  })
})

describe('IP_ADDRESS', () => {
  it.each([
    ['from 10.0.0.7:5000', '10.0.0.7'],
    ['192.168.0.0/16', '192.168.0.0/16'],
    ['http://10.1.2.3/x', '10.1.2.3'],
    ['::1', '::1'],
    ['fe80::1%eth0 up', 'fe80::1%eth0'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['at 2001:0db8:85a3:0000:0000:8a2e:0370:7334.', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
    ['[::]:8080', '::'],
    ['::/0', '::/0'],
  ])('reads %s', (text, address) => {
    expect(found('IP_ADDRESS', text)).toEqual([address])
  })

  it.each([
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    'version 1.2.3.4',
    'v1.2.3.4',
    'std::vector',
    'a::b',
    '12:30:45',
    '00:1a:2b:3c:4d:5e',
    '00:1a:2b:ff:fe:3c:4d:5e',
    '1::2::3',
    'use std:: here',
  ])('leaves %s alone', (text) => {
    expect(found('IP_ADDRESS', text)).toEqual([])
  })
})

describe('PHONE_NUMBER', () => {
  it.each([
    ['555-123-4567', '555-123-4567'],
    ['(555) 123-4567', '(555) 123-4567'],
    ['555.123.4567', '555.123.4567'],
    ['1-800-555-0199', '1-800-555-0199'],
    ['+1 415 555 2671', '+1 415 555 2671'],
    ['+44 (0)20 7946 0958', '+44 (0)20 7946 0958'],
    ['+49 30 901820', '+49 30 901820'],
    ['0044 20 7946 0958', '0044 20 7946 0958'],
    ['(555) 123-4567 ext. 12', '(555) 123-4567 ext. 12'],
    ['ring 4155552671', '4155552671'],
    ['4155552671', '4155552671'],
    ['call me at 5551234567', '5551234567'],
    ['phone: 467 3395', '467 3395'],
    ['Fax 0393 1144137', '0393 1144137'],
    ['0393 1144137-Office', '0393 1144137'],
    ['?phone=555-123-4567', '555-123-4567'],
  ])('reads %s', (text, number) => {
    expect(found('PHONE_NUMBER', text)).toEqual([number])
  })

  it.each([
    '5551234567',
    '1700000000',
    '2024-01-15 10:30',
    '01/15/2024',
    '123-45-6789',
    '4111 1111 1111 1111',
    '10.0.0.7',
    'order 4155552671',
    'run_id=4155552671',
    '(18 446 744 073',
    '180.48 (290.454)',
    '555-123-45678',
    'https://example.com/p/4155552671/x',
    'a1b2c3-555-123-4567',
    'phone.',
  ])('leaves %s alone', (text) => {
    expect(found('PHONE_NUMBER', text)).toEqual([])
  })

  it('takes cues behind a number from requests only, for answers stream', () => {
    expect(found('PHONE_NUMBER', '0393 1144137-Office', {}, 'response')).toEqual([])
  })

  it('reads national numbers of the configured regions', () => {
    const given = { phone_regions: ['GB'] }
    expect(found('PHONE_NUMBER', 'my number 020 7946 0958', given)).toHaveLength(1)
    const other = 'x 020 7946 0958'
    expect(found('PHONE_NUMBER', other, given)).toHaveLength(1)
    expect(found('PHONE_NUMBER', other)).toHaveLength(0)
  })
})

describe('PERSON', () => {
  it.each([
    ['My name is John Smith', ['John Smith']],
    ['Ask Maria Lopez about it.', ['Maria Lopez']],
    ['Dr. Kowalczyk will call', ['Kowalczyk']],
    ['Dear Kenjirou, welcome', ['Kenjirou']],
    ['From: Þórdís Ærlig <x@example.com>', ['Þórdís Ærlig']],
    ['my name is ludmila brzeczyk', ['ludmila']],
    ['my name is maria lopez', ['maria lopez']],
    ['Regards,\nQuang Phuoc', ['Quang Phuoc']],
    ['Best regards,\nZoë', ['Zoë']],
    ['J. R. Johnson wrote it', ['J. R. Johnson']],
    ['JOHN SMITH', ['JOHN SMITH']],
    ['Emma Watson and Will Johnson', ['Emma Watson', 'Will Johnson']],
    ['Ludwig van der Berg signed', ['Ludwig van der Berg']],
    ["Mark O'Neill's car", ["Mark O'Neill"]],
    ['Ms. Quillsworth came. Later Quillsworth left.', ['Quillsworth', 'Quillsworth']],
    ['Quillsworth (t.quillsworth@example.com)', ['Quillsworth']],
  ])('reads %s', (text, names) => {
    expect(found('PERSON', text)).toEqual(names)
  })

  it.each([
    'Use Random Forest on Azure Databricks with Apache Spark in Los Angeles.',
    'Will the Grant model May Mark it?',
    'May I Grant access to the Forest Page?',
    'The Adam optimizer and Monte Carlo sampling',
    'I am Happy. I am German. This is Databricks.',
    'My name is not important',
    'Hi Team, Hello World, Dear Customer',
    'Wells Fargo, Morgan Stanley and Jackson Street',
    'register the model models:/churn/Production with MLflow',
    'San Francisco, Santa Clara, Fort Wayne',
    'type: String, name: Formatter',
    'Austin, Jordan, Paris and Virginia',
    'MLflow Tracking Server and Model Registry',
    '[PERSON_REDACTED]',
  ])('leaves %s alone', (text) => {
    expect(found('PERSON', text)).toEqual([])
  })

  it('forgets earlier mentions after 256 characters of an answer', () => {
    const near = `Ms. Quillsworth came. ${'so '.repeat(20)}Quillsworth left.`
    const far = `Ms. Quillsworth came. ${'so '.repeat(120)}Quillsworth left.`
    expect(found('PERSON', near, {}, 'response')).toHaveLength(2)
    expect(found('PERSON', far, {}, 'response')).toHaveLength(1)
    expect(found('PERSON', far, {}, 'request')).toHaveLength(2)
  })
})
