import { describe, expect, it } from 'vitest';
import { themeOf } from './palette.ts';
import { panWindow, toScreen, toWorld, zoomWindow } from './plane.ts';
import { hitArena, nameHandle, placeHandles, spreadAt } from './reaching-handles.ts';
import { arenaPlane, arenaPlot, cloudsOf, fitArena } from './reaching-plane.ts';
import { EXPERIMENT } from './reaching-runs.testing.ts';
import type { ChartView } from './scene.ts';

const VIEW: ChartView = { width: 700, height: 560, theme: themeOf('light'), density: 'normal' };
const plane = arenaPlane(fitArena(EXPERIMENT, VIEW), VIEW);

describe('the plane on the screen', () => {
  it('goes there and back, y upward, one scale for both axes', () => {
    const at = toScreen(plane, 1.5, -2);
    const back = toWorld(plane, at);
    expect(back.x).toBeCloseTo(1.5, 12);
    expect(back.y).toBeCloseTo(-2, 12);
    const origin = toScreen(plane, 0, 0);
    const right = toScreen(plane, 1, 0);
    const up = toScreen(plane, 0, 1);
    expect(right.x - origin.x).toBeCloseTo(origin.y - up.y, 12);
    expect(up.y).toBeLessThan(origin.y);
  });

  it('fits clouds and start at every aspect', () => {
    for (const [width, height] of [
      [316, 170],
      [700, 560],
      [400, 900],
    ] as const) {
      const view = { ...VIEW, width, height };
      const fitted = arenaPlane(fitArena(EXPERIMENT, view), view);
      const plot = arenaPlot(view);
      const places = [
        ...cloudsOf(EXPERIMENT).flatMap(({ x, y, spread }) => [
          [x - 2.5 * spread, y],
          [x, y + 2.5 * spread],
        ]),
        [EXPERIMENT.startX, EXPERIMENT.startY],
      ];
      for (const [x, y] of places) {
        const at = toScreen(fitted, x!, y!);
        expect(at.x).toBeGreaterThanOrEqual(plot.x);
        expect(at.x).toBeLessThanOrEqual(plot.x + plot.width);
        expect(at.y).toBeGreaterThanOrEqual(plot.y);
        expect(at.y).toBeLessThanOrEqual(plot.y + plot.height);
      }
    }
  });

  it('pans with the pointer and zooms about it', () => {
    const grip = toWorld(plane, { x: 200, y: 100 });
    const panned = arenaPlane(panWindow(plane, 30, -12), VIEW);
    expect(toScreen(panned, grip.x, grip.y).x).toBeCloseTo(230, 9);
    expect(toScreen(panned, grip.x, grip.y).y).toBeCloseTo(88, 9);
    const zoomed = arenaPlane(zoomWindow(plane, { x: 200, y: 100 }, 2), VIEW);
    expect(zoomed.unit).toBeCloseTo(2 * plane.unit, 9);
    expect(toScreen(zoomed, grip.x, grip.y).x).toBeCloseTo(200, 9);
    expect(toScreen(zoomed, grip.x, grip.y).y).toBeCloseTo(100, 9);
    expect(zoomWindow(plane, { x: 0, y: 0 }, 1e9).reach).toBe(0.05);
  });
});

describe('handles', () => {
  const experiment = { ...EXPERIMENT, extraTasks: [2, 2, -3, 0] };
  const handles = placeHandles(experiment, plane);
  const hit = (x: number, y: number, reach = 12) => hitArena(handles, { x, y }, { reach, plane });

  it('are ordered for the keyboard and named', () => {
    expect(handles.map((one) => nameHandle(one.handle))).toEqual([
      'centre of the main cloud',
      'spread of the main cloud',
      'centre of the first noise cloud',
      'spread of the first noise cloud',
      'centre of the second noise cloud',
      'spread of the second noise cloud',
      'start',
      'painted task 1',
      'painted task 2',
    ]);
  });

  it('are hit within reach, the nearest first, and not outside the plot', () => {
    for (const placed of handles) expect(hit(placed.x + 2, placed.y - 2)).toEqual(placed.handle);
    expect(hit(handles[6]!.x - 40, handles[6]!.y)).toBeNull();
    const far = arenaPlane({ x: 50, y: 50, reach: 1 }, VIEW);
    const away = placeHandles(experiment, far);
    expect(hitArena(away, away[0]!, { reach: 12, plane: far })).toBeNull();
  });

  it('spread handles lie on the 1σ ring and read back the spread', () => {
    const at = handles[1]!;
    expect(spreadAt(experiment, plane, { cloud: 0, at })).toBeCloseTo(1, 9);
    const tiny = { ...experiment, mainSpread: 0.01 };
    const [centre, knob] = placeHandles(tiny, plane);
    expect(Math.hypot(knob!.x - centre!.x, knob!.y - centre!.y)).toBeCloseTo(26, 9);
  });
});
