// The thumbnails: drawn from what they should be drawn from, inside their frame, and no two alike.
import { describe, expect, it } from 'vitest';
import { themeOf } from '../../charts/palette.ts';
import { type ChartView, flatMarks, type Scene } from '../../charts/scene.ts';
import { GALLERY } from './gallery-entries.ts';

const view = (width: number, height: number): ChartView => ({
  width,
  height,
  theme: themeOf('light'),
  density: 'normal',
});

/** What is drawn where, coarsely: enough to tell pictures apart. */
function gist({ marks }: Scene): string {
  return flatMarks(marks)
    .map((mark) => `${mark.kind}:${mark.role}`)
    .join(' ');
}

describe('thumbnails', () => {
  it.each(GALLERY)('$id: draws something in each panel, words inside the frame', async ({ thumbnail }) => {
    const { panels, seconds, layout } = await thumbnail();
    expect(panels.length).toBeGreaterThan(0);
    for (const [width, height] of [
      [384, 150],
      [330, 150],
      [592, 190],
    ] as const) {
      const each = Math.floor(width / panels.length) - 12;
      panels.forEach((_, panel) => {
        const scene = layout(panel, view(each, height), seconds);
        const marks = flatMarks(scene.marks);
        expect(marks.length).toBeGreaterThan(5);
        for (const mark of marks) {
          if (mark.kind !== 'text') continue;
          expect(mark.box.x, mark.text).toBeGreaterThan(-3);
          expect(mark.box.x + mark.box.width, mark.text).toBeLessThan(each + 8);
          expect(mark.text).not.toContain('Press Run');
        }
      });
    }
  });

  it('are no two alike', async () => {
    const loaded = await Promise.all(GALLERY.map(({ thumbnail }) => thumbnail()));
    const gists = loaded.map((one) =>
      one.panels.map((_, panel) => gist(one.layout(panel, view(384, 150), one.seconds))).join(' | '),
    );
    expect(new Set(gists).size).toBe(gists.length);
  });
});
