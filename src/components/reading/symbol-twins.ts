// The places on the page that show a symbol: elements with data-symbol, which is an entry's id (in formulas), the symbol
// as a setting prints it, or "value:" and the name of a live value. Lighting them is an attribute of the document's own, so that React never undoes it.
import { SYMBOL_IDS, type SymbolId } from '../../words/glossary.ts';
import { symbolOf } from './symbols.ts';

const VALUE = 'value:';

/** What an element's data-symbol means; null: nothing known. */
export function symbolIdOf(element: Element): SymbolId | null {
  const said = element.getAttribute('data-symbol') ?? '';
  if (said.startsWith(VALUE)) return symbolOf(said.slice(VALUE.length), 'value');
  return SYMBOL_IDS.find((id) => id === said) ?? symbolOf(said);
}

/** Lights every place that shows the symbol, and no other; null: none. */
export function lightTwins(root: ParentNode, id: SymbolId | null): void {
  for (const element of root.querySelectorAll('[data-symbol]')) {
    element.toggleAttribute('data-lit', id !== null && symbolIdOf(element) === id);
  }
}

/** The neighbour of `from` among its group's symbols, `step` places on; null at the ends and outside groups. */
export function neighbour(from: Element, step: 1 | -1): HTMLElement | null {
  const group = from.closest('[data-symbol-group]');
  if (group === null) return null;
  const all = [...group.querySelectorAll<HTMLElement>('[data-symbol][tabindex]')];
  return all[all.findIndex((element) => element.isSameNode(from)) + step] ?? null;
}

/** Makes `entry` the one place where Tab enters its group. */
export function enterAt(entry: HTMLElement): void {
  for (const element of entry
    .closest('[data-symbol-group]')
    ?.querySelectorAll<HTMLElement>('[data-symbol][tabindex="0"]') ?? []) {
    element.tabIndex = -1;
  }
  entry.tabIndex = 0;
}
