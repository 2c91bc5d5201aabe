// Builds the site from the repository: node build.mjs OUTPUT. It collects the pages in OUTPUT-pages, so that none is kept
// twice, hands them to VitePress, and fails on dead links.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vitepress'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const output = resolve(process.argv[2] ?? join(root, 'dist/site'))
const pages = output + '-pages'
const repository = 'https://github.com/mesh-check/mesh-check/blob/main/'

// Pages of the repository's root, by the address that they have in the site.
const ofRoot = { 'README.md': 'manual.md', 'CHANGELOG.md': 'changelog.md', 'CONTRIBUTING.md': 'contributing.md', 'ARCHITECTURE.md': 'architecture.md' }

const read = file => readFileSync(join(root, file), 'utf8')
const files = (dir, keep) => readdirSync(join(root, dir), { recursive: true }).map(f => posix.join(dir, f.split('\\').join('/'))).filter(keep).sort()

// target says where a file of the repository is in the site, if it is there at all.
const targets = new Map(Object.entries(ofRoot))
for (const f of files('docs', f => f.endsWith('.md') && !f.startsWith('docs/site/'))) {
  targets.set(f, f.slice('docs/'.length).replace(/(^|\/)README\.md$/, '$1index.md'))
}
const checkPages = files('checks', f => /\/mesh\d+_\w+\.md$/.test(f))
const idOf = f => f.match(/\/(mesh\d+)_/)[1].toUpperCase()
for (const f of checkPages) targets.set(f, `checks/${idOf(f)}.md`)

// moved gives the links of a page that lies at `from` in the repository the addresses of the site. What is not a page of the
// site is a link to the repository.
function moved(text, from) {
  const here = posix.dirname(targets.get(from))
  return outsideFences(text, part => part.replace(/(\]\()([^)\s]+)(\))/g, (all, before, link, behind) => {
    if (/^[a-z]+:|^#/.test(link)) return all
    const [path, anchor] = link.split('#')
    const file = posix.join(posix.dirname(from), path)
    if (!existsSync(join(root, file))) throw new Error(`${from}: ${link}: there is no such file`)
    const at = /\.(png|svg|gif|jpe?g)$/.test(file) && file.startsWith('docs/') ? picture(file) : targets.get(file)
    const to = at ? posix.relative(here, at) : repository + file
    return before + (at && !to.startsWith('.') ? './' + to : to) + (anchor ? '#' + anchor : '') + behind
  }))
}

// picture copies a picture of docs/, and says where it is in the site.
function picture(file) {
  const at = file.slice('docs/'.length)
  mkdirSync(dirname(join(pages, at)), { recursive: true })
  cpSync(join(root, file), join(pages, at))
  return at
}

// outsideFences changes what is not a block of code.
function outsideFences(text, change) {
  return text.split(/(^```[\s\S]*?^```$)/m).map((part, i) => (i % 2 ? part : change(part))).join('')
}

const plain = text => outsideFences(text, part => part.replace(/<!-- (session|output).*? -->\n/g, ''))

// write writes a page of the site, and the file of the repository that it comes from, for its link to edit it.
function write(at, text, source) {
  const to = join(pages, at)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, source && !text.startsWith('---') ? `---\nsource: ${source}\n---\n${text}` : text)
}

