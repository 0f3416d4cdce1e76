import { describe, expect, it } from 'vitest';
import { labelGutter, layoutEndLabels, spreadLabels } from './labels.ts';
import { textWidth } from './text.ts';

describe('spreadLabels', () => {
  it('leaves labels alone that are apart already', () => {
    expect(spreadLabels([10, 40, 90], 14, [0, 100])).toEqual([10, 40, 90]);
  });

  it('spreads equal wishes symmetrically, in the order given', () => {
    expect(spreadLabels([50, 50, 50], 10, [0, 100])).toEqual([40, 50, 60]);
  });

  it('keeps value order and distance for many random wishes', () => {
    let seed = 1;
    for (let round = 0; round < 200; round++) {
      const wanted = Array.from({ length: 5 }, () => {
        seed = (seed * 16807) % 2147483647;
        return (seed % 1000) / 10;
      });
      const placed = spreadLabels(wanted, 14, [7, 93]);
      for (let i = 0; i < 5; i++) {
        expect(placed[i]).toBeGreaterThanOrEqual(7 - 1e-9);
        expect(placed[i]).toBeLessThanOrEqual(93 + 1e-9);
        for (let j = 0; j < 5; j++) {
          if (wanted[i]! < wanted[j]!) expect(placed[j]! - placed[i]!).toBeGreaterThanOrEqual(14 - 1e-9);
        }
      }
    }
  });

  it('never stacks labels, even where there is no room for all', () => {
    const placed = spreadLabels([5, 5, 5, 5], 14, [0, 20]);
    expect(placed).toEqual([0, 14, 28, 42]);
  });
});

describe('layoutEndLabels', () => {
  const end = (role: string, endY: number) => ({
    role,
    text: role,
    color: '#000',
    mark: '#000',
    endX: 100,
    endY,
  });

  it('leaves out what has no end', () => {
    const marks = layoutEndLabels([end('a', 10), end('b', Number.NaN)], {
      x: 120,
      top: 0,
      bottom: 80,
      fontSize: 12,
    });
    expect(marks.map((mark) => mark.role)).toEqual(['leader:a', 'label:a']);
  });

  it('leads from the end of the line to the words', () => {
    const marks = layoutEndLabels([end('a', 50), end('b', 50)], { x: 120, top: 0, bottom: 80, fontSize: 12 });
    const leader = marks.find((mark) => mark.role === 'leader:a');
    const label = marks.find((mark) => mark.role === 'label:a');
    if (leader?.kind !== 'line' || label?.kind !== 'text') throw new Error('no leader or label');
    expect([leader.points[0], leader.points[1]]).toEqual([100, 50]);
    expect(leader.points[5]).toBe(label.y);
    expect(label.y).toBeLessThan(50);
  });
});

it('labelGutter holds the widest name', () => {
  expect(labelGutter(['MAML', 'pretrained'], 12)).toBeGreaterThan(textWidth('pretrained', 12, true));
});
