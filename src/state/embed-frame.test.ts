// A framed page: whom it obeys, what it obeys, and what it says.
import { describe, expect, it } from 'vitest';
import { encodePlainLink } from '../experiment/codec.ts';
import {
  type AnswerMessage,
  allowedOrigins,
  readCommand,
  type SizeMessage,
} from '../experiment/embed-messages.ts';
import { defaultExperiment } from '../experiment/labs.ts';
import { NO_OPTIONS } from '../experiment/page-options.ts';
import { connectFrame } from './embed-frame.ts';
import { createPageStore } from './page-store.ts';

type Posted = readonly [message: SizeMessage | AnswerMessage, target: string];
const COURSE = 'https://course.example';
const LINK = encodePlainLink(defaultExperiment('sinusoid'));

function createFrame(origins: readonly string[], { covered = false } = {}) {
  const posted: Posted[] = [];
  const opened: string[] = [];
  const done: string[] = [];
  let tell = (_height: number): void => {};
  let hear = (_data: unknown, _origin: string, _isParent: boolean): void => {};
  const run = { getState: () => ({ play: () => done.push('play'), pause: () => done.push('pause') }) };
  const page = createPageStore({ ...NO_OPTIONS, predict: covered, embed: true });
  const current = { getState: () => ({ experiment: defaultExperiment('sinusoid') }) };
  // Only what the frame asks of the stores.
  const stores = { current, page, run, reaching: run, navigation: { run }, cheetah: { run } };
  const stop = connectFrame(stores, {
    origins,
    post: (message, target) => posted.push([message, target]),
    listen(listener) {
      hear = listener;
      return () => done.push('deaf');
    },
    watchHeight(listener) {
      tell = listener;
      return () => done.push('blind');
    },
    open: (fragment) => opened.push(fragment),
  });
  return {
    posted,
    opened,
    done,
    stop,
    resize: (height: number) => tell(height),
    async send(data: unknown, origin = COURSE, isParent = true) {
      hear(data, origin, isParent);
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

describe('sizes', () => {
  it('go to whoever holds the frame, whole pixels, once each', () => {
    const frame = createFrame([]);
    for (const height of [640.2, 640.9, 640.9, 702]) frame.resize(height);
    expect(frame.posted).toEqual([
      [{ type: 'metascope:size', version: 1, height: 641 }, '*'],
      [{ type: 'metascope:size', version: 1, height: 702 }, '*'],
    ]);
  });

  it('go to the named origins alone where some are', () => {
    const frame = createFrame([COURSE, 'https://other.example']);
    frame.resize(500);
    expect(frame.posted.map(([, target]) => target)).toEqual([COURSE, 'https://other.example']);
  });
});

describe('commands', () => {
  it('of the named origin are obeyed and answered', async () => {
    const frame = createFrame([COURSE]);
    await frame.send({ type: 'metascope:play' });
    await frame.send({ type: 'metascope:pause' });
    await frame.send({ type: 'metascope:set', link: `https://anywhere.example/lab/${LINK}` });
    expect(frame.done).toEqual(['play', 'pause']);
    expect(frame.opened).toEqual([LINK]);
    expect(frame.posted).toEqual(
      ['play', 'pause', 'set'].map((name) => [
        { type: 'metascope:answer', version: 1, to: `metascope:${name}`, problems: [] },
        COURSE,
      ]),
    );
  });

  it('without a named origin nobody is obeyed', async () => {
    const frame = createFrame([]);
    await frame.send({ type: 'metascope:play' });
    expect(frame.done).toEqual([]);
    expect(frame.posted).toEqual([]);
  });

  it.each([
    ['another origin', 'https://evil.example', true],
    ['the opaque origin', 'null', true],
    ['the right origin, but another window', COURSE, false],
  ])('from %s are neither obeyed nor answered', async (_, origin, isParent) => {
    const frame = createFrame([COURSE]);
    await frame.send({ type: 'metascope:set', link: LINK }, origin, isParent);
    expect(frame.opened).toEqual([]);
    expect(frame.posted).toEqual([]);
  });

  it('with a link that is wrong in part are obeyed, and told what was wrong', async () => {
    const frame = createFrame([COURSE]);
    await frame.send({ type: 'metascope:set', link: `${LINK}&wormhole=1` });
    expect(frame.opened).toEqual([`${LINK}&wormhole=1`]);
    expect(frame.posted[0]?.[0]).toMatchObject({ problems: [expect.stringContaining('wormhole')] });
  });

  it('do not uncover what must be guessed first', async () => {
    const frame = createFrame([COURSE], { covered: true });
    await frame.send({ type: 'metascope:play' });
    expect(frame.done).toEqual([]);
    expect(frame.posted[0]?.[0]).toMatchObject({ problems: [expect.stringContaining('guess')] });
  });

  it('that are malformed are refused in words', async () => {
    const frame = createFrame([COURSE]);
    await frame.send({ type: 'metascope:set', link: 7 });
    expect(frame.posted).toEqual([
      [
        expect.objectContaining({ to: 'metascope:set', problems: [expect.stringMatching(/not obeyed/)] }),
        COURSE,
      ],
    ]);
  });

  it('end when the page does', () => {
    const frame = createFrame([COURSE]);
    frame.stop();
    expect(frame.done).toEqual(['blind', 'deaf']);
  });
});

describe('reading a message', () => {
  const hostile: readonly unknown[] = [
    null,
    undefined,
    7,
    'metascope:play',
    [],
    {},
    { type: 7 },
    { type: 'webpackOk' },
    new Map([['type', 'metascope:play']]),
    Object.create({ type: 'metascope:play' }),
  ];
  it.each(hostile.map((data) => [data]))('%j is none of ours', (data) => {
    expect(readCommand(data)).toEqual({ kind: 'foreign' });
  });

  const malformed: readonly Readonly<Record<string, unknown>>[] = [
    { type: 'metascope:' },
    { type: 'metascope:steal' },
    { type: 'metascope:play', twice: true },
    { type: 'metascope:set' },
    { type: 'metascope:set', link: 'no fragment' },
    { type: 'metascope:set', link: `#${'9'.repeat(20_000)}` },
    { type: 'metascope:set', link: ['#v=1'] },
    { type: 'metascope:set', link: '#v=1', options: {} },
    { type: `metascope:${'x'.repeat(5000)}` },
  ];
  it.each(malformed.map((data) => [data]))('%# is refused', (data) => {
    const read = readCommand(data);
    expect(read.kind).toBe('refused');
    if (read.kind === 'refused') expect(read.type.length).toBeLessThanOrEqual(40);
  });
});

describe('the origins that may command', () => {
  it.each([
    ['?embed', []],
    ['?embed&origin=https://course.example', [COURSE]],
    [
      '?embed&origin=https%3A%2F%2Fcourse.example%2F&origin=http://localhost:8080',
      [COURSE, 'http://localhost:8080'],
    ],
    ['?embed&origin=*', []],
    ['?embed&origin=null', []],
    ['?embed&origin=https://course.example/path', []],
    ['?embed&origin=course.example', []],
    ['?embed&origin=javascript:alert(1)', []],
    ['?embed&origin=file:///etc', []],
    ['?embed&origin=https://user:pw@course.example', []],
    [`?embed${Array.from({ length: 50 }, (_, i) => `&origin=https://c${i}.example`).join('')}`, 8],
  ])('of %s', (search, expected) => {
    const origins = allowedOrigins(search);
    if (typeof expected === 'number') expect(origins).toHaveLength(expected);
    else expect(origins).toEqual(expected);
  });
});
