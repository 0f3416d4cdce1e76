// Colours, marker shapes and dashes: the tokens of the visual language, for the light and dark theme and for forced
// colours. Marks keep one Okabe–Ito hue per algorithm; words use a step of their own that reaches 4.5:1.
// palette.test.ts measures every pair.
import type { AlgorithmId, Strategy } from '../experiment/experiment.ts';
import { algorithmNames } from '../words/names.ts';

export type ThemeName = 'light' | 'dark' | 'forced';
export type MarkerShape = 'circle' | 'triangle' | 'nabla' | 'square' | 'diamond' | 'plus' | 'cross';

/** How one algorithm looks. Never colour alone: the marker (or the dash, for baselines) says the same. */
export interface AlgorithmStyle {
  readonly label: string;
  /** Lines, bands, markers: at least 3:1 against the surface. */
  readonly mark: string;
  /** Words: at least 4.5:1 against the surface. */
  readonly text: string;
  /** null for baselines, which are told apart by their dash. */
  readonly marker: MarkerShape | null;
  /** The marker as a character, for words in HTML; a dash sample for baselines. */
  readonly glyph: string;
  /** Canvas dash pattern in CSS pixels; empty is solid. */
  readonly dash: readonly number[];
}

/** How one strategy's agent looks in the Reaching arena, where four run at once; never colour alone. */
export interface AgentStyle extends AlgorithmStyle {
  readonly marker: MarkerShape;
  /** U, E, M or H: names a cell of the phase map. */
  readonly letter: string;
}

export interface Theme {
  readonly name: ThemeName;
  readonly surface: string;
  readonly ink: string;
  readonly ink2: string;
  /** Grid lines and separators. */
  readonly rule: string;
  /** Axis lines and the edges of controls. */
  readonly axis: string;
  /** Wash behind the running line of pseudocode. */
  readonly running: string;
  /** Replayed tasks. */
  readonly buffer: string;
  /** Tasks drawn from the noise, in a buffer: always hatched as well. No algorithm of ours has this hue. */
  readonly noise: string;
  readonly error: string;
  readonly focus: string;
  readonly algorithms: Readonly<Record<AlgorithmId, AlgorithmStyle>>;
  /** The ochre ramp of buffer strategies. */
  readonly strategies: Readonly<Record<Strategy, string>>;
  /** The Reaching lab's agents: UNIFORM as MAML, MEDIUM as RMAML, EASY and HARD with hues of their own. */
  readonly agents: Readonly<Record<Strategy, AgentStyle>>;
}

type Colours = Readonly<
  Record<'maml' | 'fomaml' | 'reptile' | 'rmaml', { mark: string; text: string; dash?: readonly number[] }>
>;

const SHORT_DASH = [5, 3];
const DOTS = [1.5, 3];

function algorithmStyles(colours: Colours, baseline: string): Readonly<Record<AlgorithmId, AlgorithmStyle>> {
  const own = (id: keyof Colours, label: string, marker: MarkerShape, glyph: string): AlgorithmStyle => ({
    label,
    mark: colours[id].mark,
    text: colours[id].text,
    marker,
    glyph,
    dash: colours[id].dash ?? [],
  });
  const grey = (label: string, glyph: string, dash: readonly number[]): AlgorithmStyle => ({
    label,
    mark: baseline,
    text: baseline,
    marker: null,
    glyph,
    dash,
  });
  return {
    maml: own('maml', 'MAML', 'circle', '●'),
    fomaml: own('fomaml', 'FOMAML', 'triangle', '▲'),
    reptile: own('reptile', 'Reptile', 'square', '■'),
    rmaml: own('rmaml', 'RMAML', 'diamond', '◆'),
    pretrained: grey(algorithmNames.pretrained, '╌', SHORT_DASH),
    random: grey(algorithmNames.random, '┈', DOTS),
    oracle: grey(algorithmNames.oracle, '─', []),
  };
}

/** The agents' looks, with the hues (and dashes in forced colours) of the algorithms' own table. */
function agentStyles(colours: Colours): Readonly<Record<Strategy, AgentStyle>> {
  const agent = (
    label: string,
    look: Colours[keyof Colours],
    [marker, glyph]: readonly [MarkerShape, string],
  ): AgentStyle => ({
    label,
    mark: look.mark,
    text: look.text,
    dash: look.dash ?? [],
    marker,
    glyph,
    letter: label.charAt(0),
  });
  return {
    uniform: agent('UNIFORM', colours.maml, ['circle', '●']),
    easy: agent('EASY', colours.reptile, ['triangle', '▲']),
    medium: agent('MEDIUM', colours.rmaml, ['diamond', '◆']),
    hard: agent('HARD', colours.fomaml, ['nabla', '▼']),
  };
}

