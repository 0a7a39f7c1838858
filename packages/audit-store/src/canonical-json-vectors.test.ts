import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { EventRefusal } from './event-refusal.ts'

/*
 * The test data of RFC 8785 (cyberphone/json-canonicalization, testdata/input and testdata/output). An event holds a part of JSON only
 * (decision L2): what lies outside must be refused, never written in another way.
 */
const canonicalise = (input: string): string => canonicalJson(JSON.parse(input))

describe('the published vectors of RFC 8785', () => {
  it.each([
    [
      'arrays',
      '[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]',
      '[56,{"1":[],"10":null,"d":true}]',
    ],
    [
      'unicode',
      '{\n  "Unnormalized Unicode":"\\u1e0d\\u0307"\n}\n',
      '{"Unnormalized Unicode":"\u1e0d\u0307"}',
    ],
    [
      'values, without the numbers that are not integers',
      '{\n  "escaping": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",\n  "literals": [null, true, false]\n}',
      '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false]}',
    ],
    [
      'structures, without the names that are not printable ASCII',
      '{\n  "1": {"f": {"f": "hi","F": 5} },\n  "10": { },\n  "a": { },\n  "111": [ { } ],\n  "A": { }\n}',
      '{"1":{"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ],
    [
      'weird, without the names that are not ASCII',
      '{\n  "1": "One",\n  "</script>": "Browser Challenge",\n  "x": "Control\\u007f"\n}',
      '{"1":"One","</script>":"Browser Challenge","x":"Control\u007f"}',
    ],
  ])('%s', (_name, input, output) => {
    expect(canonicalise(input)).toBe(output)
  })

  it.each([
    ['values: 1E30', '{"numbers": [1E30]}'],
    ['values: 4.50', '{"numbers": [4.50]}'],
    ['values: 333333333.33333329', '{"numbers": [333333333.33333329]}'],
    ['values: 2e-3', '{"numbers": [2e-3]}'],
    ['values: 1e-27', '{"numbers": [0.000000000000000000000000001]}'],
    ['structures: an empty name', '{"": "empty"}'],
    ['structures: a line feed in a name', '{"1": {"\\n": 56.0}}'],
    ['french: names outside ASCII', '{"péché": "is wrong according to French"}'],
    ['weird: a name outside ASCII', '{"\\u20ac": "Euro Sign"}'],
    ['weird: a name outside the BMP', '{"\\ud83d\\ude02": "Smiley"}'],
  ])('refuses %s', (_name, input) => {
    expect(() => canonicalise(input)).toThrow(EventRefusal)
  })
})
