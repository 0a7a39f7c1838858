import { describe, expect, it } from 'vitest'
import { findEntities } from '../find-entities.ts'
import { planOf } from '../fixtures/scan-in-pieces.ts'
import { countryRecognizers } from './countries.ts'

// Made once: a plan for all of them takes a while.
const plan = planOf({ entities: countryRecognizers.map(({ entity }) => entity) })

const ordinary = [
  // Logs
  '2026-11-27T01:43:47.123Z INFO [pool-3-thread-12] c.e.orders.OrderService - processed 1542 rows in 318 ms',
  '1764207827 1764207827123 level=warn msg="retry 3/5" latency_ms=10115 status=503',
  'Nov 27 01:43:47 host-12 kernel: [123456.789012] usb 1-1.4: new high-speed USB device number 7',
  'GET /api/v2/items?page=12&size=200 HTTP/1.1 200 45123 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
  'at com.acme.billing.Invoice.total(Invoice.java:217) ~[app.jar:3.14.159]',
  'trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 sampled=1',
  'request 550e8400-e29b-41d4-a716-446655440000 took 0.1234 s and read 98304 bytes',
  'pid 28461 rss 1048576 kB, heap 734003200, 16 threads, load 0.42 0.38 0.31',
  // Invoices and orders
  'Invoice INV-2026-000123 of 27/11/2026: 3 x 49.90 = 149.70 EUR, due in 30 days',
  'Order ORD1234567 ships with tracking 1Z999AA10123456784 on 12/04/2026.',
  'Bestellung 4500012345 vom 27.11.2026, Betrag 1.234.567,89 EUR, Menge 250 Stück',
  'Commande n° 2026/11/0042 du 27 novembre 2026, total 12 345 678 euros, remise 5 %',
  'Factura 2026-0098 del 27/11/2026, importe 1.250.000,00 pesos',
  'The budget rose from 12 829 320 to 1 801 450 000 crowns in 2025-2026.',
  'Article 4006381333931, 24 pieces at 7.49, pallet 18, lot 20261127A',
  'Population 1 428 627 663; area 3 287 263 km2; GDP 3 937 011 000 000.',
  // Code and configuration
  'const MAX = 2147483647; const MASK = 0xFFFFFFFF; let seed = 4294967295n',
  'version 10.15.7 build 19H2026, node v20.19.4, sqlite 3.46.1, tag v2024.11.27-rc1',
  'git show 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b && git checkout 989597e',
  'SELECT id, total FROM orders WHERE created_at > 1700000000 AND total BETWEEN 100000 AND 999999;',
  'color: #1A2B3C; width: 1920px; height: 1080px; margin: 10px 20px 30px 40px; opacity: 0.85',
  'for i in range(100000): x[i] = (i * 1103515245 + 12345) % 2147483648',
  'ISO 27001, RFC 9110, CVE-2024-12345, PEP 484, IEC 61508, DIN 5008, EN 50128',
  'int[] primes = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47}',
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'JIRA-12345 blocks ABC-987; see PR #4821 and issue 30721.',
  // Chat
  'Can you explain in 200 words why the sky is blue? I have 2 kids aged 7 and 10.',
  'The meeting is on 12.03.2027 at 14:30 in room B12, floor 3, bring 25 copies.',
  'Flight LH 1234 leaves at 06:45 from gate A23, seat 14C, booking ABC123.',
  'My score was 98765 points in level 12, the record is 1234567.',
  'Call me after 5, or write to room 4021; the code for the door is 1357.',
  'Convert 1234567890 seconds to years, and 0123456789 to hexadecimal.',
  'The A4 from M1 to B12 takes 45 min; the ICE 597 stops in Ulm at 10:05.',
  'He was born in 1985 and lived from 1990 to 2015 in a flat with 3 rooms.',
  'Model XR2000 needs 4 AA batteries, 1.5 V each, and weighs 1250 g.',
  'Le TGV 6607 part à 08h04 de la voie 12, voiture 18, place 64.',
  'Das Paket wiegt 12,5 kg und misst 60 x 40 x 30 cm; Lieferung in 3-5 Tagen.',
  'La reunión del 15/06/2026 duró 90 minutos y costó 12.500 euros.',
  'Il treno 9543 parte alle 17:20 dal binario 8; il biglietto costa 49,90 euro.',
  'A sequência é 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377.',
  'Pass the PAN to the cook and put the SIN of the song aside: NIE in life, ID or no ID.',
  'TIN and ZINC are metals; NIN is a band; FIN is the end; EPIC was the show.',
]

describe('ordinary texts', () => {
  it.each(ordinary)('hold no identifier of any country: %s', (text) => {
    const found = findEntities(text, 'request', plan)
    expect(found.map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([])
  })
})
