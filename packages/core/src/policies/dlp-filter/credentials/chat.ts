import { base64Ascii } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, keyed, letters, token, uuid } from './rule-forms.ts'

const slackTokens = 'https://docs.slack.dev/authentication/tokens/'
const discordReference = 'https://discord.com/developers/docs/reference#authentication'

/**
 * A Discord bot token begins with the bot's decimal id in base64. These are the first three base64 letters of every number from 10
 * to 99, the rarest literals that stand in every token.
 */
const base64OfTwoDigits = Array.from({ length: 90 }, (_, i) => {
  const bits = (0x30 + Math.floor(i / 10) + 1) * 1024 + (0x30 + (i % 10)) * 4
  const letter = (value: number) =>
    'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789+/'.charAt(value & 63)
  return letter(bits >> 12) + letter(bits >> 6) + letter(bits)
})

/** Credentials of services by which people and programs send each other messages. */
export const chat: readonly CredentialRule[] = [
  token({
    id: 'slack-bot-token',
    vendor: 'Slack',
    keywords: ['xoxb-'],
    form: 'xoxb-\\d{10,14}-\\d{10,14}-[A-Za-z0-9]{18,48}',
    minEntropy: 3,
    source: slackTokens,
  }),
  token({
    id: 'slack-user-token',
    vendor: 'Slack',
    keywords: ['xoxp-', 'xoxe-'],
    form: 'xox[pe]-\\d{10,14}-\\d{10,14}-\\d{10,14}-[a-zA-Z0-9]{28,34}',
    source: slackTokens,
  }),
  token({
    id: 'slack-app-token',
    vendor: 'Slack',
    keywords: ['xapp-'],
    form: 'xapp-\\d-[A-Z0-9]{9,13}-\\d{10,14}-[a-f0-9]{64}',
    source: slackTokens,
  }),
  token({
    id: 'slack-configuration-token',
    vendor: 'Slack',
    keywords: ['xoxe.xox', 'xoxe-'],
    form: 'xoxe(?:\\.xox[bp])?-\\d-[A-Za-z0-9]{140,180}',
    source: slackTokens,
  }),
  token({
    id: 'slack-legacy-token',
    vendor: 'Slack',
    keywords: ['xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxb-'],
    form: '(?:xox[ars]-(?:2-)?\\d{1,14}-[A-Za-z0-9-]{10,100}|xox[os]-\\d{4,14}-[A-Za-z0-9-]{10,80}|xoxb-\\d{8,14}-[A-Za-z0-9]{10,26})',
    after: '[A-Za-z0-9-]',
    minEntropy: 2.8,
    source: slackTokens,
  }),
  token({
    id: 'slack-session-cookie',
    vendor: 'Slack',
    keywords: ['xoxc-', 'xoxd-'],
    form: '(?:xoxc-\\d{10,14}-\\d{10,14}-\\d{10,14}-[a-f0-9]{64}|xoxd-[A-Za-z0-9%+/=]{60,360})',
    source: slackTokens,
  }),
  token({
    id: 'slack-webhook',
    vendor: 'Slack',
    keywords: ['hooks.slack.com/'],
    form: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,14}/[A-Za-z0-9]{8,20}/[A-Za-z0-9]{16,40}(?:/[A-Za-z0-9]{16,40})?',
    source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/',
  }),
  token({
    id: 'discord-bot-token',
    vendor: 'Discord',
    keywords: [...new Set(base64OfTwoDigits)],
    opens: true,
    holds: '.',
    form: '[MNO][\\w-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}',
    reach: 80,
    check: (secret) => /^\d/.test(base64Ascii(secret.slice(0, 4))),
    source: discordReference,
  }),
  keyed({
    id: 'discord-client-secret',
    vendor: 'Discord',
    keywords: ['discord'],
    names: 'discord',
    form: '[\\w-]{32}',
    minEntropy: 3.6,
    source: 'https://discord.com/developers/docs/topics/oauth2',
  }),
  token({
    id: 'discord-webhook',
    vendor: 'Discord',
    keywords: ['/webhooks/'],
    form: '(?:discord|discordapp)\\.com/api/(?:v\\d{1,2}/)?webhooks/\\d{17,20}/[\\w-]{60,80}',
    source: 'https://discord.com/developers/docs/resources/webhook',
  }),
  token({
    id: 'telegram-bot-token',
    vendor: 'Telegram',
    keywords: [':aa'],
    form: '\\d{8,10}:AA[\\w-]{33}',
    reach: 64,
    minEntropy: 3.4,
    source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
  }),
  token({
    id: 'microsoft-teams-webhook',
    vendor: 'Microsoft Teams',
    keywords: ['webhook.office.com/'],
    form: `webhook\\.office\\.com/webhookb2/${uuid}@${uuid}/IncomingWebhook/${hex(32)}/${uuid}(?:/[\\w-]{20,60})?`,
    source:
      'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
  }),
  token({
    id: 'google-chat-webhook',
    vendor: 'Google Chat',
    keywords: ['chat.googleapis.com/'],
    form: 'chat\\.googleapis\\.com/v1/spaces/[\\w-]{8,20}/messages\\?key=[\\w-]{39}&token=[\\w%=-]{30,60}',
    source: 'https://developers.google.com/workspace/chat/quickstart/webhooks',
  }),
  token({
    id: 'lark-webhook',
    vendor: 'Lark, Feishu',
    keywords: ['/open-apis/bot/'],
    form: `open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/v2/hook/${uuid}`,
    source: 'https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot',
  }),
  token({
    id: 'dingtalk-webhook',
    vendor: 'DingTalk',
    keywords: ['oapi.dingtalk.com/robot/'],
    form: `oapi\\.dingtalk\\.com/robot/send\\?access_token=${hex(64)}`,
    source: 'https://open.dingtalk.com/document/robots/custom-robot-access',
  }),
  token({
    id: 'wecom-webhook',
    vendor: 'WeCom',
    keywords: ['qyapi.weixin.qq.com/'],
    form: `qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=${uuid}`,
    source: 'https://developer.work.weixin.qq.com/document/path/91770',
  }),
  keyed({
    id: 'mattermost-access-token',
    vendor: 'Mattermost',
    keywords: ['mattermost'],
    names: 'mattermost',
    form: '[a-z0-9]{26}',
    minEntropy: 3.4,
    source: 'https://developers.mattermost.com/integrate/reference/personal-access-token/',
  }),
  keyed({
    id: 'zoom-client-secret',
    vendor: 'Zoom',
    keywords: ['zoom'],
    names: 'zoom',
    form: letters(32),
    minEntropy: 3.6,
    source: 'https://developers.zoom.us/docs/internal-apps/s2s-oauth/',
  }),
  keyed({
    id: 'webex-access-token',
    vendor: 'Cisco Webex',
    keywords: ['webex'],
    names: 'webex',
    form: `${letters(64)}_[A-Z0-9]{4}_${uuid}`,
    source: 'https://developer.webex.com/docs/getting-started',
  }),
  token({
    id: 'intercom-access-token',
    vendor: 'Intercom',
    keywords: ['dg9ro'],
    form: 'dG9rO[A-Za-z0-9+/]{54}=',
    source: 'https://developers.intercom.com/docs/build-an-integration/learn-more/authentication',
  }),
  keyed({
    id: 'zendesk-api-token',
    vendor: 'Zendesk',
    keywords: ['zendesk'],
    names: 'zendesk',
    form: letters(40),
    minEntropy: 3.8,
    source: 'https://developer.zendesk.com/api-reference/introduction/security-and-auth/',
  }),
  token({
    id: 'onesignal-key',
    vendor: 'OneSignal',
    keywords: ['os_v2_'],
    form: 'os_v2_(?:app|org)_[a-z2-7]{103}',
    source: 'https://documentation.onesignal.com/docs/en/keys-and-ids',
  }),
  keyed({
    id: 'pusher-secret',
    vendor: 'Pusher',
    keywords: ['pusher'],
    names: 'pusher',
    form: hex(20),
    source: 'https://pusher.com/docs/channels/library_auth_reference/auth-signatures/',
  }),
]
