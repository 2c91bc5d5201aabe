import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

// What build.mjs has found in the repository.
const { titles, families, output } = JSON.parse(readFileSync(new URL('./pages.json', import.meta.url), 'utf8'))

const link = at => '/' + at.replace(/(index)?\.md$/, '')
const below = folder => Object.keys(titles).filter(at => at.startsWith(folder + '/') && at !== folder + '/index.md')
const item = at => ({ text: titles[at], link: link(at) })

// The pages that begin a group; the others follow in the order of their titles.
const guides = ['first-chart', 'terraform-plan', 'monorepo', 'gitops', 'pull-requests', 'ignoring', 'air-gapped', 'upgrading'].map(g => `guides/${g}.md`)
const byTitle = (a, b) => titles[a].localeCompare(titles[b])
const reference = Object.keys(titles).filter(at => !at.includes('/') && at !== 'manual.md' && at !== 'comparison.md').sort(byTitle)
const about = new Set(['changelog.md', 'contributing.md', 'architecture.md'])

const sidebar = [
  { text: 'Guides', items: [...guides.filter(g => g in titles), ...below('guides').filter(g => !guides.includes(g)).sort(byTitle)].map(item) },
  { text: 'Reference', items: [item('manual.md'), ...reference.filter(at => !about.has(at)).map(item)] },
  ...(below('examples').length ? [{ text: 'Examples', collapsed: true, items: below('examples').sort(byTitle).map(item) }] : []),
  { text: 'The project', items: [item('comparison.md'), ...reference.filter(at => about.has(at)).map(item)] },
]
const sidebarOfChecks = [
  { text: 'All checks', link: '/checks/' },
  ...families.map(({ family, checks }) => ({
    text: family[0].toUpperCase() + family.slice(1), collapsed: true,
    items: checks.map(c => ({ text: `${c.id} ${c.name}`, link: `/checks/${c.id}` })),
  })),
]

export default defineConfig({
  lang: 'en-US',
  title: 'mesh-check',
  description: 'Checks Helm charts, Terraform and Kubernetes manifests against what Istio requires, at the line that a person wrote.',
  base: process.env.SITE_BASE ?? '/',
  outDir: output,
  cleanUrls: false,
  // VitePress checks links between pages; build.mjs checks those to files of the repository.
  ignoreDeadLinks: false,
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  markdown: {
    languageAlias: { gotmpl: 'yaml' },
    // Headings have the addresses that GitHub gives them, so that a link holds in both places; TestDocLinks checks it.
    anchor: { slugify: s => s.trim().toLowerCase().replace(/[^\p{L}\p{N}\-_ ]/gu, '').replaceAll(' ', '-') },
    // Text of our pages is never a template of Vue.
    config: md => {
      const open = md.renderer.rules.code_inline
      md.renderer.rules.code_inline = (...args) => open(...args).replace(/^<code(?! v-pre)/, '<code v-pre')
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides/', activeMatch: '/guides/' },
      { text: 'Checks', link: '/checks/', activeMatch: '/checks/' },
      { text: 'Manual', link: '/manual' },
    ],
    sidebar: { '/checks/': sidebarOfChecks, '/': sidebar },
    editLink: { pattern: page => 'https://github.com/mesh-check/mesh-check/edit/main/' + page.frontmatter.source, text: 'Edit this page' },
    socialLinks: [{ icon: 'github', link: 'https://github.com/mesh-check/mesh-check' }],
    footer: { message: 'Apache-2.0' },
  },
})
