// The guide: docs/*.md as static pages guide/<name>.html that need no script, with a glossary page made from the same
// table as the lab's own explanations. Emitted by the build and served by the development server. TeX between $…$ or
// $$…$$ becomes MathML. What is not in docs/ is not in the guide.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTENT_SECURITY_POLICY } from './csp.mjs';
import { glossaryBody } from './guide-glossary.mjs';
import { renderMarkdown } from './guide-markdown.mjs';
import { guideDocument } from './guide-page.mjs';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

/**
 * @typedef {object} GuidePage
 * @property {string} name guide/<name>.html
 * @property {string} source below docs/; empty for pages that are made
 * @property {string} section
 * @property {string} title
 * @property {string} lead its first paragraph, as plain text
 */

/** In the order of the list of pages; by the folder below docs/. */
const SECTIONS = new Map([
  ['labs', 'Labs'],
  ['algorithms', 'Algorithms'],
  ['', 'How it is done'],
  ['decisions', 'Decisions'],
]);
/** Pages that come first in their section, in this order; the others follow by name. */
const FIRST = [
  'sinusoid',
  'reaching',
  'navigation',
  'cheetah',
  'maml',
  'fomaml',
  'reptile',
  'rmaml',
  'meta-rl',
  'results',
];

/** @param {string} source "labs/sinusoid.md" */
export function pageName(source) {
  const name = basename(source, '.md');
  return source.startsWith('decisions/') ? `decision-${name}` : name;
}

/** @param {string} text the title and the first paragraph of a page */
function headOf(text) {
  const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
  const paragraphs = text.split(/\n\s*\n/).map((part) => part.trim());
  const lead = paragraphs.find((part) => /^[A-Z“*]/.test(part)) ?? '';
  const plain = lead
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[`*$]/g, '')
    .replace(/\\[a-z]+/gi, '')
    .replace(/\s+/g, ' ');
  return { title, lead: /^.*?[.:](?=\s|$)/.exec(plain)?.[0].replace(/:$/, '.') ?? plain };
}

/** @param {string} name */
function place(name) {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
}

/** @returns {GuidePage[]} */
export function listPages() {
  /** @type {GuidePage[]} */
  const pages = [];
  for (const [folder, section] of SECTIONS) {
    const files = readdirSync(join(DOCS, folder)).filter((file) => file.endsWith('.md'));
    const found = files.map((file) => {
      const source = folder === '' ? file : `${folder}/${file}`;
      return { name: pageName(source), source, section, ...headOf(readFileSync(join(DOCS, source), 'utf8')) };
    });
    found.sort((a, b) => place(a.name) - place(b.name) || a.name.localeCompare(b.name));
    pages.push(...found);
  }
  pages.splice(
    pages.findIndex(({ section }) => section === 'How it is done'),
    0,
    {
      name: 'glossary',
      source: '',
      section: 'Algorithms',
      title: 'Glossary',
      lead: 'Every symbol and term of the labs: what it is and where it appears.',
    },
  );
  const names = pages.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new Error(`Two pages of the guide are called ${twice}.html; rename one file of docs/.`);
  return pages;
}

/**
 * Where a link of a page in docs/ leads in the guide. Links to what is not in the guide become null and are printed as words.
 * @param {string} source the page's own path below docs/ @param {string} href
 */
export function guideHref(source, href) {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = '', hash] = href.split('#');
  const target = new URL(path, `file:///docs/${source}`).pathname;
  if (hash?.startsWith('v=')) return `../index.html#${hash}`;
  const suffix = hash === undefined ? '' : `#${hash}`;
  if (!target.startsWith('/docs/')) return null;
  const inside = target.slice('/docs/'.length);
  // The glossary has no file of its own.
  if (inside === 'glossary.html') return inside;
  if (inside.endsWith('.md')) return `${pageName(inside)}.html${suffix}`;
  if (inside.startsWith('images/')) return inside;
  return null;
}

/** @param {readonly GuidePage[]} pages */
function indexBody(pages) {
  const sections = [...new Set(pages.map(({ section }) => section))];
  const list = (/** @type {string} */ section) =>
    pages
      .filter((page) => page.section === section)
      .map(({ name, title, lead }) => `<dt><a href="${name}.html">${title}</a></dt><dd>${lead}</dd>`)
      .join('\n');
  return [
    '<h1>Guide</h1>',
    '<p>What the labs show, how to read it, and how it is computed. Every page works without a network once the lab has been opened.</p>',
    ...sections.map((section) => `<h2>${section}</h2>\n<dl class="index">${list(section)}</dl>`),
  ].join('\n');
}

/** @returns {{ fileName: string, source: string | Uint8Array }[]} everything below guide/ */
export function guideFiles({ policy = CONTENT_SECURITY_POLICY } = {}) {
  const pages = listPages();
  /** @param {{ name: string, title: string }} page @param {{ html: string, headings: readonly { id: string, text: string }[] }} body */
  const file = (page, body) => ({
    fileName: `guide/${page.name}.html`,
    source: guideDocument({ page, body, pages, policy }),
  });
  const index = { name: 'index', title: 'Guide' };
  const images = readdirSync(join(DOCS, 'images'));
  return [
    file(index, { html: indexBody(pages), headings: [] }),
    ...pages.map((page) => {
      if (page.name === 'glossary') return file(page, glossaryBody());
      const text = readFileSync(join(DOCS, page.source), 'utf8');
      return file(
        page,
        renderMarkdown(text, (href) => guideHref(page.source, href)),
      );
    }),
    { fileName: 'guide/guide.css', source: readFileSync(new URL('./guide.css', import.meta.url), 'utf8') },
    ...images.map((name) => ({
      fileName: `guide/images/${name}`,
      source: readFileSync(join(DOCS, 'images', name)),
    })),
  ];
}

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['png', 'image/png'],
]);

/** Emits the guide with the build; while developing, makes it anew for every request. @returns {import('vite').Plugin} */
export function guide() {
  return {
    name: 'metascope-guide',
    generateBundle() {
      for (const { fileName, source } of guideFiles()) this.emitFile({ type: 'asset', fileName, source });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '')
          .split('?')[0]
          ?.replace(/^\//, '')
          .replace(/^guide\/$/, 'guide/index.html');
        if (!path?.startsWith('guide/')) return next();
        const found = guideFiles().find(({ fileName }) => fileName === path);
        if (found === undefined) return next();
        response.setHeader(
          'Content-Type',
          TYPES.get(path.split('.').at(-1) ?? '') ?? 'application/octet-stream',
        );
        response.end(found.source);
      });
    },
  };
}
