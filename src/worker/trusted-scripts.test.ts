import { afterEach, describe, expect, it } from 'vitest';
import { trustScripts } from './trusted-scripts.ts';

describe('trusted scripts', () => {
  afterEach(() => {
    globalThis.trustedTypes = undefined;
  });

  it('lets only the listed scripts through, also without Trusted Types', () => {
    const trusted = trustScripts(['./a.js', './b.js']);
    expect(trusted('./b.js')).toBe('./b.js');
    expect(() => trusted('https://elsewhere.example/a.js')).toThrow('expected ./a.js, ./b.js');
    expect(() => trusted('./a.js?x')).toThrow(TypeError);
  });

  it('goes through the one policy where there are Trusted Types', () => {
    const made: string[] = [];
    globalThis.trustedTypes = {
      createPolicy: (name, rules) => ({
        createScriptURL: (address) => {
          made.push(name);
          return new URL(rules.createScriptURL(address), 'https://lab.example/');
        },
      }),
    };
    const trusted = trustScripts(['a.js']);
    expect(String(trusted('a.js'))).toBe('https://lab.example/a.js');
    expect(() => trusted('b.js')).toThrow(TypeError);
    expect(made).toEqual(['metascope', 'metascope']);
  });
});
