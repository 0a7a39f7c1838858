import { base32Bytes, base64Bytes, crc16, isBech32 } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, keyed, letters, token, uuid } from './rule-forms.ts'

/** Credentials of exchanges and chains, and of services that give market data. */
export const cryptoAndFinance: readonly CredentialRule[] = [
  token({
    id: 'bip32-extended-private-key',
    vendor: 'Bitcoin',
    keywords: ['xprv', 'yprv', 'zprv', 'tprv'],
    form: '[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107,108}',
    source: 'https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki',
  }),
  keyed({
    id: 'bitcoin-wif-private-key',
    vendor: 'Bitcoin',
    keywords: ['priv', 'wif'],
    names: 'priv(?:ate)?[_ -]?key|wif',
    form: '(?:5[1-9A-HJ-NP-Za-km-z]{50}|[KL][1-9A-HJ-NP-Za-km-z]{51})',
    minEntropy: 4,
    source: 'https://en.bitcoin.it/wiki/Wallet_import_format',
  }),
  keyed({
    id: 'ethereum-private-key',
    vendor: 'Ethereum',
    keywords: ['private', 'privkey', 'mnemonic', 'deployer'],
    names: 'priv(?:ate)?[_ -]?key|deployer_key',
    form: `(?:0x)?${hex(64)}`,
    source: 'https://ethereum.org/en/developers/docs/accounts/',
  }),
  token({
    id: 'nostr-secret-key',
    vendor: 'Nostr',
    keywords: ['nsec1'],
    form: 'nsec1[02-9ac-hj-np-z]{58}',
    check: isBech32,
    source: 'https://github.com/nostr-protocol/nips/blob/master/19.md',
  }),
  keyed({
    id: 'stellar-secret-seed',
    vendor: 'Stellar',
    keywords: ['stellar', 'secret', 'seed'],
    names: 'stellar|secret|seed',
    form: 'S[A-Z2-7]{55}',
    check: isStellarSeed,
    source: 'https://stellar.org/protocol/sep-23',
  }),
  keyed({
    id: 'binance-api-secret',
    vendor: 'Binance',
    keywords: ['binance', 'x-mbx-apikey'],
    names: 'binance|x-mbx-apikey',
    form: letters(64),
    minEntropy: 4,
    source: 'https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security',
  }),
  keyed({
    id: 'kraken-private-key',
    vendor: 'Kraken',
    keywords: ['kraken'],
    names: 'kraken',
    form: '[A-Za-z0-9+/]{86}==',
    minEntropy: 4,
    check: (secret) => base64Bytes(secret)?.length === 64,
    source: 'https://docs.kraken.com/api/docs/guides/spot-rest-auth/',
  }),
  keyed({
    id: 'coinbase-api-secret',
    vendor: 'Coinbase',
    keywords: ['coinbase'],
    names: 'coinbase',
    form: '(?:[A-Za-z0-9+/]{86}==|[\\w-]{64}|[A-Za-z0-9]{32})',
    minEntropy: 3.6,
    source: 'https://docs.cdp.coinbase.com/get-started/authentication/cdp-api-keys',
  }),
  keyed({
    id: 'kucoin-api-secret',
    vendor: 'KuCoin',
    keywords: ['kucoin'],
    names: 'kucoin',
    form: `(?:${uuid}|${hex(24)})`,
    source: 'https://www.kucoin.com/docs-new/authentication',
  }),
  keyed({
    id: 'etherscan-api-key',
    vendor: 'Etherscan',
    keywords: ['etherscan', 'bscscan', 'polygonscan'],
    names: '(?:ether|bsc|polygon)scan',
    form: '[A-Z0-9]{34}',
    source: 'https://docs.etherscan.io/getting-an-api-key',
  }),
  keyed({
    id: 'infura-api-key',
    vendor: 'Infura',
    keywords: ['infura'],
    names: 'infura(?:\\.io/v3/|\\.io/ws/v3/)?',
    form: hex(32),
    source: 'https://docs.metamask.io/services/how-to/get-started/infura/',
  }),
  keyed({
    id: 'alchemy-api-key',
    vendor: 'Alchemy',
    keywords: ['alchemy'],
    names: 'alchemy(?:api\\.io/v2/|\\.com/v2/)?',
    form: '(?:alcht_[A-Za-z0-9]{30}|[\\w-]{32})',
    minEntropy: 3.6,
    source: 'https://www.alchemy.com/docs/create-an-api-key',
  }),
  token({
    id: 'blockfrost-project-id',
    vendor: 'Blockfrost',
    keywords: ['mainnet', 'preprod', 'preview', 'testnet'],
    form: `(?:mainnet|preprod|preview|testnet)${letters(32)}`,
    reach: 48,
    minEntropy: 3.6,
    check: (secret) => /\d/.test(secret),
    source: 'https://docs.blockfrost.io/',
  }),
  keyed({
    id: 'opensea-api-key',
    vendor: 'OpenSea',
    keywords: ['opensea'],
    names: 'opensea',
    form: hex(32),
    source: 'https://docs.opensea.io/reference/api-keys',
  }),
  keyed({
    id: 'alpaca-secret-key',
    vendor: 'Alpaca',
    keywords: ['alpaca', 'apca'],
    names: 'alpaca|apca',
    form: `(?:[PAC]K[A-Z0-9]{18,24}|${letters('40,44')})`,
    minEntropy: 3.2,
    source: 'https://docs.alpaca.markets/docs/authentication-1',
  }),
  keyed({
    id: 'finnhub-api-key',
    vendor: 'Finnhub',
    keywords: ['finnhub'],
    names: 'finnhub',
    form: '[a-z0-9]{20}(?:[a-z0-9]{20})?',
    minEntropy: 3.2,
    source: 'https://finnhub.io/docs/api/authentication',
  }),
  keyed({
    id: 'tinkoff-invest-token',
    vendor: 'T-Invest',
    keywords: ['tinkoff', 't-invest', 'invest_token'],
    names: 'tinkoff|t-invest|invest_token',
    form: 't\\.[\\w-]{86}',
    source: 'https://developer.tbank.ru/invest/intro/intro/token',
  }),
]

/** Version byte, 32 bytes of key, and a CRC-16 of both, least significant byte first. */
function isStellarSeed(text: string): boolean {
  const bytes = base32Bytes(text.toUpperCase())
  if (bytes?.length !== 35) return false
  const sum = crc16(bytes.slice(0, 33))
  return bytes[33] === (sum & 0xff) && bytes[34] === sum >> 8
}
