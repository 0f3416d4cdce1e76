// The glossary page: the table from which the lab's symbols explain themselves, to read in one go.
import { SYMBOL_IDS, SYMBOLS } from '../src/words/glossary.ts';
import { TERM_IDS, TERMS } from '../src/words/glossary-terms.ts';
import { escapeHtml } from './guide-markdown.mjs';

/** @param {import('../src/words/glossary.ts').GlossaryEntry} entry */
function cells({ name, about, unit, where }) {
  return [name, about, unit === '' ? '–' : unit, where]
    .map((text) => `<td>${escapeHtml(text)}</td>`)
    .join('');
}

export function glossaryBody() {
  const symbols = SYMBOL_IDS.map((id) => {
    const entry = SYMBOLS[id];
    return `<tr id="symbol-${id}"><th scope="row" class="symbol">${escapeHtml(entry.symbol)}</th>${cells(entry)}</tr>`;
  });
  const terms = TERM_IDS.map((id) => {
    const { name, about, where } = TERMS[id];
    return `<dt id="term-${id}">${escapeHtml(name)}</dt><dd>${escapeHtml(about)} <span class="where">${escapeHtml(where)}</span></dd>`;
  });
  const html = `<h1>Glossary</h1>
<p>Symbols as the papers have them. In the labs each explains itself where it stands: point at it, or go to it with the Tab key and from symbol to symbol with the arrow keys.</p>
<h2 id="symbols">Symbols</h2>
<div class="table" tabindex="0"><table>
<thead><tr><th scope="col">Symbol</th><th scope="col">Name</th><th scope="col">What it is</th><th scope="col">Unit</th><th scope="col">Where</th></tr></thead>
<tbody>
${symbols.join('\n')}
</tbody></table></div>
<h2 id="terms">Terms</h2>
<dl class="terms">
${terms.join('\n')}
</dl>`;
  return {
    html,
    headings: [
      { id: 'symbols', text: 'Symbols' },
      { id: 'terms', text: 'Terms' },
    ],
  };
}
