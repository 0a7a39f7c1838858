// Letters that look like a Latin letter in common fonts (the idea of Unicode TS #39, our own short list).
// Each line: the Latin letter, then what imitates it. Compatibility forms (full-width, mathematical) are NFKC's work.
const LOOKALIKES = `
a аɑαᴀ∂ꭺ
b Ьвʙɓꮟβ
c сϲᴄⅽꮯ
d ԁɗᴅժꭰ
e еєҽεᴇҿꭼ
f ſẝꞙϝғ
g ɡցɢԍꮐ
h һհʜнᏂꮋ
i іɩιıɪӏꙇꭵ
j јϳᴊ
k кκᴋԟ
l ӏʟⅼւ
m мᴍṃ
n пոηɴռ
o оοσօᴏ०௦০
p рρᴘ
q ԛգզ
r гᴦʀꭇꭱ
s ѕꜱʂ
t тτᴛ
u υսᴜʋц
v ѵνᴠ
w ԝѡᴡшω
x хχҳ
y уγүʏყ
z ᴢʐꮓ
`

/** Lower-case letter of another script → the Latin letter it looks like. */
export const confusables: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.trim()
    .split('\n')
    .flatMap((line) => {
      const [latin = '', imitations = ''] = line.split(' ')
      return [...imitations].map((imitation): [string, string] => [imitation, latin])
    }),
)
