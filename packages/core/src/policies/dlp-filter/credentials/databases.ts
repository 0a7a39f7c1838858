import { base64Ascii } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, isNoPlaceholder, keyed, letters, token, uuid } from './rule-forms.ts'

const schemes =
  'postgres|postgresql|mysql2?|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|oracle|clickhouse|cockroachdb|neo4j|bolt|cassandra|couchdb|kafka|nats|mqtts?|ldaps?|s?ftp|ssh|smtps?|imaps?|influxdb|snowflake|redshift|vertica|trino|presto|hive'

/** Credentials of databases and of services that keep and search data. */
export const databases: readonly CredentialRule[] = [
  {
    id: 'connection-uri-password',
    vendor: 'Databases and brokers',
    keywords: ['://'],
    holds: '@',
    pattern: new RegExp(
      `(?:${schemes})(?:\\+\\w{1,16})?://[^\\s:@/'"<>]{0,80}:(?<secret>[^\\s@/'"<>{}$\`]{3,128})@`,
      'dgi',
    ),
    reach: 280,
    check: isNoPlaceholder,
    source: 'https://datatracker.ietf.org/doc/html/rfc3986#section-3.2.1',
  },
  {
    id: 'connection-string-password',
    vendor: 'Databases (ODBC, ADO.NET)',
    keywords: ['password', 'pwd'],
    pattern:
      /(?:;|["']) {0,2}(?:Password|Pwd) {0,2}= {0,2}(?<secret>[^;"'\s<>{}$]{4,128})(?=;|["'])/dgi,
    reach: 160,
    check: isNoPlaceholder,
    source:
      'https://learn.microsoft.com/en-us/dotnet/framework/data/adonet/connection-string-syntax',
  },
  {
    id: 'jdbc-url-password',
    vendor: 'Databases (JDBC)',
    keywords: ['jdbc:'],
    pattern:
      /jdbc:[^\s"'?;]{4,160}[?;][^\s"']{0,160}?(?<![a-z])password=(?<secret>[^&;\s"'<>{}$]{3,100})/dgi,
    check: isNoPlaceholder,
    source: 'https://jdbc.postgresql.org/documentation/use/',
  },
  token({
    id: 'planetscale-credential',
    vendor: 'PlanetScale',
    keywords: ['pscale_'],
    form: 'pscale_(?:tkn|pw|oauth)_[\\w=.-]{32,64}',
    source: 'https://planetscale.com/docs/api/reference/service-tokens',
  }),
  token({
    id: 'neon-api-key',
    vendor: 'Neon',
    keywords: ['napi_'],
    form: 'napi_[a-z0-9]{64}',
    source: 'https://neon.com/docs/manage/api-keys',
  }),
  token({
    id: 'supabase-access-token',
    vendor: 'Supabase',
    keywords: ['sbp_'],
    form: `sbp_(?:v0_)?${hex(40)}`,
    source: 'https://supabase.com/docs/reference/api/introduction',
  }),
  token({
    id: 'supabase-secret-key',
    vendor: 'Supabase',
    keywords: ['sb_secret_'],
    form: 'sb_secret_[\\w-]{22}_[\\w-]{8}',
    source: 'https://supabase.com/docs/guides/api/api-keys',
  }),
  token({
    id: 'mongodb-atlas-service-account-secret',
    vendor: 'MongoDB Atlas',
    keywords: ['mdb_sa_sk_'],
    form: 'mdb_sa_sk_[\\w-]{40}',
    source: 'https://www.mongodb.com/docs/atlas/api/service-accounts-overview/',
  }),
  keyed({
    id: 'mongodb-atlas-private-key',
    vendor: 'MongoDB Atlas',
    keywords: ['atlas'],
    names: 'atlas',
    form: uuid,
    source: 'https://www.mongodb.com/docs/atlas/configure-api-access/',
  }),
  token({
    id: 'cockroachdb-api-key',
    vendor: 'CockroachDB Cloud',
    keywords: ['ccdb1_'],
    form: `CCDB1_${letters(22)}_${letters(40)}`,
    source: 'https://www.cockroachlabs.com/docs/cockroachcloud/managing-access',
  }),
  keyed({
    id: 'clickhouse-cloud-secret',
    vendor: 'ClickHouse Cloud',
    keywords: ['clickhouse'],
    names: 'clickhouse',
    form: `4b1d${letters(38)}`,
    source: 'https://clickhouse.com/docs/cloud/manage/openapi',
  }),
  token({
    id: 'datastax-astra-token',
    vendor: 'DataStax Astra DB',
    keywords: ['astracs:'],
    form: `AstraCS:${letters(24)}:${hex(64)}`,
    source:
      'https://docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html',
  }),
  token({
    id: 'fauna-secret',
    vendor: 'Fauna',
    keywords: ['fna'],
    form: 'fnA[A-Z][\\w-]{36}',
    reach: 48,
    minEntropy: 3.8,
    source: 'https://docs.faunadb.org/fauna/current/learn/security/keys/',
  }),
  token({
    id: 'dbt-cloud-token',
    vendor: 'dbt',
    keywords: ['dbtc_', 'dbtu_', 'dbts_'],
    form: 'dbt[cus]_[\\w-]{30,64}',
    source: 'https://docs.getdbt.com/docs/dbt-cloud-apis/authentication',
  }),
  token({
    id: 'confluent-cloud-secret',
    vendor: 'Confluent',
    keywords: ['cflt'],
    form: 'cflt[A-Za-z0-9+/]{60}',
    source:
      'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
  }),
  keyed({
    id: 'confluent-cloud-legacy-secret',
    vendor: 'Confluent',
    keywords: ['confluent'],
    names: 'confluent',
    form: '[A-Za-z0-9+/]{64}',
    minEntropy: 4,
    source:
      'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
  }),
  keyed({
    id: 'elastic-api-key',
    vendor: 'Elastic',
    keywords: ['elastic', 'apikey', 'es_api'],
    names: 'elastic|apikey|es_api',
    form: '[A-Za-z0-9+/]{54,80}={0,2}',
    minEntropy: 3.8,
    check: (secret) => /^[\w-]{16,30}:[\w-]{16,30}$/.test(base64Ascii(secret)),
    source: 'https://www.elastic.co/docs/deploy-manage/api-keys/elasticsearch-api-keys',
  }),
  token({
    id: 'elastic-serverless-api-key',
    vendor: 'Elastic',
    keywords: ['essu_'],
    form: 'essu_[A-Za-z0-9+/]{60,120}={0,2}',
    source: 'https://www.elastic.co/docs/deploy-manage/api-keys/elastic-cloud-api-keys',
  }),
  keyed({
    id: 'influxdb-token',
    vendor: 'InfluxDB',
    keywords: ['influx'],
    names: 'influx',
    form: '[A-Za-z0-9_-]{86}==',
    minEntropy: 4,
    source: 'https://docs.influxdata.com/influxdb/v2/admin/tokens/',
  }),
  token({
    id: 'xata-api-key',
    vendor: 'Xata',
    keywords: ['xau_'],
    form: `xau_${letters('40,48')}`,
    minEntropy: 3,
    source: 'https://xata.io/docs',
  }),
  keyed({
    id: 'algolia-api-key',
    vendor: 'Algolia',
    keywords: ['algolia'],
    names: 'algolia',
    form: hex(32),
    source: 'https://www.algolia.com/doc/guides/security/api-keys/',
  }),
  token({
    id: 'contentful-personal-token',
    vendor: 'Contentful',
    keywords: ['cfpat-'],
    form: 'CFPAT-[\\w-]{43}',
    source: 'https://www.contentful.com/developers/docs/references/authentication/',
  }),
  keyed({
    id: 'contentful-delivery-token',
    vendor: 'Contentful',
    keywords: ['contentful'],
    names: 'contentful',
    form: '[\\w-]{43}',
    minEntropy: 4,
    source: 'https://www.contentful.com/developers/docs/references/authentication/',
  }),
]
