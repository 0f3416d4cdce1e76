// Over the symbols that charts paint: what a canvas cannot have, an element that is pointed at, focused and lit. It is
// laid over every chart of the page's list, wherever its scene shows a symbol; nothing is drawn but its light.
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Scene } from '../../charts/scene.ts';
import { type PlacedSymbol, placedSymbols } from '../../charts/scene-symbols.ts';
import { GLOSSARY_WORDS } from '../../words/glossary.ts';
import { shownCharts } from '../chart/chart-list.ts';

/** Scenes are looked at now and then: many paintings a second show the same symbols. */
const LOOK_MS = 500;
/** Moves by less are the estimate of words' widths. */
const STILL_PX = 2;

interface Covered {
  readonly scene: Scene;
  /** The canvas' box, which its symbols are laid over. */
  readonly box: Element;
  readonly symbols: readonly PlacedSymbol[];
}

function coveredCharts(before: readonly Covered[]): readonly Covered[] {
  const now = shownCharts().flatMap((chart) => {
    const [scene, box] = [chart.scene(), chart.canvas()?.parentElement ?? null];
    if (scene === null || box === null) return [];
    const known = before.find((one) => one.box.isSameNode(box));
    if (known?.scene === scene) return [known];
    const symbols = placedSymbols(scene.marks);
    return [
      {
        scene,
        box,
        symbols: known !== undefined && isSame(known.symbols, symbols) ? known.symbols : symbols,
      },
    ];
  });
  const isStill =
    now.length === before.length &&
    now.every(({ box, symbols }, i) => box.isSameNode(before[i]!.box) && symbols === before[i]!.symbols);
  return isStill ? before : now;
}

function isSame(before: readonly PlacedSymbol[], now: readonly PlacedSymbol[]): boolean {
  const stands = (a: PlacedSymbol, b: PlacedSymbol) =>
    a.symbol === b.symbol && Math.hypot(a.x - b.x, a.y - b.y) < STILL_PX && a.height === b.height;
  return before.length === now.length && before.every((one, i) => stands(one, now[i]!));
}

function Symbols({ symbols }: { readonly symbols: readonly PlacedSymbol[] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: not the fields of a form.
    <div className="canvas-symbols" role="group" aria-label={GLOSSARY_WORDS.onChart} data-symbol-group="">
      {symbols.map(({ symbol, x, y, width, height }, i) => (
        <span
          key={symbol}
          data-symbol={symbol}
          tabIndex={i === 0 ? 0 : -1}
          style={{ left: x, top: y, minWidth: width + 4, minHeight: height }}
        >
          <span className="visually-hidden">{symbol}</span>
        </span>
      ))}
    </div>
  );
}

export function CanvasSymbols() {
  const [covered, setCovered] = useState<readonly Covered[]>([]);
  useEffect(() => {
    const look = () => {
      if (!document.hidden) setCovered(coveredCharts);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return covered.map(({ box, symbols }, i) =>
    symbols.length === 0 ? null : createPortal(<Symbols symbols={symbols} />, box, String(i)),
  );
}