// example takes the comments that make tests of examples away, as `mesh-check explain` does.
const example = text => text.replace(/^```(\w+) (?:bad|good).*$/gm, '```$1').replace(/ *(# want(-value)? .*|\{\{-? *\/\* want .*?\*\/ *-?\}\})$/gm, '')

function checks() {
  const listed = JSON.parse(execFileSync(join(root, 'bin/mesh-check'), ['checks', '-o', 'json'], { encoding: 'utf8', maxBuffer: 1 << 26 })).checks
  const fileOf = new Map(checkPages.map(f => [idOf(f), f]))
  const since = v => (v.since && v.until ? `${v.since} to ${v.until}` : v.since ? `from ${v.since}` : v.until ? `until ${v.until}` : 'all')
  const rows = new Map()
  for (const c of listed) {
    const file = fileOf.get(c.id)
    if (!file) throw new Error(`${c.id} has no page`)
    fileOf.delete(c.id)
    const codes = (c.istio ?? []).map(code => `[${code}](https://istio.io/latest/docs/reference/config/analysis/${code.toLowerCase()}/)`)
    const facts = [['severity', c.severity + (c.enabled === false ? ' (off by default)' : '')], ['data plane', c.modes.join(', ')],
      ['Istio', since(c.versions)], ['Kubernetes', since(c.kubernetes)], ...(codes.length ? [['istioctl analyze', codes.join(' ')]] : [])]
    const [title, ...rest] = example(read(file)).split('\n')
    write(targets.get(file), `${title}\n\n${c.summary}.\n\n| ${facts.map(f => f[0]).join(' | ')} |\n${'|---'.repeat(facts.length)}|\n` +
      `| ${facts.map(f => f[1]).join(' | ')} |\n${moved(rest.join('\n'), file)}`, file)
    const family = file.split('/')[1]
    if (!rows.has(family)) rows.set(family, [])
    rows.get(family).push({ id: c.id, name: c.name, row: `| [${c.id}](./${c.id}.md) | ${c.name} | ${c.severity} | ${c.summary.replaceAll('|', '\\|')} |` })
  }
  // Validity has checks of several families; it comes last, as in the suite.
  const validity = rows.get('validity')
  rows.delete('validity')
  if (validity) rows.set('validity', validity)
  if (fileOf.size) throw new Error(`no check has the pages ${[...fileOf.values()]}`)
  let index = `# The checks\n\nmesh-check has ${listed.length} checks. \`mesh-check checks\` lists them, \`mesh-check explain MESH201\` prints the page of one, and\n` +
    '`--only`, `--disable` and `--severity` choose among them.\n'
  for (const [family, of] of rows) index += `\n## ${family[0].toUpperCase() + family.slice(1)}\n\n| check | name | severity | what is required |\n|---|---|---|---|\n${of.map(c => c.row).join('\n')}\n`
  write('checks/index.md', index)
  return [...rows].map(([family, of]) => ({ family, checks: of.map(({ id, name }) => ({ id, name })) }))
}

const titleOf = text => text.match(/^# (.*)$/m)?.[1] ?? ''

rmSync(pages, { recursive: true, force: true })
cpSync(join(here, '.vitepress'), join(pages, '.vitepress'), { recursive: true, filter: f => !/\.vitepress\/(cache|dist)/.test(f) })
symlinkSync(relative(pages, join(here, 'node_modules')), join(pages, 'node_modules'), 'dir')
writeFileSync(join(pages, 'package.json'), '{"type":"module"}\n')
const titles = {}
for (const [file, at] of targets) {
  if (checkPages.includes(file)) continue
  const text = plain(moved(read(file), file))
  const title = at === 'manual.md' ? 'Manual' : titleOf(text)
  write(at, at === 'manual.md' ? text.replace(/^# .*$/m, '# Manual') : text, file)
  titles[at] = title
}
// The first page shows the first finding of the example that a test holds in README.md.
const shown = read('README.md').match(/<!-- output of: (mesh-check .*?) -->\n```text\n([\s\S]*?)\n\n/)
if (!shown) throw new Error('README.md has no output of the program')
write('index.md', read('docs/site/home.md').replace('<!-- finding -->', () => '```text\n$ ' + shown[1] + '\n' + shown[2] + '\n```'))
const families = checks()
writeFileSync(join(pages, '.vitepress/pages.json'), JSON.stringify({ titles, families, output }, null, 1))
await build(pages)

// VitePress has looked at the links of Markdown. These are all of them, with those of the first page, the sidebar and to headings.
const base = process.env.SITE_BASE ?? '/'
const built = readdirSync(output, { recursive: true }).map(f => f.split('\\').join('/')).filter(f => f.endsWith('.html') && f !== '404.html')
const html = new Map(built.map(f => [f, readFileSync(join(output, f), 'utf8')]))
const ids = new Map([...html].map(([f, text]) => [f, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(m => m[1]))]))
const dead = new Set()
for (const [from, text] of html) {
  for (const [, href] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
    if (/^[a-z]+:/.test(href)) continue
    const [path, heading] = decodeURI(href).split('#')
    const at = path === '' ? from : path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(from), path)
    const file = [at, at + '.html', posix.join(at, 'index.html')].find(f => html.has(f))
    if (!file || (heading && heading !== 'VPContent' && !ids.get(file).has(heading))) dead.add(`${from}: ${href}`)
  }
}
if (dead.size) {
  console.error(`links that lead nowhere:\n${[...dead].join('\n')}`)
  process.exit(1)
}
console.log(`${html.size} pages; each link between them leads somewhere`)
