// Letters that look like a Latin letter in common fonts: the single letters of Unicode's confusables (UTS #39) in the alphabets
// that imitate Latin, with small capitals, turned and hooked letters, which it leaves out. Upper case has entries of its own:
// Greek `Η` looks like H, its lower case `η` like n. Compatibility forms (full-width, mathematical) are NFKC's work.
// Each line: the Latin letter, then what imitates it.
const LOOKALIKES = `
a ɐɑΑαАаᎪᗅᴀⱭⱯꓮꭺ
b ƀƁƄƅɃɓʙΒβВЬвьᏏᏴᏼᑲᖯᗷꓐꞴꞵꮟ
c ƆƇƈɔɕϲСсᏟᴄⅽⲤⲥꓚꮯ𐐕𐐽
d ĐđƉƊɖɗԀԁԺժᎠᏧᑯᗞᗪᴅꓒꓓꭰꮷ
e ƎƏƐǝəɛΕεЀЁЄЕеѐёєҼҽҾҿᎬᴇⴹꓰꬲꭼ
f ƑƒɟϜϝҒғՔքᖴẝꓝꜰꞘꞙꬵ
g ƂƃƍƓǤǥɠɡɢԌԍՑցᏀᏳᏻᶃꓖꞬꮐ
h ɥɦʜΗНнҺһՀհᎻᏂᕼⲎⲏꓧꞍꞪꮋꮒ
i ıƗɨɩɪΙιІЇіїӀᎥⲒⲓꙆꙇꞮꭵ
j ɈɉɾʝͿϳЈјᎫᒍᴊꓙꞲꭻ
k ƘƙʞΚκКкԞԟᏦᴋⲔⲕꓗꞰꮶ
l ŁłƖƚǀȽɫɭʟӏᏞᒪⱢⳐⳑⵏꓡꓲꮮ𐐛𐑃
m ɱΜϺϻМмᎷᗰᴍṂṃⱮⲘⲙꓟꮇ
n ŊŋƝɲɴΝηИПипՈՌոռⲚⲛꓠ
o ƟɵΟΣοσОоѲѳӨөՕօჿᲿᴏᴑⲞⲟⵔꓳꬽ𐐄𐐬𐓂𐓪
p ƤƥΡρРрᏢᑭᴘⲢⲣꓑꝐꝑꮲ
q ǪǫɊɋԚԛԳԶգզⵕ
r ƦɹɽʀГЯгяᎡᎱᏒᖇᴦⱤⲄⲅꓣꭇꭈꭱꮁꮢ𐒴𐓜
s ƼƽȿʂЅѕՏտᏕᏚⱾꓢꜱꟅꮥꮪ𐐠𐑈
t ƬƭƮʇʈΤτТтᎢᴛⲦⲧꓔꞱꭲ
u ƲɄʉʋμυЦцՍսᑌᴜꓴꞞꞟꭎꭒ𐓎𐓶
v ɅʌνѴѵᏙᐯᴠⴸꓦꮩ
w ƜɯʍΩωШшѠѡԜԝԱաᎳᏔᴡꓪꮃꮤ
x ΧχХхҲҳᕁᕽⲬⲭⵝꓫꞳꭓ
y ƔƳƴɣʎʏΓΥγУуҮүყᎩᎽᲧᶌỾỿⲨⲩꓬꭚꭹꮍ
z ƵƶʐʑΖζᏃᴢꓜꮓ
`

/** Letter that looks Latin → the Latin letter, in lower case. */
export const confusables: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.trim()
    .split('\n')
    .flatMap((line) => {
      const [latin = '', imitations = ''] = line.split(' ')
      return [...imitations].map((imitation): [string, string] => [imitation, latin])
    }),
)
