// One page of the guide as a document: the bar with the way back to the labs, the list of pages, the text, its headings.
// No script, no inline style.
import { WRITTEN_IN } from '../src/words/language.ts';
import { escapeHtml } from './guide-markdown.mjs';

/** The lab that a page is about: where “Open the lab” leads. */
const LABS = new Map([
  ['sinusoid', ['Sinusoid', '#v=1&lab=sinusoid&preset=sinusoid-live&seed=0']],
  ['reaching', ['Reaching', '#v=1&lab=reaching&preset=reaching-figure-3&seed=0']],
  ['navigation', ['Navigation', '#v=1&lab=navigation&preset=navigation-maml-live&seed=0']],
  ['cheetah', ['Cheetah', '#v=1&lab=cheetah']],
]);

const GLYPH =
  '<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><g stroke="currentColor" stroke-width="1.5"><path d="M11.5 11.5 4 6M11.5 11.5 20 4.5M11.5 11.5l7 5.5M11.5 11.5l-5 8.5"/></g><g fill="currentColor"><circle cx="4" cy="6" r="1.4"/><circle cx="20" cy="4.5" r="1.4"/><circle cx="18.5" cy="17" r="1.4"/><circle cx="6.5" cy="20" r="1.4"/><circle cx="11.5" cy="11.5" r="3.6"/></g></svg>';

/**
 * @param {{ name: string }} page
 * @param {readonly import('./guide.mjs').GuidePage[]} pages
 */
function pageList(page, pages) {
  const sections = [...new Set(pages.map(({ section }) => section))];
  return sections
    .map((section) => {
      const links = pages
        .filter((one) => one.section === section)
        .map(({ name, title }) => {
          const current = name === page.name ? ' aria-current="page"' : '';
          return `<li><a href="${name}.html"${current}>${title}</a></li>`;
        });
      return `<p>${section}</p>\n<ul>\n${links.join('\n')}\n</ul>`;
    })
    .join('\n');
}

/** @param {readonly { id: string, text: string }[]} headings */
function contents(headings) {
  if (headings.length < 2) return '';
  const links = headings.map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`);
  return `<nav class="contents" aria-label="On this page"><p>On this page</p>\n<ul>\n${links.join('\n')}\n</ul></nav>`;
}

/**
 * @param {{
 *   page: { name: string, title: string },
 *   body: { html: string, headings: readonly { id: string, text: string }[] },
 *   pages: readonly import('./guide.mjs').GuidePage[],
 *   policy: string,
 * }} parts
 */
export function guideDocument({ page, body, pages, policy }) {
  const title =
    page.name === 'index'
      ? 'Guide · metascope'
      : `${page.title.replace(/<[^>]*>|[`*$]/g, '')} · metascope guide`;
  const [lab, link] = LABS.get(page.name) ?? [];
  const open =
    lab === undefined
      ? ''
      : `<p class="open"><a href="../index.html${escapeHtml(link ?? '')}">Open the ${lab} lab</a></p>`;
  return `<!doctype html>
<html lang="${WRITTEN_IN}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(`${title}: what the labs show and how it is computed.`)}">
<link rel="icon" type="image/svg+xml" href="../icon.svg">
<link rel="stylesheet" href="guide.css">
<title>${escapeHtml(title)}</title>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header class="bar">
<a class="wordmark" href="../index.html">${GLYPH} metascope</a>
<nav aria-label="Site">
<a href="../index.html#v=1&amp;page=gallery">Gallery</a>
<a href="index.html"${page.name === 'index' ? ' aria-current="page"' : ''}>Guide</a>
<a href="glossary.html"${page.name === 'glossary' ? ' aria-current="page"' : ''}>Glossary</a>
</nav>
</header>
<div class="columns">
<nav class="pages" aria-label="Pages">
${pageList(page, pages)}
</nav>
<main id="text" tabindex="-1">
${open}
${contents(body.headings)}
<article>
${body.html}
</article>
</main>
</div>
</body>
</html>
`;
}
