// Compiles assets/ and the packages of package.json into src/upheld/web/static/build/.
// Everything it reads is on disk after `npm ci`: no network.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { compile } from 'sass'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const out = join(root, 'src/upheld/web/static/build')
const documentFonts = join(root, 'src/upheld/documents/fonts')

const fonts = join(modules, '@expo-google-fonts/atkinson-hyperlegible')
const faces = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']
// The pictures that the Ministry of Justice styles we use point at.
const pictures = ['icon-close-cross-black.svg', 'icon-tag-remove-cross.svg', 'icon-tag-remove-cross-white.svg', 'icon-toggle-plus-minus.svg', 'icon-document.svg']

// Source maps are not served, so a script must not point at one: the hashing of static files refuses a dead reference.
const withoutSourceMap = (text) => text.replace(/\/\/# sourceMappingURL=.*\s*$/, '')

function copyFonts (folder) {
  mkdirSync(folder, { recursive: true })
  for (const face of faces) {
    cpSync(join(fonts, face, `AtkinsonHyperlegible_${face}.ttf`), join(folder, `AtkinsonHyperlegible_${face}.ttf`))
  }
  // The typeface's licence asks to travel with it.
  cpSync(join(fonts, 'LICENSE_FONT'), join(folder, 'OFL.txt'))
}

rmSync(out, { recursive: true, force: true })
mkdirSync(join(out, 'images'), { recursive: true })

const styles = compile(join(root, 'assets/styles/upheld.scss'), {
  loadPaths: [root],
  style: 'compressed',
  quietDeps: true,
  // What a package warns about its own styles is for its authors; a warning about ours is printed.
  logger: { warn: (message, { stack }) => stack?.includes('node_modules') || console.warn(message, stack ?? '') }
})
writeFileSync(join(out, 'upheld.css'), styles.css)

let script = readFileSync(join(root, 'assets/scripts/upheld.js'), 'utf8')
for (const [name, source] of [
  ['govuk-frontend.min.js', join(modules, 'govuk-frontend/dist/govuk/govuk-frontend.min.js')],
  ['moj-frontend.min.js', join(modules, '@ministryofjustice/frontend/moj/moj-frontend.min.js')]
]) {
  const text = withoutSourceMap(readFileSync(source, 'utf8'))
  writeFileSync(join(out, name), text)
  // An imported module keeps its plain name; the digest of its content makes an old copy in a cache useless.
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
  script = script.replaceAll(`'./${name}'`, `'./${name}?v=${digest}'`)
}
writeFileSync(join(out, 'upheld.js'), script)
cpSync(join(root, 'assets/scripts/supported.js'), join(out, 'supported.js'))

for (const picture of pictures) {
  cpSync(join(modules, '@ministryofjustice/frontend/moj/assets/images', picture), join(out, 'images', picture))
}
cpSync(join(root, 'assets/images'), join(out, 'images'), { recursive: true })

copyFonts(join(out, 'fonts'))
copyFonts(documentFonts)
