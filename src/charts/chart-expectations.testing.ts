// For tests: what holds for every scene whatever its data. Throws with the offending mark.
import { drawScene } from './draw-scene.ts';
import { themeOf } from './palette.ts';
import { createRecordingPen } from './recording-pen.testing.ts';
import {
  type ChartView,
  flatMarks,
  type Mark,
  overlaps,
  type Rect,
  type Scene,
  type TextMark,
} from './scene.ts';

function inside(box: Rect, frame: Rect, slack: number): boolean {
  return (
    box.x >= frame.x - slack &&
    box.y >= frame.y - slack &&
    box.x + box.width <= frame.x + frame.width + slack &&
    box.y + box.height <= frame.y + frame.height + slack
  );
}

function fail(what: string, mark: Mark): never {
  throw new Error(`${what}: ${JSON.stringify(mark)}`);
}

/** Words drawn on top of a hover read-out's backing may cover words beneath it; all others must be apart. */
export function textsOf(scene: Scene): readonly TextMark[] {
  return flatMarks(scene.marks).filter((mark) => mark.kind === 'text');
}

/** Finite coordinates; markers, words and rectangles inside the view; words apart; a balanced, NaN-free drawing. */
export function assertSound(scene: Scene): void {
  const view = { x: 0, y: 0, width: scene.width, height: scene.height };
  for (const mark of flatMarks(scene.marks)) {
    if (mark.kind === 'marker') {
      const { x, y } = mark;
      if (!inside({ x, y, width: 0, height: 0 }, view, 0)) fail('marker outside the view', mark);
    }
    if (mark.kind === 'rect' && !inside(mark.rect, view, 4)) fail('rectangle outside the view', mark);
    if (mark.kind === 'text' && !inside(mark.box, view, 2)) fail('words outside the view', mark);
    if (mark.kind === 'line' && mark.clip === undefined) {
      for (let i = 0; i < mark.points.length; i += 2) {
        const at = { x: mark.points[i]!, y: mark.points[i + 1]!, width: 0, height: 0 };
        if (!inside(at, view, 1)) fail('unclipped line outside the view', mark);
      }
    }
  }
  const texts = textsOf(scene);
  texts.forEach((a, i) => {
    for (const b of texts.slice(i + 1)) {
      // Lines of one block touch: a pixel of shared box is not an overlap of letters.
      const core = { x: a.box.x + 1, y: a.box.y + 1, width: a.box.width - 2, height: a.box.height - 2 };
      if (overlaps(core, b.box)) fail(`words overlap "${a.text}"`, b);
    }
  });
  assertDrawable(scene);
}

/** Draws on a recorder: every number finite, save and restore balanced and never below zero. */
export function assertDrawable(scene: Scene): void {
  const { pen, calls } = createRecordingPen();
  drawScene(pen, scene);
  let depth = 0;
  for (const { name, args } of calls) {
    if (name === 'save') depth++;
    if (name === 'restore') depth--;
    if (depth < 0) throw new Error('restore without save');
    for (const arg of args.flat()) {
      if (typeof arg === 'number' && !Number.isFinite(arg)) throw new Error(`${name}(${args.join(', ')})`);
    }
  }
  if (depth !== 0) throw new Error(`${depth} save without restore`);
}

const VIEW_SIZES = {
  normal: [284, 130],
  wide: [448, 170],
  projector: [528, 230],
} as const;

/** The panel sizes of the visual language, in every theme. */
export function instrumentViews(): readonly ChartView[] {
  return (['normal', 'wide', 'projector'] as const).flatMap((density) =>
    (['light', 'dark', 'forced'] as const).map((theme) => {
      const [width, height] = VIEW_SIZES[density];
      return { width, height, density, theme: themeOf(theme) };
    }),
  );
}

/** A view to look at one thing in: 284 × 130, light. */
export const PLAIN_VIEW: ChartView = { width: 284, height: 130, density: 'normal', theme: themeOf('light') };
