// For tests: a pen that writes down what it is told instead of drawing, so that drawing can be read as a log.
import type { Pen2D } from './draw-scene.ts';

export interface Recording {
  readonly pen: Pen2D;
  /** Every call in order: name and arguments. */
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[];
}

/** A fresh recorder. Properties (fillStyle, …) are plain fields; calls are logged. */
export function createRecordingPen(): Recording {
  const calls: { name: string; args: readonly unknown[] }[] = [];
  const log =
    (name: string) =>
    (...args: readonly unknown[]): void => {
      calls.push({ name, args });
    };
  const pen: Pen2D = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    lineCap: 'butt',
    lineJoin: 'miter',
    globalAlpha: 1,
    font: '',
    textAlign: 'start',
    textBaseline: 'alphabetic',
    save: log('save'),
    restore: log('restore'),
    beginPath: log('beginPath'),
    closePath: log('closePath'),
    moveTo: log('moveTo'),
    lineTo: log('lineTo'),
    arc: log('arc'),
    rect: log('rect'),
    clip: log('clip'),
    fill: log('fill'),
    stroke: log('stroke'),
    fillRect: log('fillRect'),
    strokeRect: log('strokeRect'),
    fillText: log('fillText'),
    strokeText: log('strokeText'),
    setLineDash: log('setLineDash'),
  };
  return { pen, calls };
}
