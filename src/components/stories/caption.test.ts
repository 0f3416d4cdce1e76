import { expect, it } from 'vitest';
import { captionParts } from './Caption.tsx';

it('takes a paragraph apart into words, stress and formulas', () => {
  expect(captionParts('One $θ′ = θ$ *after* that.')).toEqual([
    { kind: 'words', text: 'One ' },
    { kind: 'formula', text: 'θ′ = θ' },
    { kind: 'words', text: ' ' },
    { kind: 'stress', text: 'after' },
    { kind: 'words', text: ' that.' },
  ]);
});

it('leaves lone signs alone', () => {
  const parts = captionParts('5 $ and 2 * 3 <b>x</b>');
  expect(parts).toEqual([{ kind: 'words', text: '5 $ and 2 * 3 <b>x</b>' }]);
  expect(captionParts('')).toEqual([]);
});
