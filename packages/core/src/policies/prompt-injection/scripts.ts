/** The classic attacks in scripts without spaces between words: tried only when the text holds such characters. */
export interface ScriptRule {
  readonly family: string
  readonly key: string
  readonly pattern: RegExp
}

const GAP = '[^。！？\\n]{0,14}'
const rule = (family: string, key: string, source: string): ScriptRule => ({
  family,
  key,
  pattern: new RegExp(source, 'g'),
})

/** Bounded gaps everywhere: linear. */
export const scriptRules: readonly ScriptRule[] = [
  rule(
    'instruction-override',
    'zh-ignore',
    `(?:忽略|无视|無視|忽視|忘记|忘記|忘掉|不要理会|不要遵守|抛开|绕过|繞過|取消)${GAP}(?:指令|指示|提示|规则|規則|设定|設定|命令|要求|限制|说明|內容|内容|對話|对话)`,
  ),
  rule(
    'instruction-override',
    'zh-new',
    `(?:新的?|以下)(?:指令|任务|任務|规则|規則)${GAP}(?:覆盖|取代|优先|優先)`,
  ),
  rule(
    'prompt-extraction',
    'zh-prompt',
    `(?:告诉|告訴|显示|顯示|输出|輸出|打印|重复|重複|透露|泄露|洩露|复述|列出|公开|给我|翻译|是什么|說出|说出)${GAP}(?:系统提示|系統提示|初始提示|系统指令|系統指令|隐藏指令|提示词|提示詞|初始指令|系统消息)`,
  ),
  rule(
    'prompt-extraction',
    'zh-prompt-what',
    `你的(?:系统提示|系統提示|初始|原始|隐藏|提示词|提示詞)${GAP}(?:什么|什麼|哪些)`,
  ),
  rule(
    'jailbreak-persona',
    'zh-unbound',
    `(?:没有|沒有|不受|无|無|解除|摆脱|擺脫)(?:任何)?${GAP}(?:限制|约束|約束|道德|审查|審查|规则|規則)`,
  ),
  rule('developer-mode', 'zh-mode', `(?:开发者|開發者|越狱|越獄|管理员|管理員|上帝|维护|維護)模式`),
  rule(
    'instruction-override',
    'ja-ignore',
    `(?:指示|命令|プロンプト|ルール|指令|設定|制約)(?:を|は)?${GAP}(?:無視|忘れ|破棄|取り消|従わない)`,
  ),
  rule(
    'prompt-extraction',
    'ja-prompt',
    `(?:システムプロンプト|初期指示|内部指示|システムメッセージ)(?:を|は)?${GAP}(?:教えて|表示|出力|見せて|開示|繰り返|何)`,
  ),
  rule('developer-mode', 'ja-mode', '(?:開発者|デバッグ|管理者|脱獄)モード'),
  rule(
    'instruction-override',
    'ko-ignore',
    '(?:지시|명령|지침|프롬프트|규칙|내용|설정)[^.!?\\n]{0,14}(?:무시|잊어|잊으|따르지)',
  ),
  rule(
    'prompt-extraction',
    'ko-prompt',
    '(?:시스템 ?프롬프트|초기 ?지시|숨겨진 ?지시)[^.!?\\n]{0,14}(?:알려|보여|출력|공개|말해|무엇)',
  ),
  rule('developer-mode', 'ko-mode', '(?:개발자|관리자|디버그|탈옥) ?모드'),
  rule(
    'instruction-override',
    'th-ignore',
    '(?:ละเว้น|เพิกเฉย|ลืม|ไม่ต้องสนใจ|ไม่สนใจ)[^\\n]{0,24}(?:คำสั่ง|คําสั่ง|กฎ|ก่อนหน้า)',
  ),
]

/** True when the text holds Han, kana, Hangul or Thai. */
export function hasOtherScripts(text: string): boolean {
  return /[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(text)
}
