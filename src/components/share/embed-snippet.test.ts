// The HTML of a frame: what was meant, and nothing that a name could smuggle in.
import { expect, it } from 'vitest';
import { embedSnippet } from './embed-snippet.ts';

const FRAME = {
  address: 'https://example.org/metascope/',
  fragment: '#v=1&lab=sinusoid&preset=sinusoid-live&seed=1',
  title: 'metascope, Sinusoid lab: Live',
  height: 700,
};

it('is one frame with a name, a size and the permissions that the page needs', () => {
  expect(embedSnippet(FRAME)).toBe(
    '<iframe src="https://example.org/metascope/?embed#v=1&amp;lab=sinusoid&amp;preset=sinusoid-live&amp;seed=1"' +
      ' title="metascope, Sinusoid lab: Live" width="100%" height="700" allow="fullscreen; clipboard-write"' +
      ' loading="lazy" style="border: 0"></iframe>',
  );
});

it('escapes what would end an attribute or an element', () => {
  const html = embedSnippet({ ...FRAME, title: '"><script>alert(1)</script>', fragment: '#v=1&x="onload="' });
  expect(html.match(/[<>]/g)).toHaveLength(4);
  expect(html.match(/"/g)).toHaveLength(14);
});
