// Finds the texts that a source would show without a table of src/words: what words.test.ts holds the page to. It reads
// the syntax, not the types: a literal counts by where it stands.
import { parseAst } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** How much of a source is looked at. */
export interface TextRules {
  /** JSX attributes, and properties of objects, whose value people see or hear. */
  readonly seen: RegExp;
  /**
   * Any other literal counts that has a word in it (`words`), or several (`sentences`), unless it stands where only the
   * program reads.
   */
  readonly literals: 'none' | 'sentences' | 'words';
  /** Functions whose first argument is drawn or shown. */
  readonly shows?: RegExp;
  /** Texts that are the same in every language. */
  readonly allowed: readonly RegExp[];
  /** What the program calls its own things; a text all the same where it is shown. */
  readonly ids?: RegExp;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nameOf = (key: unknown): string => {
  if (!isNode(key)) return '';
  if (typeof key.name === 'string') return key.name;
  return key.type === 'MemberExpression' ? nameOf(key.property) : '';
};

/** A literal's text, or that of a template's fixed part; null: neither. */
function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateElement') return null;
  const { cooked } = node.value as { readonly cooked: string };
  return cooked;
}

/** The texts that an expression can have as its value: its literals, and the fixed parts of its templates. */
function valuesOf(node: unknown): readonly string[] {
  if (!isNode(node)) return [];
  const own = textOf(node);
  if (own !== null) return [own];
  switch (node.type) {
    case 'TemplateLiteral':
      return (node.quasis as readonly Node[]).flatMap(valuesOf);
    case 'ConditionalExpression':
      return [...valuesOf(node.consequent), ...valuesOf(node.alternate)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...valuesOf(node.left), ...valuesOf(node.right)] : [];
    case 'LogicalExpression':
      return [...valuesOf(node.left), ...valuesOf(node.right)];
    case 'JSXExpressionContainer':
      return valuesOf(node.expression);
    default:
      return [];
  }
}

/** What a node shows by itself: JSX text, a seen attribute, an expression among JSX children, a seen property. */
function shownBy(node: Node, parent: Node | null, { seen, shows }: TextRules): readonly string[] {
  switch (node.type) {
    case 'CallExpression':
      return shows?.test(nameOf(node.callee)) ? valuesOf((node.arguments as readonly unknown[])[0]) : [];
    case 'JSXText':
      return [String(node.value).replace(/&\w+;/g, ' ')];
    case 'JSXAttribute':
      return seen.test(nameOf(node.name)) ? valuesOf(node.value) : [];
    case 'JSXExpressionContainer':
      return parent?.type === 'JSXAttribute' ? [] : valuesOf(node);
    case 'Property':
      return seen.test(nameOf(node.key)) ? valuesOf(node.value) : [];
    default:
      return [];
  }
}

/** Properties whose values only the program reads. */
const MACHINE_KEYS =
  /^(role|kind|align|shape|cap|side|mode|xKind|yKind|id|type|algorithm|strategy|columns|field|fields|marker|prefer|className|d)$/;
/** Functions whose first argument only the program reads: a mark's role, a column's name, an error's text. */
const MACHINE_CALLS =
  /^(line|ring|outline|framed|bar|panelFrame|verticalRule|horizontalRule|arrow|column|getContext|startsWith|endsWith|includes|indexOf|split|join|replace|replaceAll|test|exec|get|has|set|delete|matchMedia|querySelector|querySelectorAll|closest|matches|createElement|getItem|setItem|addEventListener|removeEventListener|dispatchEvent|getElementById|getPropertyValue|setProperty|postMessage|randomKey|fold|split)$/;
const ERRORS = /^(Error|RangeError|TypeError|SyntaxError|DOMException)$/;

/** Whether only the program reads what stands at `key` of `parent`. */
function isMachine(parent: Node, key: string, index: number): boolean {
  switch (parent.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return key === 'source';
    case 'Property':
      return key === 'key' ? parent.computed !== true : MACHINE_KEYS.test(nameOf(parent.key));
    case 'VariableDeclarator':
      return MACHINE_KEYS.test(nameOf(parent.id));
    case 'MemberExpression':
      return key === 'property';
    case 'BinaryExpression':
      return /^(===|!==|in)$/.test(String(parent.operator));
    case 'SwitchCase':
      return key === 'test';
    case 'NewExpression':
      return key === 'arguments' && ERRORS.test(nameOf(parent.callee));
    case 'CallExpression':
      return key === 'arguments' && index === 0 && MACHINE_CALLS.test(nameOf(parent.callee));
    default:
      // Types; what is satisfied or asserted is an expression again.
      return parent.type.startsWith('TS') && key !== 'expression';
  }
}

/** Several words, or a sentence's end beside a value. */
const SENTENCE = /\p{L}[,;:.!?’]?\s|\s\p{L}/u;

/** What formulas call their functions and quantities, in every language. */
const NAMES = /\b(?:Adam|TRPO|KL|MAX_L|mean|clamp|round|min|max|log|sin)(?![a-z])/g;
/** Single letters are symbols; indices are no letters here. */
const WORD = /[\p{Lu}\p{Ll}]{2}/u;

/** Texts with words in them, as "line: text", in the source's order. */
export function findTexts(source: string, lang: 'ts' | 'tsx', rules: TextRules): readonly string[] {
  const found = new Map<string, string>();
  const note = (node: Node, text: string) => {
    const words = text.trim();
    if (!WORD.test(words.replace(NAMES, '')) || rules.allowed.some((allowed) => allowed.test(words))) return;
    const line = source.slice(0, node.start).split('\n').length;
    found.set(`${line}: ${words}`, words);
  };
  const visit = (value: unknown, parent: Node | null, machine: boolean): void => {
    if (!isNode(value)) return;
    for (const text of shownBy(value, parent, rules)) note(value, text);
    const own = machine || rules.literals === 'none' ? null : textOf(value);
    const isId = own !== null && rules.ids?.test(own.trim()) === true;
    if (own !== null && !isId && (rules.literals === 'words' || SENTENCE.test(own))) note(value, own);
    for (const [key, child] of Object.entries(value)) {
      const children = Array.isArray(child) ? child : [child];
      for (const [index, one] of children.entries()) {
        visit(one, value, machine || isMachine(value, key, index));
      }
    }
  };
  visit(parseAst(source, { lang }), null, false);
  return [...found.keys()];
}
