// Keeps the picture of a scene's layer between frames, so that thousands of dots are painted once and then copied.
// Owns off-screen canvases, nothing on the page; one cache per visible canvas.
import type { LayerKeeper } from './draw-scene.ts';
import type { Mark } from './scene.ts';

interface KeptPicture {
  readonly marks: readonly Mark[];
  readonly ratio: number;
  readonly canvas: OffscreenCanvas;
}

/** A cache for one canvas: one picture per layer role, renewed when its marks, size or pixel ratio change. */
export function createLayerCache(): LayerKeeper<CanvasRenderingContext2D> {
  const kept = new Map<string, KeptPicture>();
  const seen = new Map<string, readonly Mark[]>();
  return {
    paint(ctx, layer, draw) {
      const ratio = ctx.getTransform().a;
      const { width, height } = ctx.canvas;
      let picture = kept.get(layer.role);
      const fits =
        picture?.marks === layer.marks &&
        picture.ratio === ratio &&
        picture.canvas.width === width &&
        picture.canvas.height === height;
      // Marks that change every frame (a drag, a zoom) are not worth a picture: one is made at the second sight.
      if (!fits && seen.get(layer.role) !== layer.marks) {
        seen.set(layer.role, layer.marks);
        draw(ctx);
        return;
      }
      if (picture === undefined || !fits) {
        const canvas = new OffscreenCanvas(width, height);
        const pen = canvas.getContext('2d');
        // Without a context (out of memory) the marks themselves are drawn: slower, the same picture.
        if (pen === null) {
          draw(ctx);
          return;
        }
        pen.setTransform(ratio, 0, 0, ratio, 0, 0);
        draw(pen);
        picture = { marks: layer.marks, ratio, canvas };
        kept.set(layer.role, picture);
      }
      ctx.drawImage(picture.canvas, 0, 0, width / ratio, height / ratio);
    },
  };
}
