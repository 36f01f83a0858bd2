// Draws the networks of docs/networks.md: each picture there is that of the model in the lines of code before it. With
// --check it draws nothing, and fails where a picture is not as it would be drawn.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { root } from './digest.js'
import { build, install } from './install.js'

const MODEL = /const model = (\w+)\((\{[^}]*\})\)/g
const PICTURE = /\]\((pictures\/[\w-]+\.svg)\)/g

const check = argv.includes('--check')
if (!check && !(install() && build())) process.exit(1)
const tempocode = await import('tempocode') // as built just now

const docs = join(root, 'docs')
const text = readFileSync(join(docs, 'networks.md'), 'utf8')
const models = [...text.matchAll(MODEL)]
for (const { 1: file, index } of text.matchAll(PICTURE)) {
  const [, builder, options] = models.findLast((model) => model.index < index)
  const svg = `${tempocode.plot(tempocode[builder](optionsOf(options)))}\n`
  if (!check) {
    mkdirSync(join(docs, 'pictures'), { recursive: true })
    writeFileSync(join(docs, file), svg)
  } else if (readFileSync(join(docs, file), 'utf8') !== svg) {
    console.log(`docs/${file} is not what npm run pictures draws`)
    process.exitCode = 1
  }
}

/** Options as they are written in code: JSON but for the names and the quotes. */
function optionsOf(code) {
  return JSON.parse(code.replace(/(\w+):/g, '"$1":').replaceAll("'", '"'))
}