const LIGHT_COLOURS: Colours = {
  maml: { mark: '#0072B2', text: '#0072B2' },
  fomaml: { mark: '#D55E00', text: '#A84A00' },
  reptile: { mark: '#009E73', text: '#007252' },
  rmaml: { mark: '#CC79A7', text: '#9C3F75' },
};

const DARK_COLOURS: Colours = {
  // Lightened from #0072B2, as the visual language allows: 6.1:1 in place of 3.6:1.
  maml: { mark: '#3D9BE0', text: '#5AB0E6' },
  fomaml: { mark: '#D55E00', text: '#F28C45' },
  reptile: { mark: '#009E73', text: '#33C79C' },
  rmaml: { mark: '#CC79A7', text: '#E0A0C4' },
};

const FORCED_COLOURS: Colours = {
  maml: { mark: 'CanvasText', text: 'CanvasText' },
  fomaml: { mark: 'CanvasText', text: 'CanvasText', dash: [9, 3] },
  reptile: { mark: 'CanvasText', text: 'CanvasText', dash: [3, 3] },
  rmaml: { mark: 'CanvasText', text: 'CanvasText', dash: [9, 3, 2, 3] },
};

const LIGHT: Theme = {
  name: 'light',
  surface: '#FFFFFF',
  ink: '#15181B',
  ink2: '#555C63',
  rule: '#DFE2E4',
  axis: '#868D93',
  running: '#F7EFD6',
  buffer: '#8A6A10',
  noise: '#7A5CC4',
  error: '#B3261E',
  focus: '#15181B',
  algorithms: algorithmStyles(LIGHT_COLOURS, '#555C63'),
  strategies: { easy: '#A17F22', medium: '#75590C', hard: '#453300', uniform: '#6B7177' },
  agents: agentStyles(LIGHT_COLOURS),
};

const DARK: Theme = {
  name: 'dark',
  surface: '#121417',
  ink: '#EDEFF1',
  ink2: '#A3ABB3',
  rule: '#2B3035',
  axis: '#79828A',
  running: '#332B12',
  buffer: '#D9B84C',
  noise: '#A48BEA',
  error: '#FF8A80',
  focus: '#FFFFFF',
  algorithms: algorithmStyles(DARK_COLOURS, '#A3ABB3'),
  strategies: { easy: '#8F7830', medium: '#C9A63A', hard: '#F6DC7C', uniform: '#A3ABB3' },
  agents: agentStyles(DARK_COLOURS),
};

/** System colour names: the browser resolves them, so their contrast is the user's own choice. */
const FORCED: Theme = {
  name: 'forced',
  surface: 'Canvas',
  ink: 'CanvasText',
  ink2: 'CanvasText',
  rule: 'GrayText',
  axis: 'GrayText',
  running: 'Highlight',
  buffer: 'CanvasText',
  noise: 'CanvasText',
  error: 'CanvasText',
  focus: 'Highlight',
  algorithms: algorithmStyles(FORCED_COLOURS, 'CanvasText'),
  strategies: { easy: 'CanvasText', medium: 'CanvasText', hard: 'CanvasText', uniform: 'CanvasText' },
  agents: agentStyles(FORCED_COLOURS),
};

/** The theme's tokens. 'forced' is for `@media (forced-colors: active)`. */
export function themeOf(name: ThemeName): Theme {
  if (name === 'forced') return FORCED;
  return name === 'dark' ? DARK : LIGHT;
}

/** WCAG 2 relative luminance of "#RRGGBB", 0…1. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG 2 contrast ratio of two "#RRGGBB" colours, 1…21. */
export function contrast(a: string, b: string): number {
  const [la, lb] = [luminance(a), luminance(b)];
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

/** Black or white, whichever is easier to read on `fill`, "#RRGGBB". */
export function inkOn(fill: string): string {
  return contrast('#000000', fill) >= contrast('#FFFFFF', fill) ? '#000000' : '#FFFFFF';
}

/** Viridis at nine even steps; between them straight lines in sRGB, which no eye tells from the original. */
const VIRIDIS = [
  0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725,
] as const;

const hexOf = (rgb: number): string => `#${rgb.toString(16).padStart(6, '0').toUpperCase()}`;

/** Magnitudes: 0 dark violet … 1 yellow; values outside are clamped, NaN counts as 0. */
export function viridis(share: number): string {
  const at = Math.min(Math.max(share || 0, 0), 1) * (VIRIDIS.length - 1);
  const low = Math.min(Math.floor(at), VIRIDIS.length - 2);
  return mixColours(hexOf(VIRIDIS[low]!), hexOf(VIRIDIS[low + 1]!), at - low);
}

/** "#RRGGBB" between `from` (share 0) and `to` (share 1), channel by channel in sRGB. */
export function mixColours(from: string, to: string, share: number): string {
  const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(from, at) + share * (channel(to, at) - channel(from, at))),
  );
  return hexOf(mixed[0]! * 65536 + mixed[1]! * 256 + mixed[2]!);
}
