// Markdown as the guide's HTML: headings with addresses, tables and code that can be scrolled by keyboard, TeX as MathML.
// The text is our own (docs/), so HTML in it is passed through.
import katex from 'katex';
import { Marked } from 'marked';

/** @param {string} text */
export function escapeHtml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** @param {string} tex @param {boolean} display MathML alone: no fonts, no style of KaTeX's own. */
export function mathML(tex, display) {
  const html = katex.renderToString(tex, { output: 'mathml', displayMode: display, strict: 'ignore' });
  const math = /<math[\s\S]*<\/math>/.exec(html)?.[0] ?? '';
  const bare = math.replace(/<annotation[\s\S]*?<\/annotation>/g, '').replace(/<\/?semantics>/g, '');
  // The policy lets no style attribute take effect.
  if (/\sstyle=/.test(bare)) throw new Error(`“${tex}” needs a style attribute; write it another way.`);
  return bare;
}

/** @param {string} text of a heading, as plain words */
export function slug(text) {
  return text
    .toLowerCase()
    .replace(/<[^>]*>/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** Block and inline TeX. $…$ begins and ends at something that is no space, and no digit follows. */
const MATHS = [
  {
    name: 'mathBlock',
    level: /** @type {const} */ ('block'),
    start: (/** @type {string} */ src) => src.match(/^\$\$/m)?.index,
    tokenizer(/** @type {string} */ src) {
      const match = /^\$\$\s*([\s\S]+?)\s*\$\$(?:\n|$)/.exec(src);
      return match === null ? undefined : { type: 'mathBlock', raw: match[0], text: match[1] };
    },
    renderer: (/** @type {import('marked').Tokens.Generic} */ token) =>
      `<div class="equation" tabindex="0">${mathML(token.text, true)}</div>\n`,
  },
  {
    name: 'mathInline',
    level: /** @type {const} */ ('inline'),
    start: (/** @type {string} */ src) => src.indexOf('$'),
    tokenizer(/** @type {string} */ src) {
      const match = /^\$(?![\s$])((?:\\.|[^$\\\n])+?)(?<!\s)\$(?!\d)/.exec(src);
      return match === null ? undefined : { type: 'mathInline', raw: match[0], text: match[1] };
    },
    renderer: (/** @type {import('marked').Tokens.Generic} */ token) => mathML(token.text, false),
  },
];

/**
 * @param {string} text Markdown
 * @param {(href: string) => string | null} linkTo where a link leads; null: nowhere, and only its words are printed
 * @returns {{ html: string, headings: { id: string, text: string }[] }} headings of the second level
 */
export function renderMarkdown(text, linkTo) {
  /** @type {{ id: string, text: string }[]} */
  const headings = [];
  /** @type {Map<string, number>} */
  const seen = new Map();
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        const words = this.parser.parseInline(tokens);
        const plain = slug(words);
        const count = seen.get(plain) ?? 0;
        seen.set(plain, count + 1);
        const id = count === 0 ? plain : `${plain}-${count}`;
        if (depth === 2) headings.push({ id, text: words });
        return `<h${depth} id="${id}">${words}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const target = linkTo(href);
        return target === null ? words : `<a href="${escapeHtml(target)}">${words}</a>`;
      },
      image({ href, text: alt }) {
        const target = linkTo(href) ?? href;
        return `<img src="${escapeHtml(target)}" alt="${escapeHtml(alt)}" loading="lazy">`;
      },
      code({ text: code, lang }) {
        const name = lang === undefined || lang === '' ? '' : ` class="language-${escapeHtml(lang)}"`;
        return `<pre tabindex="0"><code${name}>${escapeHtml(code)}</code></pre>\n`;
      },
      table(token) {
        const cell = (
          /** @type {import('marked').Tokens.TableCell} */ { tokens, align },
          /** @type {string} */ tag,
        ) => `<${tag}${align ? ` class="${align}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>`;
        // A corner without words is no header.
        const head = token.header.map((one) => cell(one, one.text === '' ? 'td' : 'th')).join('');
        const rows = token.rows
          .map((row) => `<tr>${row.map((one) => cell(one, 'td')).join('')}</tr>`)
          .join('\n');
        const top = token.header.every(({ text: words }) => words === '')
          ? ''
          : `<thead><tr>${head}</tr></thead>`;
        return `<div class="table" tabindex="0"><table>${top}<tbody>\n${rows}\n</tbody></table></div>\n`;
      },
    },
    extensions: MATHS,
  });
  const html = marked.parse(text, { async: false });
  return { html, headings };
}
