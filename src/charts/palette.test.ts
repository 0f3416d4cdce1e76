import { describe, expect, it } from 'vitest';
import { ALGORITHM_IDS, STRATEGIES } from '../experiment/experiment.ts';
import { contrast, mixColours, themeOf, viridis } from './palette.ts';

describe('contrast', () => {
  it('equals the reference values of WCAG 2', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 6);
    expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
    expect(contrast('#123456', '#123456')).toBe(1);
  });
});

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const theme = themeOf(name);

  it.each(ALGORITHM_IDS)('%s: mark 3:1, text 4.5:1', (id) => {
    expect(contrast(theme.algorithms[id].mark, theme.surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(theme.algorithms[id].text, theme.surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(STRATEGIES)('agent %s: mark 3:1, text 4.5:1', (id) => {
    expect(contrast(theme.agents[id].mark, theme.surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(theme.agents[id].text, theme.surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(STRATEGIES)('buffer strategy %s: mark 3:1', (id) => {
    expect(contrast(theme.strategies[id], theme.surface)).toBeGreaterThanOrEqual(3);
  });

  it.each(['ink', 'ink2', 'buffer', 'noise', 'error'] as const)('%s as text: 4.5:1', (token) => {
    expect(contrast(theme[token], theme.surface)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['axis', 'focus'] as const)('%s as mark: 3:1', (token) => {
    expect(contrast(theme[token], theme.surface)).toBeGreaterThanOrEqual(3);
  });

  it('ink stays readable on the running line', () => {
    expect(contrast(theme.ink, theme.running)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme.ink2, theme.running)).toBeGreaterThanOrEqual(4.5);
  });
});

describe.each(['light', 'dark', 'forced'] as const)('without colour, %s', (name) => {
  it('no two algorithms share both marker and dash', () => {
    const looks = ALGORITHM_IDS.map((id) => {
      const { marker, dash } = themeOf(name).algorithms[id];
      return `${marker} ${dash.join(',')}`;
    });
    expect(new Set(looks).size).toBe(looks.length);
  });
});

it('no two agents share a marker or a letter; UNIFORM looks as MAML, MEDIUM as RMAML', () => {
  const { agents, algorithms } = themeOf('light');
  expect(new Set(STRATEGIES.map((id) => agents[id].marker)).size).toBe(4);
  expect(STRATEGIES.map((id) => agents[id].letter)).toEqual(['U', 'E', 'M', 'H']);
  expect([agents.uniform.mark, agents.uniform.marker]).toEqual([algorithms.maml.mark, 'circle']);
  expect([agents.medium.mark, agents.medium.marker]).toEqual([algorithms.rmaml.mark, 'diamond']);
});

it('mixes colours and walks viridis from violet to yellow, ever lighter', () => {
  expect(mixColours('#000000', '#FF8040', 0.5)).toBe('#804020');
  expect(mixColours('#123456', '#FFFFFF', 0)).toBe('#123456');
  expect([viridis(-1), viridis(0), viridis(Number.NaN)]).toEqual(['#440154', '#440154', '#440154']);
  expect([viridis(0.5), viridis(1), viridis(2)]).toEqual(['#21918C', '#FDE725', '#FDE725']);
  const steps = Array.from({ length: 33 }, (_, i) => contrast(viridis(i / 32), '#000000'));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

it('forced colours name system colours only', () => {
  const { algorithms, strategies, agents, name, ...tokens } = themeOf('forced');
  const colours = [
    ...Object.values(tokens),
    ...Object.values(strategies),
    ...[...Object.values(algorithms), ...Object.values(agents)].flatMap((style) => [style.mark, style.text]),
  ];
  expect(name).toBe('forced');
  for (const colour of colours) expect(['Canvas', 'CanvasText', 'GrayText', 'Highlight']).toContain(colour);
});
