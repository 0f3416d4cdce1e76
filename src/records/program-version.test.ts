import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { PROGRAM_VERSION } from './program-version.ts';

it('is the version that package.json has', () => {
  expect(PROGRAM_VERSION).toBe(packageJson.version);
});
