import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeLink } from '../experiment/codec.ts';
import { presetById } from '../experiment/presets.ts';
import { loadExperiment, parseAlgorithms, patchExperiment } from './load-experiment.ts';
import { UsageError } from './usage-error.ts';

const live = presetById('sinusoid-live')!.experiment;
const folder = mkdtempSync(join(tmpdir(), 'metascope-'));
const fileWith = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('loadExperiment', () => {
  it('takes a preset, a file, and both forms of a link', async () => {
    const changed = { ...live, seed: 7, innerSteps: 3 };
    expect(await loadExperiment('sinusoid-live')).toEqual(live);
    expect(await loadExperiment(fileWith('ok.json', JSON.stringify(changed)))).toEqual(changed);
    const link = await encodeLink(changed);
    expect(await loadExperiment(`https://example.org/lab/${link}`)).toEqual(changed);
    expect(await loadExperiment(link.slice(1))).toEqual(changed);
  });

  it.each([
    ['an unknown preset', 'sinusoid-lively', /Presets: sinusoid-live/],
    ['a missing file', './missing.json', /no file/],
    ['a file that is not JSON', fileWith('bad.json', '{"seed": '), /not valid JSON/],
    ['a setting out of range', fileWith('range.json', '{"innerSteps": -1}'), /innerSteps/],
    ['a setting that does not exist', fileWith('key.json', '{"colour": 1}'), /colour/],
    ['a damaged link', '#z=AAAA', /link/i],
    ['a huge file', fileWith('huge.json', ' '.repeat(2 ** 20 + 1)), /at most/],
  ])('refuses %s', async (_, source, message) => {
    await expect(loadExperiment(source)).rejects.toThrow(UsageError);
    await expect(loadExperiment(source)).rejects.toThrow(message);
  });
});

describe('options', () => {
  it('are checked as the page’s controls are', () => {
    expect(patchExperiment(live, { metaIterations: 5 }).metaIterations).toBe(5);
    expect(() => patchExperiment(live, { metaIterations: 0 })).toThrow(UsageError);
    expect(parseAlgorithms('reptile, maml')).toEqual(['reptile', 'maml']);
    expect(patchExperiment(live, { algorithms: parseAlgorithms('reptile,maml') }).algorithms).toEqual([
      'maml',
      'reptile',
    ]);
    expect(() => parseAlgorithms('maml,mamba')).toThrow(/mamba/);
  });
});
